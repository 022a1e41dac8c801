package io.tiepoint.core.features;

import static org.assertj.core.api.Assertions.assertThat;

import io.tiepoint.core.image.ImageSize;
import io.tiepoint.testkit.SharedFiles;
import io.tiepoint.testkit.parity.NpyFile;
import io.tiepoint.testkit.parity.ParityRecord;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The small pieces of SuperPoint's post-processing against outputs of the reference codes. */
class ReferenceOperationsTest {
    private static NpyFile op(String file) throws IOException {
        return NpyFile.read(SharedFiles.get("parity/ops/" + file + ".npy"));
    }

    private static float[] columns(NpyFile file) {
        float[] values = file.values();
        float[] transposed = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            int row = i / file.size(1);
            transposed[i % file.size(1) * file.size(0) + row] = values[i];
        }
        return transposed;
    }

    /** On plateaus all of the equal values stay. */
    @ParameterizedTest
    @CsvSource({"nms-ties, 1", "nms-ties, 3", "nms-ties, 4", "nms-smooth, 1", "nms-smooth, 3", "nms-smooth, 4"})
    void suppressesAsTheReferencesMaxPoolingDoes(String name, int radius) throws IOException {
        NpyFile scores = op(name + "/in_scores");

        ParityRecord.assertWithin(
                "ops/" + name + "/out_radius" + radius,
                ParityRecord.JAVA,
                MaxPoolSuppression.suppress(scores.values(), scores.size(1), radius, 2),
                op(name + "/out_radius" + radius).values(),
                0);
    }

    @Test
    void suppressesAWholeHeatmapAsTheReferenceDoes() throws IOException {
        NpyFile heat = NpyFile.read(SharedFiles.get("parity/superpoint/c/heat.npy"));

        ParityRecord.assertWithin(
                "superpoint/c/sg/nms",
                ParityRecord.JAVA,
                MaxPoolSuppression.suppress(heat.values(), heat.size(1), 4, 2),
                NpyFile.read(SharedFiles.get("parity/superpoint/c/sg/nms.npy")).values(),
                0);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void suppressesAsTheDemosGreedyWayDoes(int radius) throws IOException {
        float[] corners = op("nms-fast/in_corners").values();
        int count = corners.length / 3;
        int[] x = new int[count];
        int[] y = new int[count];
        for (int i = 0; i < count; i++) {
            x[i] = (int) Math.rint(corners[i]);
            y[i] = (int) Math.rint(corners[count + i]);
        }
        int[] kept = GreedySuppression.keep(x, y, Arrays.copyOfRange(corners, 2 * count, 3 * count), 80, radius);

        float[] expected = op("nms-fast/out_inds_dist" + radius).values();
        assertThat(kept).hasSize(expected.length);
        for (int i = 0; i < kept.length; i++) {
            assertThat((float) kept[i]).isEqualTo(expected[i]);
        }
    }

    /** Keypoints on corners and borders too. */
    @ParameterizedTest
    @CsvSource({
        "LEGACY, out_legacy_sg_lg",
        "CELL_CENTRES, out_rpautrat",
        "IMAGE_SHARE, out_demo_align_corners_false",
        "IMAGE_SHARE_ALIGNED, out_demo_align_corners_true"
    })
    void samplesDescriptorsAsTheReferencesDo(DescriptorSampling sampling, String output) throws IOException {
        NpyFile dense = op("sample/in_dense");
        NpyFile places = op("sample/in_keypoints");
        float[] positions = places.values();
        for (int i = 0; i < positions.length; i++) {
            positions[i] += 0.5f;
        }
        Keypoints keypoints = Keypoints.of(positions, new float[places.size(0)]);
        int rows = dense.size(1);
        int columns = dense.size(2);
        Descriptors found = new DescriptorMap(dense.values(), dense.size(0), rows, columns, 8)
                .sample(keypoints, sampling, new ImageSize(8 * columns, 8 * rows));

        ParityRecord.assertWithin(
                "ops/sample/" + output, ParityRecord.JAVA, found.values(), columns(op("sample/" + output)), 6e-6);
    }
}
