package io.tiepoint.app.synth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tiepoint.core.check.Check;
import io.tiepoint.core.features.Keypoints;
import io.tiepoint.core.image.GrayImage;
import io.tiepoint.core.model.Sha256;
import io.tiepoint.interop.npy.NpyArray;
import io.tiepoint.interop.npy.NpzArchive;
import io.tiepoint.match.corners.CornerDetector;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Keypoints that are to be labelled: of a detector, or of anybody's own.
 *
 * @param finder finds them
 * @param recipe which ones, for the manifest
 */
public record KeypointSource(Finder finder, JsonNode recipe) {
    /** The ending of the files that hold keypoints of one's own. */
    private static final String ENDING = ".npz";

    /** Finds keypoints; safe for use by several threads. */
    @FunctionalInterface
    public interface Finder {
        /**
         * The keypoints of one view of a sample.
         *
         * @param key of the sample
         * @param view number of the view
         * @param image of the view
         */
        Keypoints find(String key, int view, GrayImage image);
    }

    /**
     * A corner detector.
     *
     * @param name of {@link CornerDetector#reportName}
     * @param count at most so many in each view
     */
    public static KeypointSource detector(String name, int count) {
        Check.that(count > 0, "--max-keypoints: expected > 0, found %s", count);
        CornerDetector detector = Arrays.stream(CornerDetector.values())
                .filter(each -> each.reportName().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("--keypoints: expected "
                        + Arrays.stream(CornerDetector.values())
                                .map(CornerDetector::reportName)
                                .collect(Collectors.joining(", "))
                        + " or a folder with files such as 000000000.npz, found " + name));
        ObjectNode recipe =
                JsonNodeFactory.instance.objectNode().put("detector", name).put("most", count);
        return new KeypointSource((key, view, image) -> detector.detect(image, count), recipe);
    }

    /**
     * The files of a folder, {@code KEY.npz} with {@code keypoints0} [M 2], {@code keypoints1} [N 2] and so on, float32 or float64, px
     * in the corner frame.
     *
     * @throws IOException if there is none
     */
    public static KeypointSource folder(Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> listed = Files.list(folder)) {
            files = listed.filter(file -> String.valueOf(file.getFileName()).endsWith(ENDING))
                    .sorted()
                    .toList();
        }
        Check.that(!files.isEmpty(), "--keypoints: expected files such as 000000000.npz in %s, found none", folder);
        // All bytes, so that a set is never gone on with by other keypoints.
        StringBuilder sums = new StringBuilder();
        for (Path file : files) {
            sums.append(file.getFileName())
                    .append(' ')
                    .append(Sha256.of(Files.readAllBytes(file)))
                    .append('\n');
        }
        ObjectNode recipe = JsonNodeFactory.instance
                .objectNode()
                .put("files", files.size())
                .put("sha256", Sha256.of(sums.toString().getBytes(StandardCharsets.UTF_8)));
        return new KeypointSource((key, view, image) -> read(folder.resolve(key + ENDING), view), recipe);
    }

    private static Keypoints read(Path file, int view) {
        try {
            if (!Files.isRegularFile(file)) {
                throw new IOException(file + ": expected the keypoints of a sample, found no such file");
            }
            SortedMap<String, NpyArray> arrays = NpzArchive.read(Files.readAllBytes(file), file.toString());
            String name = "keypoints" + view;
            NpyArray array = arrays.get(name);
            if (array == null || array.shape().length != 2 || array.shape()[1] != 2) {
                throw new IOException(file + ": expected an array " + name + " [N 2], found " + arrays);
            }
            float[] positions = floats(array, file);
            return Keypoints.of(positions, new float[positions.length / 2]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static float[] floats(NpyArray array, Path file) throws IOException {
        float[] positions;
        switch (array.type()) {
            case FLOAT32 -> positions = array.floats();
            case FLOAT64 -> {
                double[] doubles = array.doubles();
                positions = new float[doubles.length];
                for (int i = 0; i < doubles.length; i++) {
                    positions[i] = (float) doubles[i];
                }
            }
            default -> throw new IOException(file + ": expected keypoints of float32 or float64, found " + array);
        }
        for (float position : positions) {
            if (!Float.isFinite(position)) {
                throw new IOException(file + ": expected finite keypoints, found " + position);
            }
        }
        return positions;
    }
}
