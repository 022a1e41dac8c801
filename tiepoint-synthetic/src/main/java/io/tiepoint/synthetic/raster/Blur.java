package io.tiepoint.synthetic.raster;

import io.tiepoint.core.check.Check;
import java.util.Arrays;

/** Separable blurs in place; beyond the border the outermost pixels count on. */
public final class Blur {
    private Blur() {}

    /**
     * Blurs with a Gaussian.
     *
     * @param pixels [H W]; written to
     * @param sigmaPx standard deviation; 0 changes nothing
     */
    public static void gaussian(float[] pixels, int width, int height, double sigmaPx) {
        Check.that(sigmaPx >= 0, "sigmaPx: expected >= 0 px, found %s", sigmaPx);
        if (sigmaPx < 0.05) {
            return;
        }
        int radius = Math.max(1, (int) Math.ceil(2.5 * sigmaPx));
        float[] weights = new float[2 * radius + 1];
        double sum = 0;
        for (int i = -radius; i <= radius; i++) {
            sum += StrictMath.exp(-0.5 * i * i / (sigmaPx * sigmaPx));
        }
        for (int i = -radius; i <= radius; i++) {
            weights[i + radius] = (float) (StrictMath.exp(-0.5 * i * i / (sigmaPx * sigmaPx)) / sum);
        }
        separable(pixels, width, height, weights);
    }

    /** Blurs along the rows and, as soon as the rows below are there, along the columns: one way through the image. */
    private static void separable(float[] pixels, int width, int height, float[] weights) {
        int radius = weights.length / 2;
        float[] padded = new float[width + 2 * radius];
        float[][] ring = new float[weights.length][width];
        float[][] lines = new float[weights.length][];
        WeightedSum sum = new WeightedSum(weights, width);
        int ready = 0;
        for (int row = 0; row < height; row++) {
            for (; ready < height && ready <= row + radius; ready++) {
                int start = ready * width;
                System.arraycopy(pixels, start, padded, radius, width);
                Arrays.fill(padded, 0, radius, pixels[start]);
                Arrays.fill(padded, radius + width, padded.length, pixels[start + width - 1]);
                for (int k = 0; k < weights.length; k++) {
                    System.arraycopy(padded, k, sum.lines[k], 0, width);
                }
                sum.of(sum.lines, ring[ready % ring.length]);
            }
            for (int k = 0; k < lines.length; k++) {
                lines[k] = ring[Math.min(Math.max(row + k - radius, 0), height - 1) % ring.length];
            }
            sum.of(lines, padded);
            System.arraycopy(padded, 0, pixels, row * width, width);
        }
    }

    /**
     * Blurs with a box whose cost does not depend on its size.
     *
     * @param pixels [H W]; written to
     * @param radius the box is 2 radius + 1 px wide and high; 0 changes nothing
     */
    public static void box(float[] pixels, int width, int height, int radius) {
        Check.that(radius >= 0, "radius: expected >= 0 px, found %s", radius);
        if (radius == 0) {
            return;
        }
        float[] line = new float[width];
        for (int row = 0; row < height; row++) {
            System.arraycopy(pixels, row * width, line, 0, width);
            boxRow(line, pixels, row * width, radius);
        }
        boxColumns(pixels, width, height, radius);
    }

    private static void boxRow(float[] line, float[] out, int start, int radius) {
        int width = line.length;
        float scale = 1f / (2 * radius + 1);
        double sum = 0;
        for (int i = -radius; i <= radius; i++) {
            sum += line[Math.min(Math.max(i, 0), width - 1)];
        }
        for (int column = 0; column < width; column++) {
            out[start + column] = (float) sum * scale;
            sum += line[Math.min(column + radius + 1, width - 1)] - line[Math.max(column - radius, 0)];
        }
    }

    private static void boxColumns(float[] pixels, int width, int height, int radius) {
        float[] source = pixels.clone();
        float scale = 1f / (2 * radius + 1);
        double[] sums = new double[width];
        for (int i = -radius; i <= radius; i++) {
            int from = Math.min(Math.max(i, 0), height - 1) * width;
            for (int column = 0; column < width; column++) {
                sums[column] += source[from + column];
            }
        }
        for (int row = 0; row < height; row++) {
            int enter = Math.min(row + radius + 1, height - 1) * width;
            int leave = Math.max(row - radius, 0) * width;
            for (int column = 0; column < width; column++) {
                pixels[row * width + column] = (float) sums[column] * scale;
                sums[column] += source[enter + column] - source[leave + column];
            }
        }
    }
}
