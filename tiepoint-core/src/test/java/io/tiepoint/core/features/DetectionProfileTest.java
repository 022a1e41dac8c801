package io.tiepoint.core.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tiepoint.core.geometry.PixelPoint;
import io.tiepoint.core.image.GrayImage;
import io.tiepoint.core.image.ImageSize;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DetectionProfileTest {
    @ParameterizedTest
    @EnumSource
    void findsNothingInAnEmptyHeatmap(DetectionProfile profile) {
        assertThat(profile.select(new float[48 * 40], 48, new ImageSize(48, 40), profile.published()))
                .isEqualTo(Keypoints.NONE);
    }

    /** The demo takes what reaches the threshold, the others what exceeds it; both in float32. */
    @Test
    void comparesWithTheThresholdAsPublished() {
        for (DetectionProfile profile :
                List.of(DetectionProfile.MAGICLEAP_DEMO, DetectionProfile.SUPERGLUE, DetectionProfile.RPAUTRAT)) {
            float[] heatmap = new float[40 * 40];
            heatmap[10 * 40 + 10] = profile.published().threshold();
            heatmap[25 * 40 + 30] = Math.nextUp(profile.published().threshold());
            Keypoints keypoints = profile.select(heatmap, 40, new ImageSize(40, 40), profile.published());

            assertThat(keypoints.size()).isEqualTo(profile == DetectionProfile.MAGICLEAP_DEMO ? 2 : 1);
            assertThat(keypoints.point(0).x()).isEqualTo(30.5);
            assertThat(keypoints.point(0).y()).isEqualTo(25.5);
        }
    }

    @Test
    void countsTheBordersOfTheImageInTheDemoAndOfWholeCellsElsewhere() {
        float[] heatmap = new float[40 * 40];
        heatmap[20 * 40 + 37] = 0.9f;
        ImageSize size = new ImageSize(47, 40);

        assertThat(DetectionProfile.MAGICLEAP_DEMO
                        .select(heatmap, 40, size, DetectionProfile.MAGICLEAP_DEMO.published())
                        .size())
                .isEqualTo(1);
        assertThat(DetectionProfile.SUPERGLUE
                        .select(heatmap, 40, size, DetectionProfile.SUPERGLUE.published())
                        .size())
                .isZero();
    }

    @Test
    void keepsTheOrderOfReadingUnlessThereAreTooMany() {
        float[] heatmap = new float[60 * 60];
        heatmap[10 * 60 + 10] = 0.1f;
        heatmap[10 * 60 + 30] = 0.3f;
        heatmap[40 * 60 + 10] = 0.2f;
        KeypointSelection all = DetectionProfile.SUPERGLUE.published();
        ImageSize size = new ImageSize(60, 60);

        assertThat(DetectionProfile.SUPERGLUE.select(heatmap, 60, size, all).scores())
                .containsExactly(0.1f, 0.3f, 0.2f);
        assertThat(DetectionProfile.SUPERGLUE
                        .select(heatmap, 60, size, all.withMaxKeypoints(2))
                        .scores())
                .containsExactly(0.3f, 0.2f);
        assertThat(DetectionProfile.MAGICLEAP_DEMO
                        .select(heatmap, 60, size, all)
                        .scores())
                .containsExactly(0.3f, 0.2f, 0.1f);
    }

    private static ReliabilityMap reliability(int columns, int rows, float value) {
        float[] values = new float[columns * rows];
        Arrays.fill(values, value);
        return new ReliabilityMap(values, rows, columns, 8);
    }

    /** The best probability is not the best score, and the threshold is the probability's. */
    @Test
    void scoresByReliabilityAndSelectsByProbability() {
        float[] heatmap = new float[64 * 32];
        heatmap[16 * 64 + 12] = 0.9f;
        heatmap[16 * 64 + 52] = 0.8f;
        heatmap[8 * 64 + 52] = 0.05f;
        float[] cells = new float[8 * 4];
        for (int i = 0; i < cells.length; i++) {
            cells[i] = i % 8 < 4 ? 0.25f : 0.5f;
        }
        ReliabilityMap reliability = new ReliabilityMap(cells, 4, 8, 8);
        KeypointSelection published = DetectionProfile.XFEAT.published();

        Keypoints found = DetectionProfile.XFEAT.select(heatmap, reliability, published);
        assertThat(found.positions()).containsExactly(52.5f, 16.5f, 12.5f, 16.5f);
        assertThat(found.scores()).containsExactly(0.8f * 0.5f, 0.9f * 0.25f);
        assertThat(DetectionProfile.XFEAT.select(heatmap, reliability, published.withMaxKeypoints(1)))
                .isEqualTo(found.select(new int[] {0}));
        assertThat(DetectionProfile.XFEAT.select(heatmap, reliability(8, 4, 0), published))
                .isEqualTo(Keypoints.NONE);
    }

    /** XFeat finds nothing in the first pixel, nor in the last column and row; elsewhere it has no border. */
    @Test
    void findsNothingWhereXFeatCannot() {
        int[][] pixels = {{0, 0}, {31, 10}, {10, 31}, {31, 31}, {0, 10}, {10, 0}, {30, 20}, {20, 30}};
        float[] heatmap = new float[32 * 32];
        for (int[] pixel : pixels) {
            heatmap[pixel[1] * 32 + pixel[0]] = 0.5f;
        }
        Keypoints found =
                DetectionProfile.XFEAT.select(heatmap, reliability(4, 4, 1), DetectionProfile.XFEAT.published());
        List<PixelPoint> points =
                IntStream.range(0, found.size()).mapToObj(found::point).toList();

        assertThat(points)
                .containsExactlyInAnyOrder(
                        new PixelPoint(0.5, 10.5),
                        new PixelPoint(10.5, 0.5),
                        new PixelPoint(30.5, 20.5),
                        new PixelPoint(20.5, 30.5));
    }

    /** A larger neighbour two pixels away suppresses, one three pixels away does not; of what is left nothing comes back. */
    @Test
    void suppressesWithinFivePixelsWithoutRecovery() {
        float[] heatmap = new float[32 * 32];
        heatmap[10 * 32 + 10] = 0.9f;
        heatmap[10 * 32 + 12] = 0.8f;
        heatmap[10 * 32 + 14] = 0.7f;
        heatmap[10 * 32 + 17] = 0.6f;
        KeypointSelection published = DetectionProfile.XFEAT.published();

        assertThat(DetectionProfile.XFEAT
                        .select(heatmap, 32, new ImageSize(32, 32), published)
                        .scores())
                .containsExactly(0.9f, 0.6f);
        assertThat(DetectionProfile.SUPERGLUE
                        .select(heatmap, 32, new ImageSize(32, 32), published)
                        .scores())
                .contains(0.9f, 0.7f);
    }

    @Test
    void xFeatSeesMultiplesOf32PixelsAndScalesTheirIndices() {
        GrayImage image = GrayImage.wrap(100, 63, new float[100 * 63]);
        GrayImage seen = DetectionProfile.XFEAT.seen(image);
        assertThat(seen.size()).isEqualTo(new ImageSize(96, 32));

        Keypoints found = Keypoints.of(new float[] {0.5f, 0.5f, 95.5f, 31.5f}, new float[] {1, 1});
        assertThat(DetectionProfile.XFEAT
                        .inImage(found, seen.size(), image.size())
                        .positions())
                .containsExactly(new float[] {0.5f, 0.5f, 95 * 100 / 96f + 0.5f, 31 * 63 / 32f + 0.5f}, within(1e-5f));
        for (DetectionProfile profile : DetectionProfile.values()) {
            if (profile != DetectionProfile.XFEAT) {
                assertThat(profile.seen(image)).isSameAs(image);
                assertThat(profile.inImage(found, image.size(), image.size())).isSameAs(found);
            }
        }
    }

    @Test
    void samplesBicubicallyFromEdgeToEdge() {
        // One channel rises from cell to cell, so that the weights show; the other makes the norm known.
        int columns = 4;
        float[] map = new float[2 * columns * columns];
        for (int i = 0; i < columns * columns; i++) {
            map[i] = i % columns == 1 ? 1 : 0;
            map[columns * columns + i] = 1;
        }
        DescriptorMap descriptors = new DescriptorMap(map, 2, columns, columns, 8);
        // In an image of 32 px, pixel 31 p / 32 lies p / 8 cells from the map's left edge.
        Keypoints keypoints = Keypoints.of(
                new float[] {31 * 12 / 32f + 0.5f, 31 * 12 / 32f + 0.5f, 31 * 16 / 32f + 0.5f, 31 * 12 / 32f + 0.5f},
                new float[] {1, 1});
        float[] found = descriptors
                .sample(keypoints, DescriptorSampling.EDGE_TO_EDGE, new ImageSize(32, 32))
                .values();

        assertThat(found[0] / found[1]).isCloseTo(1, within(1e-5f)); // on the centre of the cell
        assertThat(found[2] / found[3]).isCloseTo(0.59375f, within(1e-5f)); // halfway to the next one
    }
}
