package io.tiepoint.interop.posed;

import io.tiepoint.core.geometry.CameraModel;
import io.tiepoint.core.geometry.Pose;
import io.tiepoint.core.image.DepthMap;
import io.tiepoint.core.image.GrayImage;
import io.tiepoint.core.image.ImageFiles;
import io.tiepoint.core.image.ImageSize;
import io.tiepoint.core.truth.DepthView;
import io.tiepoint.interop.depth.DepthFiles;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A photograph of a reconstructed scene; its files are read when they are asked for.
 *
 * @param name in its data set
 * @param imageFile the photograph
 * @param intrinsics of its camera
 * @param camFromWorld where it was taken
 * @param depthFile its depth map, in the unit of the pose
 */
public record PosedImage(String name, Path imageFile, Intrinsics intrinsics, Pose camFromWorld, Path depthFile) {
    /** A camera whose images' size may be known only from an image. */
    @FunctionalInterface
    public interface Intrinsics {
        /**
         * The camera of images of a size.
         *
         * @throws IOException if it has images of another size
         */
        CameraModel camera(ImageSize size) throws IOException;
    }

    /**
     * Reads photograph and depth. The photograph's pixels are taken as they are stored, since the camera is that of the stored
     * pixels whatever the EXIF orientation says.
     *
     * @throws IOException naming the file that is missing, damaged or of a size that does not fit
     */
    public PosedView read() throws IOException {
        GrayImage image = ImageFiles.readStored(imageFile);
        CameraModel camera;
        try {
            camera = intrinsics.camera(image.size());
        } catch (IOException e) {
            throw new IOException(imageFile + ": " + e.getMessage(), e);
        }
        DepthMap depth = DepthFiles.read(depthFile);
        return new PosedView(image, camera, new DepthView(cameraOf(depth, camera), camFromWorld, depth));
    }

    /** Dense stereo often works on smaller images. */
    private CameraModel cameraOf(DepthMap depth, CameraModel camera) throws IOException {
        ImageSize image = camera.size();
        ImageSize size = depth.size();
        if (image.equals(size)) {
            return camera;
        }
        // Each side is rounded to whole pixels.
        double skew = Math.abs(size.width() * (double) image.height() - size.height() * (double) image.width());
        if (skew > Math.max(image.width(), image.height())) {
            throw new IOException(depthFile + ": expected a depth map of " + image + " px as its image has, or of that"
                    + " shape, found " + size + " px");
        }
        return camera.scaled(size);
    }
}
