package io.tiepoint.synthetic.photometric;

import io.tiepoint.core.random.Draws;

/**
 * What happens to each pixel by itself: gamma, contrast, brightness, noise. Pixels are looked at in blocks, in loops so plain that the
 * compiler makes vectors of them.
 */
final class Tone {
    private static final int BLOCK = GaussianNoise.BLOCK;
    /** Of the polynomial that stands for a power. */
    private static final int DEGREE = 6;

    /** Means that brightness does not go beyond. */
    private static final double DARKEST = 0.12;

    private static final double BRIGHTEST = 0.88;

    private final float[] pixels;
    private final float[] line = new float[BLOCK];
    /** Negative until it is known. */
    private double mean = -1;

    Tone(float[] pixels) {
        this.pixels = pixels;
    }

    /**
     * Raises every pixel to a power.
     *
     * @param gamma from 0.5 to 2 to a thousandth, and less exact beyond
     */
    void gamma(double gamma) {
        if (gamma == 1) {
            return;
        }
        float[] power = power(gamma);
        float[] sums = new float[BLOCK];
        for (int start = 0; start < pixels.length; start += BLOCK) {
            int count = Math.min(BLOCK, pixels.length - start);
            System.arraycopy(pixels, start, line, 0, count);
            raise(line, power, count);
            for (int i = 0; i < count; i++) {
                sums[i] += line[i];
            }
            System.arraycopy(line, 0, pixels, start, count);
        }
        mean = sum(sums) / pixels.length;
    }

    private static void raise(float[] line, float[] c, int count) {
        float c0 = c[0];
        float c1 = c[1];
        float c2 = c[2];
        float c3 = c[3];
        float c4 = c[4];
        float c5 = c[5];
        float c6 = c[6];
        for (int i = 0; i < count; i++) {
            float root = (float) Math.sqrt(Math.min(Math.max(line[i], 0f), 1f));
            line[i] = c0 + root * (c1 + root * (c2 + root * (c3 + root * (c4 + root * (c5 + root * c6)))));
        }
    }

    /**
     * The polynomial of the root that equals the power at Chebyshev's points of [0, 1]. Of the root, since a power below 1 is too
     * steep at 0 for any polynomial.
     */
    private static float[] power(double gamma) {
        double[] nodes = new double[DEGREE + 1];
        double[] differences = new double[DEGREE + 1];
        for (int i = 0; i <= DEGREE; i++) {
            nodes[i] = 0.5 - 0.5 * StrictMath.cos(Math.PI * i / DEGREE);
            differences[i] = i == 0 ? 0 : StrictMath.pow(nodes[i], 2 * gamma);
        }
        // Newton's divided differences, then his form multiplied out.
        for (int order = 1; order <= DEGREE; order++) {
            for (int i = DEGREE; i >= order; i--) {
                differences[i] = (differences[i] - differences[i - 1]) / (nodes[i] - nodes[i - order]);
            }
        }
        double[] coefficients = new double[DEGREE + 1];
        for (int i = DEGREE; i >= 0; i--) {
            for (int k = DEGREE; k >= 1; k--) {
                coefficients[k] = coefficients[k - 1] - nodes[i] * coefficients[k];
            }
            coefficients[0] = differences[i] - nodes[i] * coefficients[0];
        }
        float[] result = new float[DEGREE + 1];
        for (int i = 0; i <= DEGREE; i++) {
            result[i] = (float) coefficients[i];
        }
        return result;
    }

    /**
     * Changes contrast and brightness and adds noise.
     *
     * @param contrast factor about the mean
     * @param brightness what is added
     * @param sigma standard deviation of the noise; nothing is drawn if it is 0
     */
    void expose(double contrast, double brightness, float sigma, Draws draws) {
        boolean isChanged = contrast != 1 || brightness != 0;
        if (!isChanged && sigma <= 0) {
            return;
        }
        float offset = isChanged ? offset(contrast, brightness) : 0f;
        float factor = (float) contrast;
        float[] noise = new float[BLOCK];
        long[] longs = new long[BLOCK];
        for (int start = 0; start < pixels.length; start += BLOCK) {
            int count = Math.min(BLOCK, pixels.length - start);
            if (sigma > 0) {
                GaussianNoise.draw(noise, count, longs, draws);
            }
            System.arraycopy(pixels, start, line, 0, count);
            for (int i = 0; i < count; i++) {
                line[i] = line[i] * factor + offset + sigma * noise[i];
            }
            System.arraycopy(line, 0, pixels, start, count);
        }
    }

    private float offset(double contrast, double brightness) {
        if (mean < 0) {
            mean = sum(pixels) / pixels.length;
        }
        // No exposure is so wrong that nothing is left of the image.
        double exposed = Math.min(Math.max(mean + brightness, Math.min(mean, DARKEST)), Math.max(mean, BRIGHTEST));
        return (float) (exposed - contrast * mean);
    }

    /** Four sums side by side, since each addition waits for the one before. */
    private static double sum(float[] values) {
        double sum0 = 0;
        double sum1 = 0;
        double sum2 = 0;
        double sum3 = 0;
        int whole = values.length / 4 * 4;
        for (int i = 0; i < whole; i += 4) {
            sum0 += values[i];
            sum1 += values[i + 1];
            sum2 += values[i + 2];
            sum3 += values[i + 3];
        }
        for (int i = whole; i < values.length; i++) {
            sum0 += values[i];
        }
        return sum0 + sum1 + (sum2 + sum3);
    }
}
