package io.tiepoint.synthetic.raster;

import java.util.Arrays;

/**
 * Adds up rows of pixels, each with a weight, in the order of the weights. Its loops index all arrays alike, so that the compiler
 * makes vectors of them.
 */
public final class WeightedSum {
    /** Room for a row of pixels for each weight, to be written to. */
    public final float[][] lines;

    private final float[] weights;
    private final int width;

    /** Adds up rows of some length. */
    public WeightedSum(float[] weights, int width) {
        this.weights = weights;
        this.width = width;
        lines = new float[weights.length][width];
    }

    /**
     * Adds up rows.
     *
     * @param rows a row for each weight
     * @param out written to from 0 on
     */
    public void of(float[][] rows, float[] out) {
        Arrays.fill(out, 0, width, 0f);
        int k = 0;
        for (; k + 2 < weights.length; k += 3) {
            three(rows, k, out);
        }
        for (; k < weights.length; k++) {
            float weight = weights[k];
            float[] row = rows[k];
            for (int i = 0; i < width; i++) {
                out[i] += weight * row[i];
            }
        }
    }

    private void three(float[][] rows, int k, float[] out) {
        float w0 = weights[k];
        float w1 = weights[k + 1];
        float w2 = weights[k + 2];
        float[] a = rows[k];
        float[] b = rows[k + 1];
        float[] c = rows[k + 2];
        for (int i = 0; i < width; i++) {
            out[i] = out[i] + w0 * a[i] + w1 * b[i] + w2 * c[i];
        }
    }
}
