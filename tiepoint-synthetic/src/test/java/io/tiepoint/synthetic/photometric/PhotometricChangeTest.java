package io.tiepoint.synthetic.photometric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tiepoint.core.image.GrayImage;
import io.tiepoint.core.random.Seed;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PhotometricChangeTest {
    private static final GrayImage IMAGE = image();

    static LongStream seeds() {
        return LongStream.range(0, 50);
    }

    private static GrayImage image() {
        float[] pixels = new float[75 * 53];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (i % 75 / 10 + i / 75 / 10) % 2 == 0 ? 0.2f : 0.75f;
        }
        return GrayImage.wrap(75, 53, pixels);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void staysBetweenBlackAndWhiteAndIsRepeatable(long seed) {
        for (PhotometricRecipe recipe : new PhotometricRecipe[] {
            PhotometricRecipe.SHAPES, PhotometricRecipe.MILD, PhotometricRecipe.MEDIUM, PhotometricRecipe.STRONG
        }) {
            GrayImage changed = PhotometricChange.apply(IMAGE, recipe, new Seed(seed).draws());
            assertThat(changed).isEqualTo(PhotometricChange.apply(IMAGE, recipe, new Seed(seed).draws()));
            assertThat(changed).isNotEqualTo(IMAGE);
            for (float pixel : changed.pixels()) {
                assertThat(pixel).isBetween(0f, 1f);
            }
        }
    }

    @Test
    void changesNothingWithoutChanges() {
        assertThat(PhotometricChange.apply(IMAGE, PhotometricRecipe.NONE, new Seed(1).draws()))
                .isEqualTo(IMAGE);
        assertThat(PhotometricChange.apply(IMAGE, PhotometricRecipe.STRONG.withDifficulty(0), new Seed(1).draws()))
                .isEqualTo(IMAGE);
    }

    @Test
    void addsNoiseOfTheStandardDeviationThatIsAskedFor() {
        float[] pixels = new float[100_000];
        GaussianNoise.add(pixels, 0.1f, new Seed(5).draws());
        double sum = 0;
        double squares = 0;
        for (float pixel : pixels) {
            sum += pixel;
            squares += pixel * pixel;
        }
        assertThat(sum / pixels.length).isCloseTo(0, within(2e-3));
        assertThat(Math.sqrt(squares / pixels.length)).isCloseTo(0.1, within(2e-3));
    }

    @Test
    void keepsAFlatImageFlatWhenItIsCompressed() {
        float[] pixels = new float[30 * 20];
        java.util.Arrays.fill(pixels, 0.4f);
        BlockCompression.apply(pixels, new io.tiepoint.core.image.ImageSize(30, 20), 50);
        for (float pixel : pixels) {
            assertThat(pixel).isCloseTo(0.4f, within(0.01f));
        }
    }

    @Test
    void roundsTheCosineTransformOfEachBlock() {
        // Straight from the definition, every step 1/255; a coefficient in the middle of two may be rounded either way.
        int width = 24;
        float[] pixels = new float[width * 16];
        GaussianNoise.add(pixels, 0.2f, new Seed(3).draws());
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] += 0.5f;
        }
        float[] compressed = pixels.clone();
        BlockCompression.apply(compressed, new io.tiepoint.core.image.ImageSize(width, 16), 100);
        for (int i = 0; i < pixels.length; i++) {
            int left = i % width / 8 * 8;
            int top = i / width / 8 * 8;
            double value = 0.5;
            for (int u = 0; u < 8; u++) {
                for (int v = 0; v < 8; v++) {
                    double coefficient = 0;
                    for (int k = 0; k < 64; k++) {
                        coefficient +=
                                (pixels[(top + k / 8) * width + left + k % 8] - 0.5) * wave(u, k % 8) * wave(v, k / 8);
                    }
                    value += Math.rint(coefficient * 255) / 255 * wave(u, i % width - left) * wave(v, i / width - top);
                }
            }
            assertThat((double) compressed[i]).isCloseTo(value, within(1e-2));
        }
    }

    private static double wave(int frequency, int position) {
        double scale = frequency == 0 ? Math.sqrt(0.125) : 0.5;
        return scale * Math.cos((2 * position + 1) * frequency * Math.PI / 16);
    }

    @Test
    void losesMoreAtALowerQuality() {
        assertThat(compressionError(20)).isGreaterThan(compressionError(90) * 1.5);
    }

    private static double compressionError(double quality) {
        float[] pixels = IMAGE.pixels().clone();
        GaussianNoise.add(pixels, 0.03f, new Seed(2).draws());
        float[] compressed = pixels.clone();
        BlockCompression.apply(compressed, IMAGE.size(), quality);
        double squares = 0;
        for (int i = 0; i < pixels.length; i++) {
            squares += Math.pow(pixels[i] - compressed[i], 2);
        }
        return squares;
    }

    @Test
    void movesNoEnergyInAMotionBlur() {
        float[] pixels = new float[40 * 40];
        pixels[20 * 40 + 20] = 1f;
        float[] blurred = MotionBlur.apply(pixels, new io.tiepoint.core.image.ImageSize(40, 40), 7, 0.6);
        double sum = 0;
        double x = 0;
        for (int i = 0; i < blurred.length; i++) {
            sum += blurred[i];
            x += blurred[i] * (i % 40);
        }
        assertThat(sum).isCloseTo(1, within(1e-5));
        assertThat(x).isCloseTo(20, within(0.05));
    }
}
