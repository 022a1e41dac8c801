package io.tiepoint.core.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResizeTest {
    /** Brightness rises linearly with the position, so that a shift shows. */
    private static GrayImage ramp(int width, int height) {
        float[] pixels = new float[width * height];
        for (int i = 0; i < pixels.length; i++) {
            int row = i / width;
            pixels[i] = (i % width + 0.5f) / width + 2 * (row + 0.5f) / height;
        }
        return GrayImage.wrap(width, height, pixels);
    }

    @ParameterizedTest
    @CsvSource({"60, 40", "30, 20", "37, 23", "20, 10", "120, 80", "121, 27", "1, 1", "60, 7", "200, 1"})
    void movesPointsByMultiplicationInTheCornerFrame(int width, int height) {
        GrayImage resized = Resize.resize(ramp(60, 40), new ImageSize(width, height));

        assertThat(resized.size()).isEqualTo(new ImageSize(width, height));
        GrayImage expected = ramp(width, height);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                double left = x * 60.0 / width;
                double top = y * 40.0 / height;
                boolean inside =
                        left >= 0.5 && left + 60.0 / width <= 59.5 && top >= 0.5 && top + 40.0 / height <= 39.5;
                if (inside) {
                    assertThat(resized.at(x, y)).isCloseTo(expected.at(x, y), within(2e-6f));
                }
            }
        }
    }

    @Test
    void keepsTheMeanBrightness() {
        GrayImage image = GrayImage.of(4, 2, new float[] {0, 1, 0.5f, 0.5f, 1, 0, 0, 1});

        assertThat(Resize.resize(image, new ImageSize(1, 1)).at(0, 0)).isCloseTo(0.5f, within(1e-6f));
        assertThat(Resize.resize(GrayImage.of(3, 1, new float[] {0, 0.6f, 0.9f}), new ImageSize(2, 1))
                        .pixels())
                .containsExactly(new float[] {0.2f, 0.8f}, within(0.05f));
    }

    @Test
    void showsNoMoireOfAFineChequerboard() {
        float[] pixels = new float[300 * 200];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (i % 300 + i / 300) % 2;
        }
        GrayImage small = Resize.resize(GrayImage.wrap(300, 200, pixels), new ImageSize(75, 50));

        for (int y = 1; y < 49; y++) {
            for (int x = 1; x < 74; x++) {
                assertThat(small.at(x, y)).isCloseTo(0.5f, within(1e-5f));
            }
        }
    }

    /** At a fifth of the size the centres lie on every fifth pixel, and what is between does not count. */
    @Test
    void interpolatesAtTheNewPixelsCentresHoweverFarApart() {
        GrayImage image = ramp(60, 40);
        GrayImage small = Resize.interpolate(image, new ImageSize(12, 8));
        for (int y = 0; y < 8; y++) {
            for (int x = 0; x < 12; x++) {
                assertThat(small.at(x, y)).isCloseTo(image.at(5 * x + 2, 5 * y + 2), within(1e-6f));
            }
        }
        GrayImage row = GrayImage.of(6, 1, new float[] {0, 1, 5, 5, 2, 4});

        assertThat(Resize.interpolate(row, new ImageSize(4, 1)).pixels())
                .containsExactly(new float[] {0.25f, 4, 4.25f, 3.5f}, within(1e-6f));
        assertThat(Resize.interpolate(row, new ImageSize(3, 1)).pixels())
                .containsExactly(new float[] {0.5f, 5, 3}, within(1e-6f));
    }

    @ParameterizedTest
    @CsvSource({"120, 80", "121, 43", "60, 40"})
    void enlargesAsInterpolationDoes(int width, int height) {
        GrayImage image = ramp(60, 40);

        assertThat(Resize.interpolate(image, new ImageSize(width, height)))
                .isEqualTo(Resize.resize(image, new ImageSize(width, height)));
    }

    @Test
    void keepsAnImageOfTheSameSize() {
        GrayImage image = ramp(5, 4);

        assertThat(Resize.resize(image, image.size())).isSameAs(image);
        assertThat(Resize.fitLongerSide(image, 5)).isSameAs(image);
        assertThat(Resize.fitLongerSide(image, 100)).isSameAs(image);
    }

    @ParameterizedTest
    @CsvSource({"640, 480, 320, 320, 240", "480, 640, 320, 240, 320", "20000, 3, 1000, 1000, 1", "1000, 999, 10, 10, 10"
    })
    void fitsTheLongerSide(int width, int height, int longer, int fittedWidth, int fittedHeight) {
        assertThat(Resize.fitLongerSide(new ImageSize(width, height), longer))
                .isEqualTo(new ImageSize(fittedWidth, fittedHeight));
    }
}
