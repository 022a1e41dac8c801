package io.tiepoint.synthetic.raster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tiepoint.core.image.ImageSize;
import io.tiepoint.core.random.Draws;
import io.tiepoint.core.random.Seed;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CanvasTest {
    private static final ImageSize SIZE = new ImageSize(40, 30);

    static LongStream seeds() {
        return LongStream.range(0, 50);
    }

    private static double sum(Canvas canvas) {
        double sum = 0;
        for (float pixel : canvas.pixels()) {
            sum += pixel;
        }
        return sum;
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void coversExactlyTheAreaOfATriangle(long seed) {
        Draws draws = new Seed(seed).draws();
        double[] p = new double[6];
        for (int i = 0; i < 6; i++) {
            p[i] = draws.nextDouble(0, i % 2 == 0 ? 40 : 30);
        }
        Canvas canvas = new Canvas(SIZE);
        canvas.add(p, 1f);
        canvas.paint();
        double area = 0.5 * Math.abs((p[2] - p[0]) * (p[5] - p[1]) - (p[3] - p[1]) * (p[4] - p[0]));
        assertThat(sum(canvas)).isCloseTo(area, within(1e-3));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void leavesNoSeamBetweenNeighbours(long seed) {
        Draws draws = new Seed(seed).draws();
        double x = draws.nextDouble(5, 35);
        double y = draws.nextDouble(5, 25);
        double[] corners = {-5, -5, 45, -5, 45, 35, -5, 35};
        Canvas canvas = new Canvas(SIZE);
        for (int i = 0; i < 8; i += 2) {
            int j = (i + 2) % 8;
            canvas.add(new double[] {x, y, corners[i], corners[i + 1], corners[j], corners[j + 1]}, 1f);
        }
        canvas.paint();
        for (float pixel : canvas.pixels()) {
            assertThat(pixel).isCloseTo(1f, within(1e-4f));
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void cutsWhatLiesOutsideTheSameWayAsALargerCanvas(long seed) {
        Draws draws = new Seed(seed).draws();
        double[] polygon = new double[6];
        double[] moved = new double[6];
        for (int i = 0; i < 6; i++) {
            polygon[i] = draws.nextDouble(-100, 140);
            moved[i] = polygon[i] + 100;
        }
        Canvas small = new Canvas(SIZE);
        small.add(polygon, 0.7f);
        small.paint();
        Canvas large = new Canvas(new ImageSize(240, 240));
        large.add(moved, 0.7f);
        large.paint();
        for (int row = 0; row < 30; row++) {
            for (int column = 0; column < 40; column++) {
                float expected = large.pixels()[(row + 100) * 240 + column + 100];
                assertThat(small.pixels()[row * 40 + column]).isCloseTo(expected, within(1e-3f));
            }
        }
    }

    @Test
    void paintsTheSecondLayerOverTheFirst() {
        Canvas canvas = new Canvas(SIZE);
        canvas.add(new double[] {0, 0, 20, 0, 20, 20, 0, 20}, 0.5f);
        canvas.paint();
        canvas.add(new double[] {10, 10, 30, 10, 30, 15, 10, 15}, 1f);
        canvas.paint();
        assertThat(canvas.pixels()[12 * 40 + 15]).isEqualTo(1f);
        assertThat(canvas.pixels()[5 * 40 + 5]).isEqualTo(0.5f);
        assertThat(canvas.pixels()[17 * 40 + 25]).isZero();
        assertThat(sum(canvas)).isCloseTo(0.5 * 350 + 100, within(1e-3));
    }

    @Test
    void blursWithoutChangingTheMeanOfABorderedImage() {
        float[] pixels = new float[SIZE.width() * SIZE.height()];
        pixels[15 * 40 + 20] = 1f;
        float[] boxed = pixels.clone();
        Blur.gaussian(pixels, 40, 30, 1.5);
        Blur.box(boxed, 40, 30, 2);
        double sum = 0;
        double variance = 0;
        for (int i = 0; i < pixels.length; i++) {
            sum += pixels[i];
            variance += pixels[i] * Math.pow(i % 40 - 20, 2);
        }
        assertThat(sum).isCloseTo(1, within(1e-4));
        assertThat(Math.sqrt(variance)).isCloseTo(1.5, within(0.05));
        assertThat(boxed[15 * 40 + 20]).isCloseTo(1 / 25f, within(1e-6f));
        assertThat(boxed[17 * 40 + 22]).isCloseTo(1 / 25f, within(1e-6f));
        assertThat(boxed[18 * 40 + 22]).isZero();
    }
}
