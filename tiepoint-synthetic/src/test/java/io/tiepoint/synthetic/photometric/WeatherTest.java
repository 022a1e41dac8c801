package io.tiepoint.synthetic.photometric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import io.tiepoint.core.image.GrayImage;
import io.tiepoint.core.image.ImageSize;
import io.tiepoint.core.random.Seed;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class WeatherTest {
    private static final ImageSize SIZE = new ImageSize(320, 240);

    private static float[] flat(float value) {
        float[] pixels = new float[SIZE.width() * SIZE.height()];
        Arrays.fill(pixels, value);
        return pixels;
    }

    private static double mean(float[] pixels) {
        double sum = 0;
        for (float pixel : pixels) {
            sum += pixel;
        }
        return sum / pixels.length;
    }

    private static double deviation(float[] pixels) {
        double mean = mean(pixels);
        double squares = 0;
        for (float pixel : pixels) {
            squares += (pixel - mean) * (pixel - mean);
        }
        return Math.sqrt(squares / pixels.length);
    }

    private static Weather only(int which, double amount) {
        Change[] changes = new Change[6];
        Arrays.fill(changes, Change.NEVER);
        changes[which] = Change.always(amount, amount);
        return new Weather(Change.NEVER, changes[0], changes[1], changes[2], changes[3], changes[4], changes[5]);
    }

    private static float[] scene(float value, int which, double amount) {
        float[] pixels = flat(value);
        WeatherChange.scene(pixels, SIZE, only(which, amount), new Seed(2).draws());
        return pixels;
    }

    private static float[] sensor(float value, int which, double amount) {
        float[] pixels = flat(value);
        WeatherChange.sensor(pixels, SIZE, only(which, amount), new Seed(2).draws());
        return pixels;
    }

    @Test
    void aLampMakesOnePlaceBrightAndTheOthersDark() {
        float[] lit = scene(0.5f, 0, 0.8);
        float[] sorted = lit.clone();
        Arrays.sort(sorted);
        assertThat(sorted[0]).isLessThan(0.25f);
        assertThat(sorted[sorted.length - 1]).isGreaterThan(0.6f);
    }

    @Test
    void nightIsDarkAndHazeBrightAndFlat() {
        assertThat(mean(scene(0.5f, 1, 1))).isLessThan(0.2);
        float[] checks = flat(0f);
        for (int i = 0; i < checks.length; i += 2) {
            checks[i] = 0.4f;
        }
        double before = deviation(checks);
        WeatherChange.scene(checks, SIZE, only(2, 0.8), new Seed(2).draws());
        assertThat(mean(checks)).isGreaterThan(0.3);
        assertThat(deviation(checks)).isLessThan(0.85 * before);
    }

    @Test
    void rainIsBrightStreaksOnAFewPixels() {
        float[] wet = scene(0.2f, 3, 1);
        int changed = 0;
        for (float pixel : wet) {
            changed += pixel > 0.21f ? 1 : 0;
            assertThat(pixel).isBetween(0.2f, 0.95f);
        }
        assertThat(changed).isBetween(wet.length / 500, wet.length / 10);
    }

    @Test
    void shotNoiseGrowsWithTheRootOfTheBrightness() {
        assertThat(deviation(sensor(0.25f, 4, 0.08))).isEqualTo(0.04, offset(0.001));
        assertThat(deviation(sensor(0.01f, 4, 0.08))).isEqualTo(0.008, offset(0.0002));
        assertThat(deviation(sensor(0f, 4, 0.08))).isZero();
        assertThat(mean(sensor(0.25f, 4, 0.08))).isEqualTo(0.25, offset(0.001));
    }

    @Test
    void isoNoiseHangsTogether() {
        float[] noisy = sensor(0.5f, 5, 0.05);
        double together = 0;
        for (int i = 1; i < noisy.length; i++) {
            together += (noisy[i] - 0.5) * (noisy[i - 1] - 0.5);
        }
        double variance = deviation(noisy) * deviation(noisy);
        assertThat(deviation(noisy)).isBetween(0.025, 0.06);
        assertThat(together / noisy.length / variance).isBetween(0.15, 0.8);
    }

    @Test
    void staysInRangeAndVanishesWithTheDifficulty() {
        GrayImage image = GrayImage.wrap(SIZE.width(), SIZE.height(), scene(0.4f, 0, 0.5));
        for (int seed = 0; seed < 50; seed++) {
            GrayImage changed = PhotometricChange.apply(image, PhotometricRecipe.WEATHER, new Seed(seed).draws());
            for (float pixel : changed.pixels()) {
                assertThat(pixel >= 0 && pixel <= 1).isTrue();
            }
            assertThat(changed)
                    .isEqualTo(PhotometricChange.apply(image, PhotometricRecipe.WEATHER, new Seed(seed).draws()));
        }
        assertThat(PhotometricChange.apply(image, PhotometricRecipe.WEATHER.withDifficulty(0), new Seed(1).draws()))
                .isEqualTo(image);
        assertThatThrownBy(() -> only(2, 1.5)).hasMessage("haze: expected in [0, 1], found 1.5");
    }
}
