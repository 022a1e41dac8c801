package io.tiepoint.synthetic.photometric;

import io.tiepoint.core.random.Draws;
import io.tiepoint.core.random.Seed;

/**
 * Adds Gaussian noise at the cost of a table look-up per pixel: the values of a fixed table of normal draws in random order.
 */
public final class GaussianNoise {
    private static final int BITS = 12;
    private static final int MASK = (1 << BITS) - 1;
    private static final float[] TABLE = table();

    private GaussianNoise() {}

    private static float[] table() {
        Draws draws = new Seed(0).child("gaussian noise table").draws();
        double[] values = new double[1 << BITS];
        double sum = 0;
        double squares = 0;
        // Each value and its negative, so that the mean is zero.
        for (int i = 0; i < values.length; i += 2) {
            values[i] = draws.nextGaussian();
            values[i + 1] = -values[i];
        }
        for (double value : values) {
            sum += value;
            squares += value * value;
        }
        double scale = 1 / Math.sqrt(squares / values.length);
        double mean = sum / values.length;
        float[] table = new float[values.length];
        for (int i = 0; i < table.length; i++) {
            table[i] = (float) ((values[i] - mean) * scale);
        }
        return table;
    }

    /**
     * Adds independent noise to every pixel.
     *
     * @param pixels written to
     * @param sigma standard deviation
     */
    public static void add(float[] pixels, float sigma, Draws draws) {
        int i = 0;
        int n = pixels.length;
        while (i < n) {
            long bits = draws.nextLong();
            int end = Math.min(i + 64 / BITS, n);
            while (i < end) {
                pixels[i++] += sigma * TABLE[(int) bits & MASK];
                bits >>>= BITS;
            }
        }
    }

    /**
     * Adds the noise of single photons: its variance grows with the brightness. A Gaussian stands for Poisson's distribution, as it
     * may from about ten photons on.
     *
     * @param pixels written to
     * @param sigma standard deviation where a pixel is 1
     */
    static void addShot(float[] pixels, float sigma, Draws draws) {
        int i = 0;
        int n = pixels.length;
        while (i < n) {
            long bits = draws.nextLong();
            int end = Math.min(i + 64 / BITS, n);
            while (i < end) {
                float root = (float) Math.sqrt(Math.max(pixels[i], 0f));
                pixels[i++] += sigma * root * TABLE[(int) bits & MASK];
                bits >>>= BITS;
            }
        }
    }
}
