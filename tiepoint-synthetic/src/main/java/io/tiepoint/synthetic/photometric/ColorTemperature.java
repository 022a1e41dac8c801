package io.tiepoint.synthetic.photometric;

import io.tiepoint.core.check.Check;
import io.tiepoint.core.image.ColorImage;

/**
 * The colour of the light, from candles to a blue sky, as a camera sees it whose white balance stays at daylight. In grey it shows as
 * colours that become brighter or darker beside each other: at 2,500 K red things are lighter and blue ones darker. What is grey stays
 * as it is, since exposure follows.
 *
 * @param kelvin from 1,667 to 25,000
 */
public record ColorTemperature(double kelvin) {
    /** D65, which photographs are balanced for. */
    public static final ColorTemperature DAYLIGHT = new ColorTemperature(6504);

    static final double MIN = 1667;
    static final double MAX = 25_000;
    private static final float[] LUMA = {0.299f, 0.587f, 0.114f};
    private static final double GAMMA = 2.2;

    /** Checks the range, in which the approximation holds. */
    public ColorTemperature {
        Check.that(kelvin >= MIN && kelvin <= MAX, "kelvin: expected in [%s, %s], found %s", MIN, MAX, kelvin);
    }

    /** Whether it leaves photographs as they are. */
    public boolean isDaylight() {
        return equals(DAYLIGHT);
    }

    /**
     * Red, green and blue of this light in linear sRGB, those of daylight being 1 each and their luminance 1.
     *
     * @see <a href="https://en.wikipedia.org/wiki/Planckian_locus#Approximation">Kim et al. 2002, cubic splines of the locus</a>
     */
    double[] gains() {
        double[] light = linearRgb(kelvin);
        double[] daylight = linearRgb(DAYLIGHT.kelvin);
        double luminance = 0;
        double[] weights = {0.2126, 0.7152, 0.0722};
        for (int c = 0; c < 3; c++) {
            // The warmest lights lie outside sRGB: no less than no blue.
            light[c] = Math.max(light[c], 0) / daylight[c];
            luminance += weights[c] * light[c];
        }
        for (int c = 0; c < 3; c++) {
            light[c] /= luminance;
        }
        return light;
    }

    private static double[] linearRgb(double t) {
        double k = 1000 / t;
        double x = t <= 4000
                ? ((-0.2661239 * k - 0.2343589) * k + 0.8776956) * k + 0.179910
                : ((-3.0258469 * k + 2.1070379) * k + 0.2226347) * k + 0.240390;
        double y;
        if (t <= 2222) {
            y = ((-1.1063814 * x - 1.34811020) * x + 2.18555832) * x - 0.20219683;
        } else if (t <= 4000) {
            y = ((-0.9549476 * x - 1.37418593) * x + 2.09137015) * x - 0.16748867;
        } else {
            y = ((3.0817580 * x - 5.87338670) * x + 3.75112997) * x - 0.37001483;
        }
        double bigX = x / y;
        double bigZ = (1 - x - y) / y;
        return new double[] {
            3.2404542 * bigX - 1.5371385 - 0.4985314 * bigZ,
            -0.9692660 * bigX + 1.8760108 + 0.0415560 * bigZ,
            0.0556434 * bigX - 0.2040259 + 1.0572252 * bigZ
        };
    }

    /** A photograph in grey under this light: luma as {@link ColorImage#toGray} has it, 8 bits, [H W]. */
    public byte[] gray(ColorImage photo) {
        double[] gains = gains();
        float[] weights = new float[3];
        float whole = 0;
        for (int c = 0; c < 3; c++) {
            // The light falls on linear values, of which the stored ones are powers, nearly.
            weights[c] = LUMA[c] * (float) StrictMath.pow(gains[c], 1 / GAMMA);
            whole += weights[c];
        }
        float red = weights[0] / whole;
        float green = weights[1] / whole;
        float blue = weights[2] / whole;
        byte[] rgb = photo.rgb();
        byte[] gray = new byte[rgb.length / 3];
        for (int i = 0; i < gray.length; i++) {
            float luma = red * (rgb[3 * i] & 0xff) + green * (rgb[3 * i + 1] & 0xff) + blue * (rgb[3 * i + 2] & 0xff);
            gray[i] = (byte) (int) (luma + 0.5f);
        }
        return gray;
    }
}
