package io.tiepoint.interop.depth;

import io.tiepoint.core.image.DepthMap;
import io.tiepoint.core.image.GrayImage;
import io.tiepoint.core.image.ImageFiles;
import io.tiepoint.interop.npy.NpyArray;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Reads depth maps by the ending of their names: {@code .h5} as MegaDepth has them, {@code .bin} as COLMAP's dense stereo writes
 * them, {@code .npy}, and {@code .png} with 16 bits in millimetres. In all of them 0 is a hole, and so is what is negative or not a
 * number; depth is z along the camera's axis.
 */
public final class DepthFiles {
    /** Endings of the files that can be read. */
    public static final List<String> ENDINGS = List.of(".geometric.bin", ".photometric.bin", ".npy", ".h5", ".png");

    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    private static final int PNG_BITS = 24;
    private static final int PNG_COLORS = 25;
    private static final float LARGEST_16_BITS = 65535f;
    private static final float METRES = 0.001f;

    private DepthFiles() {}

    /**
     * Reads a depth map.
     *
     * @return in the unit of the file; metres for {@code .png}
     * @throws IOException beginning with the file, if it is missing, damaged, too large or of another kind
     */
    public static DepthMap read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IOException(file + ": expected a depth map, found no such file");
        }
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        if (name.endsWith(".h5") || name.endsWith(".hdf5")) {
            return Hdf5Depth.read(file);
        }
        if (name.endsWith(".bin")) {
            return ColmapDepth.read(file);
        }
        if (name.endsWith(".npy")) {
            return readNpy(file);
        }
        if (name.endsWith(".png")) {
            return readPng(file);
        }
        throw new IOException(file + ": expected a depth map (.h5, .bin, .npy or .png), found another ending");
    }

    /** Checks a size before anything is reserved for it. */
    static void checkSize(Path file, long width, long height) throws IOException {
        boolean fits = width > 0 && height > 0 && width <= ImageFiles.MAX_PIXELS / height;
        if (!fits || 4 * width * height > Runtime.getRuntime().maxMemory() / 2) {
            throw new IOException(file + ": expected a depth map of 1 to " + ImageFiles.MAX_PIXELS / 1_000_000
                    + " megapixels that fits into Java's memory, found " + width + "x" + height + " px");
        }
    }

    private static DepthMap readNpy(Path file) throws IOException {
        NpyArray array = NpyArray.read(Files.readAllBytes(file), file.toString());
        long[] shape = array.shape();
        if (shape.length != 2) {
            throw new IOException(file + ": expected a depth map of shape [H W], found " + array);
        }
        checkSize(file, shape[1], shape[0]);
        return switch (array.type()) {
            case FLOAT32 -> DepthMap.wrap((int) shape[1], (int) shape[0], array.floats());
            case FLOAT64 -> DepthMap.wrap((int) shape[1], (int) shape[0], toFloats(array.doubles()));
            default -> throw new IOException(file + ": expected depths in float32 or float64, found " + array);
        };
    }

    static float[] toFloats(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }

    private static DepthMap readPng(Path file) throws IOException {
        byte[] head;
        try (InputStream in = Files.newInputStream(file)) {
            head = in.readNBytes(PNG_COLORS + 1);
        }
        boolean isPng = head.length > PNG_COLORS && Arrays.equals(head, 0, PNG.length, PNG, 0, PNG.length);
        if (!isPng || head[PNG_BITS] != 16 || head[PNG_COLORS] != 0) {
            throw new IOException(file + ": expected depth as a grey PNG of 16 bits, found "
                    + (isPng
                            ? head[PNG_BITS] + " bits" + (head[PNG_COLORS] == 0 ? "" : " in colour")
                            : "a file of another kind"));
        }
        GrayImage image = ImageFiles.readStored(file);
        float[] depths = new float[image.pixels().length];
        for (int i = 0; i < depths.length; i++) {
            depths[i] = METRES * Math.round(image.pixels()[i] * LARGEST_16_BITS);
        }
        return DepthMap.wrap(image.width(), image.height(), depths);
    }
}
