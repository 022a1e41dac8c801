package io.tiepoint.interop.colmap;

import io.tiepoint.core.geometry.Camera;
import io.tiepoint.core.geometry.CameraModel;
import io.tiepoint.core.geometry.DistortedCamera;
import io.tiepoint.core.geometry.EquidistantFisheye;
import io.tiepoint.core.geometry.LensDistortion;
import io.tiepoint.core.geometry.RadialTangential;
import io.tiepoint.core.image.ImageSize;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A camera of a COLMAP model. COLMAP counts px from the image's corner, as {@link io.tiepoint.core.geometry.PixelFrame#CORNER}. */
public final class ColmapCamera {
    /** Sides of an image are shorter than this. */
    static final long MAX_SIDE = 1 << 20;

    /** Camera models with their numbers in files, {@code src/colmap/sensor/models.h}. */
    enum Kind {
        SIMPLE_PINHOLE(0, 3),
        PINHOLE(1, 4),
        SIMPLE_RADIAL(2, 4),
        RADIAL(3, 5),
        OPENCV(4, 8),
        OPENCV_FISHEYE(5, 8),
        FULL_OPENCV(6, 12),
        FOV(7, 5),
        SIMPLE_RADIAL_FISHEYE(8, 4),
        RADIAL_FISHEYE(9, 5),
        THIN_PRISM_FISHEYE(10, 12),
        RAD_TAN_THIN_PRISM_FISHEYE(11, 16);

        private final int number;
        private final int params;

        Kind(int number, int params) {
            this.number = number;
            this.params = params;
        }

        int params() {
            return params;
        }

        static Optional<Kind> ofNumber(int number) {
            return Arrays.stream(values()).filter(kind -> kind.number == number).findFirst();
        }

        boolean isKnown() {
            return this != FOV && this != THIN_PRISM_FISHEYE && this != RAD_TAN_THIN_PRISM_FISHEYE;
        }

        static String known() {
            return Arrays.stream(values()).filter(Kind::isKnown).map(Kind::name).collect(Collectors.joining(", "));
        }
    }

    private final CameraModel model;
    private final String name;

    private ColmapCamera(CameraModel model, String name) {
        this.model = model;
        this.name = name;
    }

    /**
     * A camera by the name of its model.
     *
     * @param params as COLMAP orders them
     * @param source file and camera, for messages
     * @throws IOException if the model is not known, or the numbers make no camera
     */
    public static ColmapCamera of(String model, long width, long height, List<Double> params, String source)
            throws IOException {
        Optional<Kind> kind =
                Arrays.stream(Kind.values()).filter(k -> k.name().equals(model)).findFirst();
        if (kind.isEmpty()) {
            throw unknown(model.replaceAll("\\p{Cntrl}", "?"), source);
        }
        if (params.size() != kind.get().params) {
            throw new IOException(
                    source + ": expected " + kind.get().params + " numbers of " + model + ", found " + params.size());
        }
        return of(kind.get(), width, height, params, source);
    }

    static IOException unknown(String model, String source) {
        return new IOException(source + ": expected a camera model of " + Kind.known() + ", found " + model
                + "; undistort the images with colmap image_undistorter");
    }

    static ColmapCamera of(Kind kind, long width, long height, List<Double> params, String source) throws IOException {
        if (width <= 0 || height <= 0 || width > MAX_SIDE || height > MAX_SIDE) {
            throw new IOException(source + ": expected an image size, found " + width + "x" + height + " px");
        }
        if (!kind.isKnown()) {
            throw unknown(kind.name(), source);
        }
        double[] p = params.stream().mapToDouble(Double::doubleValue).toArray();
        try {
            return new ColmapCamera(model(kind, new ImageSize((int) width, (int) height), p), kind.name());
        } catch (IllegalArgumentException e) {
            throw new IOException(source + ": " + e.getMessage(), e);
        }
    }

    private static CameraModel model(Kind kind, ImageSize size, double[] p) {
        return switch (kind) {
            case SIMPLE_PINHOLE -> oneFocal(size, p);
            case PINHOLE -> twoFocals(size, p);
            case SIMPLE_RADIAL -> with(oneFocal(size, p), RadialTangential.ofRadial(p[3], 0));
            case RADIAL -> with(oneFocal(size, p), RadialTangential.ofRadial(p[3], p[4]));
            case OPENCV -> with(twoFocals(size, p), RadialTangential.ofOpenCv(p[4], p[5], p[6], p[7]));
            case FULL_OPENCV ->
                with(
                        twoFocals(size, p),
                        RadialTangential.ofFullOpenCv(new double[] {p[4], p[5], p[8], p[9], p[10], p[11]}, p[6], p[7]));
            case OPENCV_FISHEYE -> with(twoFocals(size, p), new EquidistantFisheye(p[4], p[5], p[6], p[7]));
            case SIMPLE_RADIAL_FISHEYE -> with(oneFocal(size, p), new EquidistantFisheye(p[3], 0, 0, 0));
            case RADIAL_FISHEYE -> with(oneFocal(size, p), new EquidistantFisheye(p[3], p[4], 0, 0));
            default -> throw new IllegalStateException("checked before: " + kind);
        };
    }

    private static Camera oneFocal(ImageSize size, double[] p) {
        return new Camera(size, p[0], p[0], p[1], p[2]);
    }

    private static Camera twoFocals(ImageSize size, double[] p) {
        return new Camera(size, p[0], p[1], p[2], p[3]);
    }

    private static CameraModel with(Camera pinhole, LensDistortion distortion) {
        return new DistortedCamera(pinhole, distortion);
    }

    /** What it sees where. */
    public CameraModel model() {
        return model;
    }

    /** The same, for images that must have its size. */
    public CameraModel forImages(ImageSize size) throws IOException {
        if (!size.equals(model.size())) {
            throw new IOException("expected an image of " + model.size() + " px as its camera has, found " + size
                    + " px; use the images that the model was made of");
        }
        return model;
    }

    /** COLMAP's name of the camera model, such as {@code OPENCV}. */
    public String name() {
        return name;
    }
}
