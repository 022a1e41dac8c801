package io.tiepoint.synthetic.photometric;

import io.tiepoint.core.random.Draws;
import io.tiepoint.core.random.Seed;
import java.util.Arrays;

/**
 * Adds Gaussian noise at the cost of a table look-up per pixel: the values of a fixed table of normal draws in random order.
 */
public final class GaussianNoise {
    private static final int BITS = 12;
    private static final int MASK = (1 << BITS) - 1;
    private static final int PER_LONG = 64 / BITS;
    /** So many numbers are drawn at once. */
    private static final int BLOCK = 128;

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
        long[] longs = new long[BLOCK];
        for (int start = 0; start < pixels.length; start += PER_LONG * BLOCK) {
            int end = Math.min(start + PER_LONG * BLOCK, pixels.length);
            int whole = (end - start) / PER_LONG;
            draws.nextLongs(longs, (end - start + PER_LONG - 1) / PER_LONG);
            int i = start;
            for (int k = 0; k < whole; k++, i += PER_LONG) {
                long bits = longs[k];
                pixels[i] += sigma * TABLE[(int) bits & MASK];
                pixels[i + 1] += sigma * TABLE[(int) (bits >>> BITS) & MASK];
                pixels[i + 2] += sigma * TABLE[(int) (bits >>> (2 * BITS)) & MASK];
                pixels[i + 3] += sigma * TABLE[(int) (bits >>> (3 * BITS)) & MASK];
                pixels[i + 4] += sigma * TABLE[(int) (bits >>> (4 * BITS)) & MASK];
            }
            for (int shift = 0; i < end; i++, shift += BITS) {
                pixels[i] += sigma * TABLE[(int) (longs[whole] >>> shift) & MASK];
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
        float[] noise = new float[PER_LONG * BLOCK];
        for (int start = 0; start < pixels.length; start += PER_LONG * BLOCK) {
            int count = Math.min(PER_LONG * BLOCK, pixels.length - start);
            if (count < noise.length) {
                noise = new float[count];
            }
            Arrays.fill(noise, 0f);
            add(noise, sigma, draws);
            for (int i = 0; i < count; i++) {
                pixels[start + i] += (float) Math.sqrt(Math.max(pixels[start + i], 0f)) * noise[i];
            }
        }
    }
}
