package io.tiepoint.synthetic.images;

import io.tiepoint.core.random.Draws;

/** Exposes an image as a camera does: few pixels are clipped, and the mean is neither dark nor bright. */
final class Exposure {
    private static final int BINS = 512;
    /** Brightest value that is told from brighter ones. */
    private static final float CEILING = 2f;

    private Exposure() {}

    static void apply(float[] pixels, double meanTone, Draws draws) {
        int[] histogram = new int[BINS];
        for (float pixel : pixels) {
            histogram[(int) (Math.min(Math.max(pixel, 0f), CEILING) * ((BINS - 1) / CEILING))]++;
        }
        float low = quantile(histogram, pixels.length, 0.005) * (float) draws.nextDouble(0.2, 1);
        float high = quantile(histogram, pixels.length, draws.nextDouble(0.985, 0.9995));
        float scale = 1f / Math.max(high - low, 0.05f);
        double sum = 0;
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = Math.min(Math.max((pixels[i] - low) * scale, 0f), 1f);
            sum += pixels[i];
        }
        double mean = Math.min(Math.max(sum / pixels.length, 0.02), 0.98);
        double gamma = StrictMath.log(meanTone) / StrictMath.log(mean);
        bend(pixels, Math.min(Math.max(gamma, 0.5), 1.8), (float) draws.nextDouble(0.65, 1), (float) meanTone);
    }

    private static float quantile(int[] histogram, int total, double share) {
        long left = (long) (share * total);
        int bin = 0;
        while (bin < BINS - 1 && left >= histogram[bin]) {
            left -= histogram[bin++];
        }
        return (bin + 0.5f) * CEILING / (BINS - 1);
    }

    /** Applies a gamma, then brings everything nearer to a tone. */
    private static void bend(float[] pixels, double gamma, float contrast, float tone) {
        float[] table = new float[BINS + 1];
        for (int i = 0; i < BINS; i++) {
            table[i] = tone + contrast * ((float) StrictMath.pow(i / (double) (BINS - 1), gamma) - tone);
        }
        table[BINS] = table[BINS - 1];
        for (int i = 0; i < pixels.length; i++) {
            float position = pixels[i] * (BINS - 1);
            int bin = (int) position;
            pixels[i] = table[bin] + (position - bin) * (table[bin + 1] - table[bin]);
        }
    }
}
