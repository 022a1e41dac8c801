package io.tiepoint.synthetic.photometric;

import io.tiepoint.core.random.Draws;
import io.tiepoint.core.random.Seed;

/**
 * Adds Gaussian noise at the cost of a table look-up per pixel: the values of a fixed table of normal draws in random order.
 */
public final class GaussianNoise {
    private static final int BITS = 12;
    private static final int MASK = (1 << BITS) - 1;
    private static final int PER_LONG = 64 / BITS;
    /** So many pixels are looked at together. */
    static final int BLOCK = 128 * PER_LONG;

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
        long[] longs = new long[BLOCK / PER_LONG];
        float[] noise = new float[BLOCK];
        float[] line = new float[BLOCK];
        for (int start = 0; start < pixels.length; start += BLOCK) {
            int count = Math.min(BLOCK, pixels.length - start);
            draw(noise, count, longs, draws);
            System.arraycopy(pixels, start, line, 0, count);
            for (int i = 0; i < count; i++) {
                line[i] += sigma * noise[i];
            }
            System.arraycopy(line, 0, pixels, start, count);
        }
    }

    /**
     * Draws independent noise of standard deviation 1. An image takes it block by block.
     *
     * @param noise of {@link #BLOCK} pixels; written to
     * @param longs of a fifth of that length; written to
     */
    static void draw(float[] noise, int count, long[] longs, Draws draws) {
        int whole = count / PER_LONG;
        draws.nextLongs(longs, (count + PER_LONG - 1) / PER_LONG);
        for (int k = 0; k < whole; k++) {
            int i = PER_LONG * k;
            long bits = longs[k];
            noise[i] = TABLE[(int) bits & MASK];
            noise[i + 1] = TABLE[(int) (bits >>> BITS) & MASK];
            noise[i + 2] = TABLE[(int) (bits >>> (2 * BITS)) & MASK];
            noise[i + 3] = TABLE[(int) (bits >>> (3 * BITS)) & MASK];
            noise[i + 4] = TABLE[(int) (bits >>> (4 * BITS)) & MASK];
        }
        for (int i = whole * PER_LONG, shift = 0; i < count; i++, shift += BITS) {
            noise[i] = TABLE[(int) (longs[whole] >>> shift) & MASK];
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
        long[] longs = new long[BLOCK / PER_LONG];
        float[] noise = new float[BLOCK];
        float[] line = new float[BLOCK];
        for (int start = 0; start < pixels.length; start += BLOCK) {
            int count = Math.min(BLOCK, pixels.length - start);
            draw(noise, count, longs, draws);
            System.arraycopy(pixels, start, line, 0, count);
            for (int i = 0; i < count; i++) {
                line[i] += (float) Math.sqrt(Math.max(line[i], 0f)) * (sigma * noise[i]);
            }
            System.arraycopy(line, 0, pixels, start, count);
        }
    }
}
