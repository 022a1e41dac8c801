package io.tiepoint.core.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tiepoint.core.image.GrayImage;
import io.tiepoint.core.random.Draws;
import io.tiepoint.core.random.Seed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CornerRefinementTest {
    /** Two dark quadrants that meet in a point, each pixel the exact share that they cover, slightly blurred by that. */
    private static GrayImage saddle(double x, double y) {
        int size = 24;
        float[] pixels = new float[size * size];
        for (int row = 0; row < size; row++) {
            for (int column = 0; column < size; column++) {
                double right = Math.min(Math.max(column + 1 - x, 0), 1);
                double below = Math.min(Math.max(row + 1 - y, 0), 1);
                pixels[row * size + column] = (float) (right * below + (1 - right) * (1 - below));
            }
        }
        return GrayImage.wrap(size, size, pixels);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void findsASaddleFromAPixelAway(long seed) {
        Draws draws = new Seed(seed).draws();
        double x = draws.nextDouble(11, 13);
        double y = draws.nextDouble(11, 13);
        float[] start = {(float) (x + draws.nextDouble(-1, 1)), (float) (y + draws.nextDouble(-1, 1))};
        Keypoints refined = CornerRefinement.refine(saddle(x, y), Keypoints.of(start, new float[] {0.7f}));
        assertThat(refined.x(0)).isCloseTo((float) x, within(0.1f));
        assertThat(refined.y(0)).isCloseTo((float) y, within(0.1f));
        assertThat(refined.score(0)).isEqualTo(0.7f);
    }

    @Test
    void leavesAKeypointWhereTheImageSaysNothing() {
        Keypoints keypoints = Keypoints.of(new float[] {12.3f, 11.8f, 0.5f, 0.5f, 23.9f, 23.9f}, new float[3]);
        assertThat(CornerRefinement.refine(GrayImage.wrap(24, 24, new float[24 * 24]), keypoints))
                .isEqualTo(keypoints);
    }

    @Test
    void leavesAKeypointOnAStraightEdge() {
        float[] pixels = new float[24 * 24];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = i % 24 < 12 ? 0 : 1;
        }
        Keypoints keypoints = Keypoints.of(new float[] {12.6f, 11.8f}, new float[1]);
        assertThat(CornerRefinement.refine(GrayImage.wrap(24, 24, pixels), keypoints))
                .isEqualTo(keypoints);
    }
}
