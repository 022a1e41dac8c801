package io.tiepoint.core.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tiepoint.core.random.Draws;
import io.tiepoint.core.random.Seed;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class KeypointSelectionTest {
    static LongStream seeds() {
        return LongStream.range(0, 50);
    }

    /** What the definition says, pixel by pixel: index and score, best first. */
    private static List<double[]> byDefinition(
            KeypointSelection selection, float[] heatmap, int width, int validWidth, int validHeight) {
        List<double[]> found = new ArrayList<>();
        int border = selection.borderPx();
        for (int row = border; row < validHeight - border; row++) {
            for (int column = border; column < validWidth - border; column++) {
                int index = row * width + column;
                boolean peak = true;
                double mass = 0;
                for (int r = 0; r < validHeight; r++) {
                    for (int c = 0; c < validWidth; c++) {
                        int distance = Math.max(Math.abs(r - row), Math.abs(c - column));
                        int other = r * width + c;
                        mass += distance <= 1 ? heatmap[other] : 0;
                        if (distance <= selection.nmsRadiusPx() && other != index) {
                            peak &= heatmap[other] < heatmap[index]
                                    || (heatmap[other] == heatmap[index] && other > index);
                        }
                    }
                }
                if (peak && (float) mass > selection.threshold()) {
                    found.add(new double[] {index, (float) mass});
                }
            }
        }
        found.sort(Comparator.<double[]>comparingDouble(peak -> -peak[1]).thenComparingDouble(peak -> peak[0]));
        return found.subList(0, Math.min(found.size(), selection.maxKeypoints()));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void findsWhatTheDefinitionSays(long seed) {
        Draws draws = new Seed(seed).draws();
        int width = 8 + draws.nextInt(40);
        int height = 8 + draws.nextInt(40);
        int validWidth = width - draws.nextInt(8);
        int validHeight = height - draws.nextInt(8);
        float[] heatmap = new float[width * height];
        for (int i = 0; i < heatmap.length; i++) {
            heatmap[i] = draws.nextInt(20) / 200f; // many are equal
        }
        KeypointSelection selection = new KeypointSelection(
                1 + draws.nextInt(60), 0.3f * draws.nextInt(3), 1 + draws.nextInt(4), draws.nextInt(4));

        Keypoints keypoints = selection.select(heatmap, width, validWidth, validHeight);

        List<double[]> expected = byDefinition(selection, heatmap, width, validWidth, validHeight);
        assertThat(keypoints.size()).isEqualTo(expected.size());
        for (int i = 0; i < keypoints.size(); i++) {
            int index = (int) expected.get(i)[0];
            int row = index / width;
            assertThat(keypoints.score(i)).isCloseTo((float) expected.get(i)[1], within(1e-6f));
            assertThat(keypoints.x(i)).isCloseTo(index % width + 0.5f, within(1f));
            assertThat(keypoints.y(i)).isCloseTo(row + 0.5f, within(1f));
        }
    }

    @Test
    void placesAKeypointAtTheCentreOfMass() {
        float[] heatmap = new float[20 * 20];
        heatmap[10 * 20 + 8] = 0.6f;
        heatmap[10 * 20 + 9] = 0.2f;
        heatmap[11 * 20 + 8] = 0.2f;

        Keypoints keypoints = KeypointSelection.DEFAULT.select(heatmap, 20, 20, 20);

        assertThat(keypoints.size()).isEqualTo(1);
        assertThat(keypoints.x(0)).isCloseTo(8.7f, within(1e-6f));
        assertThat(keypoints.y(0)).isCloseTo(10.7f, within(1e-6f));
        assertThat(keypoints.score(0)).isCloseTo(1f, within(1e-6f));
    }

    @Test
    void withoutSuppressionKeepsAWeakPixelBesideStrongOnes() {
        float[] heatmap = new float[5 * 5];
        heatmap[2 * 5 + 1] = 0.5f;
        heatmap[2 * 5 + 2] = 0.01f;
        heatmap[2 * 5 + 3] = 0.5f;

        Keypoints keypoints = new KeypointSelection(100, 0.2f, 0, 0).select(heatmap, 5, 5, 5);

        // Every pixel whose surroundings hold more than 0.2: three rows of five.
        assertThat(keypoints.size()).isEqualTo(15);
    }

    @Test
    void findsNothingWhereNothingIs() {
        assertThat(KeypointSelection.DEFAULT.select(new float[400], 20, 20, 20)).isEqualTo(Keypoints.NONE);
        assertThat(KeypointSelection.DEFAULT.select(new float[64], 8, 1, 1)).isEqualTo(Keypoints.NONE);
    }
}
