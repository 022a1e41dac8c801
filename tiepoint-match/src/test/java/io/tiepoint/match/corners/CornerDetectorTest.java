package io.tiepoint.match.corners;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tiepoint.core.features.Keypoints;
import io.tiepoint.core.image.GrayImage;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CornerDetectorTest {
    /** Soft-edged, white on black, with corners at (20, 16), (44, 16), (44, 48) and (20, 48), between pixels. */
    private static GrayImage rectangle() {
        float[] pixels = new float[64 * 64];
        for (int row = 0; row < 64; row++) {
            for (int column = 0; column < 64; column++) {
                pixels[row * 64 + column] = inside(column, 20, 44) * inside(row, 16, 48);
            }
        }
        return GrayImage.of(64, 64, pixels);
    }

    private static float inside(int pixel, int from, int to) {
        double depth = Math.min(pixel + 0.5 - from, to - (pixel + 0.5));
        return (float) Math.min(Math.max(depth / 2 + 0.5, 0), 1);
    }

    @ParameterizedTest
    @EnumSource
    void findsTheFourCornersOfARectangle(CornerDetector detector) {
        Keypoints corners = detector.detect(rectangle(), 4);

        assertThat(corners.size()).isEqualTo(4);
        double sumX = 0;
        double sumY = 0;
        for (int i = 0; i < 4; i++) {
            sumX += corners.x(i);
            sumY += corners.y(i);
            double dx = Math.min(Math.abs(corners.x(i) - 20), Math.abs(corners.x(i) - 44));
            double dy = Math.min(Math.abs(corners.y(i) - 16), Math.abs(corners.y(i) - 48));
            assertThat(Math.hypot(dx, dy)).isLessThan(2.2); // FAST prefers the pixel 1.5 px inside in x and y
        }
        // Whatever a detector's preference is, the frame is right only if it is symmetric about the middle.
        assertThat(sumX / 4).isCloseTo(32, within(0.05));
        assertThat(sumY / 4).isCloseTo(32, within(0.05));
    }

    @ParameterizedTest
    @EnumSource
    void findsNothingInABlackImage(CornerDetector detector) {
        assertThat(detector.detect(GrayImage.of(64, 64, new float[64 * 64]), 10))
                .isEqualTo(Keypoints.NONE);
        assertThat(detector.detect(GrayImage.of(1, 1, new float[1]), 10)).isEqualTo(Keypoints.NONE);
    }

    @ParameterizedTest
    @EnumSource
    void keepsTheBest(CornerDetector detector) {
        Keypoints all = detector.detect(rectangle(), 100);
        Keypoints best = detector.detect(rectangle(), 2);

        assertThat(best).isEqualTo(all.select(new int[] {0, 1}));
        assertThat(all.scores()).isSortedAccordingTo((a, b) -> Float.compare(b, a));
    }
}
