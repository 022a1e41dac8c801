package io.tiepoint.synthetic.homography;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tiepoint.core.geometry.Homography;
import io.tiepoint.core.geometry.PixelPoint;
import io.tiepoint.core.image.GrayImage;
import io.tiepoint.core.image.ImageSize;
import io.tiepoint.core.random.Draws;
import io.tiepoint.core.random.Seed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    /** A ramp along both sides, of which a value tells the place. */
    private static GrayImage ramp(int width, int height, double perColumn, double perRow) {
        float[] pixels = new float[width * height];
        for (int i = 0; i < pixels.length; i++) {
            int column = i % width;
            int row = i / width;
            pixels[i] = (float) ((column + 0.5) * perColumn + (row + 0.5) * perRow);
        }
        return GrayImage.wrap(width, height, pixels);
    }

    @ParameterizedTest
    @ValueSource(doubles = {1.7, 1, 0.8, 0.7, 0.55, 0.36, 0.22})
    void showsPlacesToTheHundredthOfAPixelAtEveryScale(double scale) {
        int width = 901;
        int height = 803;
        GrayImage columns = ramp(width, height, 1.0 / width, 0);
        GrayImage rows = ramp(width, height, 0, 1.0 / height);
        Draws draws = new Seed(3).child("scale " + scale).draws();
        ImageSize size = new ImageSize(200, 150);
        for (int i = 0; i < 12; i++) {
            Homography bent =
                    Homography.of(1, 0, 0, 0, 1, 0, draws.nextDouble(-5e-4, 5e-4), draws.nextDouble(-5e-4, 5e-4), 1);
            Homography h = Homography.translation(100, 75)
                    .compose(bent)
                    .compose(Homography.scaling(scale, scale))
                    .compose(i == 0 ? Homography.IDENTITY : Homography.rotation(draws.nextDouble(0, 7)))
                    .compose(Homography.translation(-width * 0.5, -height * 0.5));
            GrayImage u = Warp.warp(columns, h, size, FILL);
            GrayImage v = Warp.warp(rows, h, size, FILL);
            Homography back = h.inverse();
            for (int row = 0; row < size.height(); row++) {
                for (int column = 0; column < size.width(); column++) {
                    PixelPoint point = back.map(column + 0.5, row + 0.5);
                    double inside =
                            Math.min(Math.min(point.x(), width - point.x()), Math.min(point.y(), height - point.y()));
                    // Along the border the pixels of a small level are more than a hundredth away.
                    if (inside > 20) {
                        assertThat(u.at(column, row) * width).isCloseTo((float) point.x(), within(0.01f));
                        assertThat(v.at(column, row) * height).isCloseTo((float) point.y(), within(0.01f));
                    }
                }
            }
        }
    }

    @Test
    void isBilinearWhereNothingIsMadeSmaller() {
        GrayImage source = noise(97, 61);
        Draws draws = new Seed(6).draws();
        ImageSize size = new ImageSize(130, 70);
        for (int i = 0; i < 40; i++) {
            Homography h = Homography.translation(65, 35)
                    .compose(Homography.of(
                            1, 0, 0, 0, 1, 0, draws.nextDouble(-1e-3, 1e-3), draws.nextDouble(-1e-3, 1e-3), 1))
                    .compose(Homography.scaling(1.5, 1.6))
                    .compose(Homography.rotation(draws.nextDouble(0, 7)))
                    .compose(Homography.translation(-draws.nextDouble(0, 97), -draws.nextDouble(0, 61)));
            GrayImage warped = Warp.warp(source, h, size, FILL);
            Homography back = h.inverse();
            for (int row = 0; row < size.height(); row++) {
                for (int column = 0; column < size.width(); column++) {
                    PixelPoint point = back.map(column + 0.5, row + 0.5);
                    double inside = Math.min(Math.min(point.x(), 97 - point.x()), Math.min(point.y(), 61 - point.y()));
                    float share = (float) Math.min(Math.max(inside + 0.5, 0), 1);
                    float expected = 0.25f + share * (source.sample(point.x(), point.y()) - 0.25f);
                    assertThat(warped.at(column, row)).isCloseTo(expected, within(2e-4f));
                }
            }
        }
    }

    @Test
    void anImageOf8BitsIsLikeOneOfFloats() {
        ImageSize size = new ImageSize(203, 151);
        byte[] bytes = new byte[203 * 151];
        float[] floats = new float[bytes.length];
        Draws draws = new Seed(8).draws();
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) draws.nextInt(256);
            floats[i] = (bytes[i] & 0xff) / 255f;
        }
        WarpSource narrow = WarpSource.of(size, bytes);
        WarpSource wide = WarpSource.of(GrayImage.wrap(203, 151, floats));
        for (int i = 0; i < 30; i++) {
            double scale = draws.nextLogUniform(0.2, 2);
            Homography h = Homography.scaling(scale, scale)
                    .compose(Homography.rotation(i % 3 == 0 ? 0 : draws.nextDouble(0, 7)))
                    .compose(Homography.translation(-draws.nextDouble(0, 60), -draws.nextDouble(0, 60)));
            // Places are rounded by 1/4096 px, and the smaller sizes to 8 bits.
            float tolerance = scale > 1 ? 6e-4f : 5e-3f;
            float[] expected = Warp.warp(wide, h, new ImageSize(90, 70), FILL).pixels();
            float[] found = Warp.warp(narrow, h, new ImageSize(90, 70), FILL).pixels();
            for (int k = 0; k < expected.length; k++) {
                assertThat(found[k]).isCloseTo(expected[k], within(tolerance));
            }
        }
    }

    @Test
    void aCropIsWhatTheGeneralWayMakesOfIt() {
        GrayImage source = noise(300, 200);
        Draws draws = new Seed(9).draws();
        for (int i = 0; i < 40; i++) {
            double scale = draws.nextLogUniform(0.4, 3);
            Homography upright = Homography.scaling(scale, scale)
                    .compose(Homography.translation(
                            -draws.nextDouble(0, 300 - 100 / scale), -draws.nextDouble(0, 200 - 70 / scale)));
            // So little that nothing is seen of it, and still no crop.
            Homography turned = upright.compose(Homography.rotation(1e-7));
            float[] crop =
                    Warp.warp(source, upright, new ImageSize(100, 70), FILL).pixels();
            float[] general =
                    Warp.warp(source, turned, new ImageSize(100, 70), FILL).pixels();
            for (int row = 2; row < 68; row++) {
                for (int column = 2; column < 98; column++) {
                    int k = row * 100 + column;
                    assertThat(crop[k]).isCloseTo(general[k], within(1e-3f));
                }
            }
        }
    }

    @Test
    void keepsAWaveWhereTheLevelChanges() {
        // Waves of 24 px, seen under scales that pass several levels within the image.
        int side = 1200;
        float[] waves = new float[side * side];
        for (int i = 0; i < waves.length; i++) {
            waves[i] = (float) (0.5 + 0.4 * StrictMath.sin(i % side * Math.PI / 12));
        }
        Homography h = Homography.of(0.9, 0, 0, 0, 0.9, 0, 0, 2e-3, 1);
        GrayImage warped = Warp.warp(GrayImage.wrap(side, side, waves), h, new ImageSize(300, 300), FILL);
        Homography back = h.inverse();
        for (int row = 2; row < 200; row++) {
            for (int column = 2; column < 280; column++) {
                double u = back.map(column + 0.5, row + 0.5).x();
                double v = back.map(column + 0.5, row + 0.5).y();
                if (u < side - 20 && v < side - 20) {
                    double wave = StrictMath.sin((u - 0.5) * Math.PI / 12);
                    double seen = (warped.at(column, row) - 0.5) / 0.4;
                    assertThat(Math.abs(seen - wave)).isLessThan(0.2);
                }
            }
        }
    }
}
