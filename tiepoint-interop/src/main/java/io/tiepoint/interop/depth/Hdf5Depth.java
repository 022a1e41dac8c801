package io.tiepoint.interop.depth;

import io.jhdf.HdfFile;
import io.jhdf.api.Dataset;
import io.jhdf.api.Node;
import io.jhdf.api.dataset.ChunkedDataset;
import io.tiepoint.core.image.DepthMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** A depth map of MegaDepth: the HDF5 dataset {@code /depth}, [H W] floating point. */
final class Hdf5Depth {
    private static final String DATASET = "/depth";
    private static final long MAX_BYTES = 1L << 30;
    /** No filter makes more of a byte. */
    private static final long MAX_RATIO = 1100;

    private Hdf5Depth() {}

    static DepthMap read(Path file) throws IOException {
        if (Files.size(file) > MAX_BYTES) {
            throw new IOException(
                    file + ": expected a depth map of at most " + MAX_BYTES + " bytes, found " + Files.size(file));
        }
        // From memory, since from a file it reserves whatever a damaged header claims.
        try (HdfFile hdf = HdfFile.fromBytes(Files.readAllBytes(file))) {
            Node node = hdf.getByPath(DATASET);
            if (!(node instanceof Dataset dataset)) {
                throw new IOException(file + ": expected a dataset " + DATASET + ", found a group");
            }
            int[] shape = dataset.getDimensions();
            if (shape.length != 2) {
                throw new IOException(file + DATASET + ": expected shape [H W], found " + Arrays.toString(shape));
            }
            DepthFiles.checkSize(file, shape[1], shape[0]);
            checkFits(file, dataset, shape);
            if (dataset instanceof ChunkedDataset chunked) {
                checkFits(file, dataset, chunked.getChunkDimensions());
            }
            return of(file, shape, dataset.getDataFlat());
        } catch (RuntimeException | StackOverflowError e) { // the library's own exceptions, and others where files lie
            throw new IOException(
                    file + ": expected an HDF5 file with the dataset " + DATASET + ", found " + problem(e), e);
        }
    }

    /** Whether a file of this size can hold so many values; the library reserves memory for them before it finds out. */
    private static void checkFits(Path file, Dataset dataset, int[] shape) throws IOException {
        double bytes = dataset.getDataType().getSize();
        for (int size : shape) {
            bytes *= size;
        }
        if (!(bytes > 0 && bytes <= MAX_RATIO * (double) Files.size(file))) {
            throw new IOException(file + DATASET + ": expected values that fit into a file of " + Files.size(file)
                    + " bytes, found shape " + Arrays.toString(shape));
        }
    }

    private static DepthMap of(Path file, int[] shape, Object values) throws IOException {
        float[] depths;
        if (values instanceof float[] floats) {
            depths = floats;
        } else if (values instanceof double[] doubles) {
            depths = DepthFiles.toFloats(doubles);
        } else {
            throw new IOException(file + DATASET + ": expected floating-point numbers, found "
                    + values.getClass().getComponentType());
        }
        if (depths.length != (long) shape[0] * shape[1]) {
            throw new IOException(
                    file + DATASET + ": expected " + (long) shape[0] * shape[1] + " values, found " + depths.length);
        }
        return DepthMap.wrap(shape[1], shape[0], depths);
    }

    private static String problem(Throwable e) {
        String message = e.getMessage();
        String line = message == null ? "" : message.lines().findFirst().orElse("");
        return "a damaged one or another kind of file"
                + (line.isBlank() ? "" : " (" + line.replaceAll("\\p{Cntrl}", "?") + ")");
    }
}
