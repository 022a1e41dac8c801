package io.tiepoint.testkit.parity;

import static org.assertj.core.api.Assertions.assertThat;

import io.tiepoint.core.features.Descriptors;
import io.tiepoint.core.features.Keypoints;
import io.tiepoint.core.features.LocalFeatures;
import io.tiepoint.core.geometry.PixelFrame;
import io.tiepoint.testkit.SharedFiles;
import java.io.IOException;
import java.util.Comparator;
import java.util.stream.IntStream;

/** XFeat's features against the reference's: the same keypoints, with scores and descriptors within the README's bars. */
public final class FeatureOutcome {
    private static final double SCORES = 5e-5;
    private static final double DESCRIPTORS = 3e-5;

    /** Below so many the order is that of the reference; in longer lists neighbours are too close to call. */
    private static final int ORDERED = 100;

    private FeatureOutcome() {}

    /**
     * Fails if they differ.
     *
     * @param list such as {@code xfeat/a/top100}
     * @param where who computed
     */
    public static void assertSameFeatures(String list, String where, LocalFeatures features) throws IOException {
        Keypoints keypoints = features.keypoints();
        Descriptors descriptors = features.descriptors();
        float[] positions = output(list, "keypoints");
        float[] scores = output(list, "scores");
        for (int i = 0; i < positions.length; i++) {
            positions[i] = (float) PixelFrame.CENTRE.toCorner(positions[i]);
        }
        assertThat(keypoints.size()).as(list).isEqualTo(scores.length);
        int[] expected = order(positions);
        int[] found = order(keypoints.positions());
        int dimension = descriptors.dimension();
        ParityRecord.assertWithin(
                list + "/keypoints", where, rows(keypoints.positions(), found, 2), rows(positions, expected, 2), 0);
        ParityRecord.assertWithin(
                list + "/scores", where, rows(keypoints.scores(), found, 1), rows(scores, expected, 1), SCORES);
        ParityRecord.assertWithin(
                list + "/descriptors",
                where,
                rows(descriptors.values(), found, dimension),
                rows(output(list, "descriptors"), expected, dimension),
                DESCRIPTORS);
    }

    private static float[] output(String list, String name) throws IOException {
        return NpyFile.read(SharedFiles.get("parity/" + list + "/" + name + ".npy"))
                .values();
    }

    private static int[] order(float[] positions) {
        int count = positions.length / 2;
        IntStream all = IntStream.range(0, count);
        return count <= ORDERED
                ? all.toArray()
                : all.boxed()
                        .sorted(Comparator.comparingDouble((Integer i) -> positions[2 * i + 1])
                                .thenComparingDouble(i -> positions[2 * i]))
                        .mapToInt(Integer::intValue)
                        .toArray();
    }

    private static float[] rows(float[] values, int[] order, int size) {
        float[] rows = new float[values.length];
        for (int i = 0; i < order.length; i++) {
            System.arraycopy(values, size * order[i], rows, size * i, size);
        }
        return rows;
    }
}
