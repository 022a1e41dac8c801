package io.tiepoint.synthetic.homography;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tiepoint.core.geometry.Homography;
import io.tiepoint.core.image.GrayImage;
import io.tiepoint.core.image.ImageSize;
import io.tiepoint.core.random.Draws;
import io.tiepoint.core.random.Seed;
import org.junit.jupiter.api.Test;

class WarpTest {
    private static final GrayImage FILL = GrayImage.of(1, 1, new float[] {0.25f});

    private static GrayImage noise(int width, int height) {
        Draws draws = new Seed(4).draws();
        float[] pixels = new float[width * height];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = draws.nextFloat();
        }
        return GrayImage.wrap(width, height, pixels);
    }

    @Test
    void movesByWholePixelsExactlyAndFillsTheRest() {
        GrayImage source = noise(50, 40);
        GrayImage moved = Warp.warp(source, Homography.translation(7, -3), new ImageSize(50, 40), FILL);
        for (int row = 0; row < 40; row++) {
            for (int column = 0; column < 50; column++) {
                boolean inside = column >= 7 && row < 37;
                float expected = inside ? source.at(column - 7, row + 3) : 0.25f;
                assertThat(moved.at(column, row)).isEqualTo(expected);
            }
        }
    }

    @Test
    void followsTheHomography() {
        int width = 160;
        float[] ramp = new float[width * 120];
        for (int i = 0; i < ramp.length; i++) {
            ramp[i] = (i % width + 0.5f) / width;
        }
        Homography h = Homography.of(0.8, -0.3, 40, 0.25, 0.9, 5, 0.001, -0.0005, 1);
        GrayImage warped = Warp.warp(GrayImage.wrap(width, 120, ramp), h, new ImageSize(160, 120), FILL);
        Homography back = h.inverse();
        int checked = 0;
        for (int row = 0; row < 120; row++) {
            for (int column = 0; column < 160; column++) {
                var point = back.map(column + 0.5, row + 0.5);
                if (point.x() > 8 && point.x() < 152 && point.y() > 8 && point.y() < 112) {
                    assertThat((double) warped.at(column, row)).isCloseTo(point.x() / width, within(2e-3));
                    checked++;
                }
            }
        }
        assertThat(checked).isGreaterThan(3000);
    }

    @Test
    void showsTheMeanOfFineStructureWhenItIsMadeSmall() {
        int side = 256;
        float[] checks = new float[side * side];
        for (int i = 0; i < checks.length; i++) {
            checks[i] = (i % side + i / side) % 2;
        }
        GrayImage small = Warp.warp(
                GrayImage.wrap(side, side, checks), Homography.scaling(0.23, 0.23), new ImageSize(58, 58), FILL);
        assertThat(small.at(20, 31)).isCloseTo(0.5f, within(0.05f));
        assertThat(small.at(45, 12)).isCloseTo(0.5f, within(0.05f));
    }

    @Test
    void showsOnlyTheFillBeyondTheHorizon() {
        GrayImage source = noise(50, 40);
        Homography sourceFromTarget = Homography.of(1, 0, 0, 0, 1, 0, 0.04, 0, 1);
        GrayImage warped = Warp.warp(source, sourceFromTarget.inverse(), new ImageSize(50, 40), FILL);
        for (float pixel : warped.pixels()) {
            assertThat(pixel).isBetween(0f, 1f);
        }
        Homography turned = Homography.of(1, 0, 0, 0, 1, 0, -0.03, 0, 1);
        GrayImage behind = Warp.warp(source, turned.inverse(), new ImageSize(50, 40), FILL);
        assertThat(behind.at(45, 20)).isEqualTo(0.25f);
    }
}
