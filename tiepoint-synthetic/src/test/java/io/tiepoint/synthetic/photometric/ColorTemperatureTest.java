package io.tiepoint.synthetic.photometric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tiepoint.core.image.ColorImage;
import io.tiepoint.core.image.PngEncoder;
import io.tiepoint.core.random.Draws;
import io.tiepoint.core.random.Seed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ColorTemperatureTest {
    /** Chromaticities of standard illuminants (CIE 15), and D65's where the white balance stays. */
    @ParameterizedTest
    @CsvSource({"2856, 0.44757, 0.40745", "2000, 0.5267, 0.4133", "4000, 0.3805, 0.3768", "10000, 0.2807, 0.2884"})
    void hasTheColourOfABlackBody(double kelvin, double x, double y) {
        double[] light = linear(x, y);
        double[] day = linear(0.3135, 0.3237); // of a black body at 6,504 K
        double luminance = 0;
        double[] weights = {0.2126, 0.7152, 0.0722};
        for (int c = 0; c < 3; c++) {
            light[c] = Math.max(light[c], 0) / day[c];
            luminance += weights[c] * light[c];
        }
        double[] gains = new ColorTemperature(kelvin).gains();
        for (int c = 0; c < 3; c++) {
            assertThat(gains[c]).isCloseTo(light[c] / luminance, within(0.02));
        }
    }

    private static double[] linear(double x, double y) {
        double[][] fromXyz = {
            {3.2404542, -1.5371385, -0.4985314}, {-0.9692660, 1.8760108, 0.0415560}, {0.0556434, -0.2040259, 1.0572252}
        };
        double[] xyz = {x / y, 1, (1 - x - y) / y};
        double[] rgb = new double[3];
        for (int c = 0; c < 3; c++) {
            for (int i = 0; i < 3; i++) {
                rgb[c] += fromXyz[c][i] * xyz[i];
            }
        }
        return rgb;
    }

    @Test
    void daylightIsTheLumaOfTheImage() {
        byte[] rgb = new byte[3 * 64 * 48];
        Draws draws = new Seed(1).draws();
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) draws.nextInt(256);
        }
        ColorImage image = ColorImage.wrap(64, 48, rgb);
        assertThat(ColorTemperature.DAYLIGHT.gray(image)).isEqualTo(PngEncoder.to8Bits(image.toGray()));
        assertThat(ColorTemperature.DAYLIGHT.isDaylight()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(doubles = {1667, 2500, 5000, 12_000, 25_000})
    void greyStaysGrey(double kelvin) {
        byte[] rgb = new byte[3 * 256];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) (i / 3);
        }
        byte[] gray = new ColorTemperature(kelvin).gray(ColorImage.wrap(256, 1, rgb));
        for (int i = 0; i < gray.length; i++) {
            assertThat(gray[i]).isEqualTo((byte) i);
        }
    }

    @Test
    void isDrawnAsOftenAsTheRecipeSays() {
        int others = 0;
        for (int i = 0; i < 1000; i++) {
            ColorTemperature light = Weather.MIXED.drawTemperature(new Seed(i).draws());
            assertThat(light.kelvin()).isBetween(2500.0, 12_000.0);
            others += light.isDaylight() ? 0 : 1;
        }
        assertThat(others).isBetween(250, 350);
        assertThat(Weather.NONE.drawTemperature(new Seed(1).draws()).isDaylight())
                .isTrue();
        assertThat(Weather.MIXED
                        .weakened(0)
                        .drawTemperature(new Seed(1).draws())
                        .kelvin())
                .isCloseTo(ColorTemperature.DAYLIGHT.kelvin(), within(1e-9));
    }

    @Test
    void refusesWhatNoLampIs() {
        assertThatThrownBy(() -> new ColorTemperature(500))
                .hasMessage("kelvin: expected in [1667.0, 25000.0], found 500.0");
        Weather mixed = Weather.MIXED;
        assertThatThrownBy(() -> new Weather(
                        Change.always(300, 8000),
                        mixed.spotlight(),
                        mixed.night(),
                        mixed.haze(),
                        mixed.rain(),
                        mixed.shotNoise(),
                        mixed.isoNoise()))
                .hasMessageContaining("temperature: expected in [1667.0, 25000.0] K, found 300.0 to 8000.0");
    }
}
