package io.tiepoint.interop.posed;

import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.tiepoint.core.geometry.Camera;
import io.tiepoint.core.geometry.PixelPoint;
import io.tiepoint.core.geometry.Pose;
import io.tiepoint.core.geometry.Vector3;
import io.tiepoint.core.image.ColorImage;
import io.tiepoint.core.image.DepthMap;
import io.tiepoint.core.image.ImageFiles;
import io.tiepoint.core.image.ImageSize;
import io.tiepoint.core.random.Seed;
import io.tiepoint.interop.npy.NpyArray;
import io.tiepoint.synthetic.pairs.ScenePairRecipe;
import io.tiepoint.synthetic.pairs.ScenePairs;
import io.tiepoint.synthetic.render.SceneView;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;

/** Rendered scenes, whose truth is exact, as files in the formats of others; written without the code that reads them. */
public final class SceneFolders {
    /** Of the rendered views. */
    public static final ImageSize SIZE = new ImageSize(160, 120);

    private SceneFolders() {}

    /** Views along a path through one scene. */
    public static List<SceneView> views(int count) {
        return new ScenePairs(ScenePairRecipe.MILD, SIZE, new Seed(5)).path(0, count);
    }

    /** Writes the picture of a view. */
    public static void writeImage(SceneView view, Path file) throws IOException {
        Path made = Files.createDirectories(file.toAbsolutePath().getParent());
        ImageFiles.writePng(ColorImage.of(view.image()), made.resolve(file.getFileName()));
    }

    /** The depths of a view as multi-view stereo leaves them: nothing of the sky, and a hole in the middle. */
    public static float[] holed(SceneView view) {
        DepthMap depth = view.depth();
        float[] depths = depth.depths().clone();
        for (int i = 0; i < depths.length; i++) {
            int column = i % depth.width();
            int row = i / depth.width();
            boolean inHole = Math.abs(column - depth.width() / 2) < 12 && Math.abs(row - depth.height() / 2) < 12;
            depths[i] = inHole || Float.isInfinite(depths[i]) ? 0 : depths[i];
        }
        return depths;
    }

    /** Writes {@code /depth} as MegaDepth has it. */
    public static void writeHdf5(float[] depths, int width, Path file) throws IOException {
        Path made = Files.createDirectories(file.toAbsolutePath().getParent());
        float[][] rows = new float[depths.length / width][width];
        for (int row = 0; row < rows.length; row++) {
            System.arraycopy(depths, row * width, rows[row], 0, width);
        }
        try (WritableHdfFile hdf = HdfFile.write(made.resolve(file.getFileName()))) {
            var unused = hdf.putDataset("depth", rows);
        }
    }

    /** Writes a depth map as COLMAP's dense stereo does. */
    public static void writeColmapDepth(float[] depths, int width, Path file) throws IOException {
        Path made = Files.createDirectories(file.toAbsolutePath().getParent());
        byte[] header = (width + "&" + depths.length / width + "&1&").getBytes(StandardCharsets.US_ASCII);
        ByteBuffer bytes =
                ByteBuffer.allocate(header.length + 4 * depths.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(header).asFloatBuffer().put(depths);
        Files.write(made.resolve(file.getFileName()), bytes.array());
    }

    /** Writes depth in whole millimetres. */
    public static void writePngDepth(float[] depths, int width, Path file) throws IOException {
        Path made = Files.createDirectories(file.toAbsolutePath().getParent());
        BufferedImage image = new BufferedImage(width, depths.length / width, BufferedImage.TYPE_USHORT_GRAY);
        for (int i = 0; i < depths.length; i++) {
            image.getRaster().setSample(i % width, i / width, 0, Math.min(Math.round(1000 * depths[i]), 65535));
        }
        if (!ImageIO.write(image, "png", made.resolve(file.getFileName()).toFile())) {
            throw new IOException("the JDK always writes PNG");
        }
    }

    /** An {@code .npy} file of any type. */
    public static byte[] npy(String description, String shape, byte[] values) {
        String text = "{'descr': '" + description + "', 'fortran_order': False, 'shape': " + shape + ", }";
        String header = text + " ".repeat(63 - (10 + text.length()) % 64) + "\n";
        ByteBuffer file =
                ByteBuffer.allocate(10 + header.length() + values.length).order(ByteOrder.LITTLE_ENDIAN);
        file.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0}).putShort((short) header.length());
        return file.put(header.getBytes(StandardCharsets.US_ASCII)).put(values).array();
    }

    /** An {@code .npy} file of texts. */
    public static byte[] npy(List<String> texts) {
        int letters = texts.stream().mapToInt(String::length).max().orElse(1);
        ByteArrayOutputStream values = new ByteArrayOutputStream();
        for (String text : texts) {
            byte[] bytes = text.getBytes(Charset.forName("UTF-32LE"));
            values.writeBytes(bytes);
            values.writeBytes(new byte[4 * letters - bytes.length]);
        }
        return npy("<U" + letters, "(" + texts.size() + ",)", values.toByteArray());
    }

    /** [3 3] intrinsics. */
    public static double[] intrinsics(Camera camera) {
        return new double[] {camera.focalX(), 0, camera.centreX(), 0, camera.focalY(), camera.centreY(), 0, 0, 1};
    }

    /** [4 4] world to camera. */
    public static double[] pose(Pose pose) {
        double[] r = pose.rotation();
        Vector3 t = pose.translation();
        return new double[] {r[0], r[1], r[2], t.x(), r[3], r[4], r[5], t.y(), r[6], r[7], r[8], t.z(), 0, 0, 0, 1};
    }

    /** An {@code .npy} file of float64. */
    public static byte[] npy(List<double[]> arrays, long... shapeOfEach) {
        int size = arrays.get(0).length;
        double[] all = new double[arrays.size() * size];
        for (int i = 0; i < arrays.size(); i++) {
            System.arraycopy(arrays.get(i), 0, all, i * size, size);
        }
        long[] shape = new long[shapeOfEach.length + 1];
        shape[0] = arrays.size();
        System.arraycopy(shapeOfEach, 0, shape, 1, shapeOfEach.length);
        return NpyArray.ofDoubles(all, shape).toFile();
    }

    /** w, x, y, z of a rotation; w must not be small. */
    static double[] quaternion(Pose pose) {
        double[] r = pose.rotation();
        double w = Math.sqrt(1 + r[0] + r[4] + r[8]) / 2;
        if (w > 0.2) {
            return new double[] {w, (r[7] - r[5]) / (4 * w), (r[2] - r[6]) / (4 * w), (r[3] - r[1]) / (4 * w)};
        }
        double x = Math.sqrt(1 + r[0] - r[4] - r[8]) / 2;
        if (x > 0.2) {
            return new double[] {(r[7] - r[5]) / (4 * x), x, (r[1] + r[3]) / (4 * x), (r[2] + r[6]) / (4 * x)};
        }
        double y = Math.sqrt(1 - r[0] + r[4] - r[8]) / 2;
        if (y > 0.2) {
            return new double[] {(r[2] - r[6]) / (4 * y), (r[1] + r[3]) / (4 * y), y, (r[5] + r[7]) / (4 * y)};
        }
        double z = Math.sqrt(1 - r[0] - r[4] + r[8]) / 2;
        return new double[] {(r[3] - r[1]) / (4 * z), (r[2] + r[6]) / (4 * z), (r[5] + r[7]) / (4 * z), z};
    }

    /** Points on a grid of view 0 that the scene shows, where each view sees them: NaN where it does not. */
    static List<PixelPoint[]> tracks(List<SceneView> views) {
        List<PixelPoint[]> tracks = new ArrayList<>();
        SceneView first = views.get(0);
        for (int row = 5; row < SIZE.height(); row += 10) {
            for (int column = 5; column < SIZE.width(); column += 10) {
                float depth = first.depth().at(column, row);
                if (Float.isInfinite(depth)) {
                    continue;
                }
                Vector3 point = first.camFromWorld()
                        .inverse()
                        .map(first.camera().ray(column + 0.5, row + 0.5).times(depth));
                PixelPoint[] track = new PixelPoint[views.size()];
                for (int v = 0; v < track.length; v++) {
                    Vector3 there = views.get(v).camFromWorld().map(point);
                    PixelPoint seen = there.z() > 0 ? views.get(v).camera().project(there) : new PixelPoint(-1, -1);
                    track[v] = SIZE.contains(seen.x(), seen.y()) ? seen : new PixelPoint(Double.NaN, Double.NaN);
                }
                tracks.add(track);
            }
        }
        return tracks;
    }

    /** The name of a view's image in a model. */
    public static String name(int view) {
        return "street/view " + view + ".png";
    }

    /**
     * Writes a model as text, or as the binary files.
     *
     * @param model of the cameras
     * @param params numbers of the camera of each view
     */
    public static void writeModel(
            Path folder, List<SceneView> views, String model, List<double[]> params, boolean binary) {
        try {
            Path made = Files.createDirectories(folder);
            List<PixelPoint[]> tracks = tracks(views);
            if (binary) {
                BinaryModel.write(made, views, tracks, model, params);
            } else {
                writeText(made, views, tracks, model, params);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void writeText(
            Path folder, List<SceneView> views, List<PixelPoint[]> tracks, String model, List<double[]> params)
            throws IOException {
        StringBuilder cameras = new StringBuilder("# Camera list\n# CAMERA_ID, MODEL, ...\n");
        for (int v = 0; v < views.size(); v++) {
            cameras.append(v + 1).append(" " + model + " " + SIZE.width() + " " + SIZE.height());
            for (double param : params.get(v)) {
                cameras.append(' ').append(param);
            }
            cameras.append('\n');
        }
        StringBuilder images = new StringBuilder("# Image list\n");
        for (int v = 0; v < views.size(); v++) {
            double[] q = quaternion(views.get(v).camFromWorld());
            Vector3 t = views.get(v).camFromWorld().translation();
            images.append(v + 1);
            for (double number : new double[] {q[0], q[1], q[2], q[3], t.x(), t.y(), t.z()}) {
                images.append(' ').append(number);
            }
            images.append(" " + (v + 1) + " ").append(name(v)).append('\n');
            for (int p = 0; p < tracks.size(); p++) {
                PixelPoint seen = tracks.get(p)[v];
                if (!Double.isNaN(seen.x())) {
                    images.append(String.format(Locale.ROOT, "%s %s %d ", seen.x(), seen.y(), p));
                }
            }
            images.append(v % 2 == 0 ? "3.5 4.5 -1\n" : "\n");
        }
        StringBuilder points = new StringBuilder("# 3D point list\n");
        for (int p = 0; p < tracks.size(); p++) {
            points.append(p).append(" 1.5 2.5 3.5 10 20 30 0.5 1 0\n");
        }
        Files.writeString(folder.resolve("cameras.txt"), cameras);
        Files.writeString(folder.resolve("images.txt"), images);
        Files.writeString(folder.resolve("points3D.txt"), points);
    }
}
