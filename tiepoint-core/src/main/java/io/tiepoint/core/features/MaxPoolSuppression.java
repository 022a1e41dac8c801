package io.tiepoint.core.features;

import io.tiepoint.core.check.Check;

/**
 * Non-maximum suppression by max-pooling, as the SuperGlue, LightGlue and rpautrat repositories do it: a pixel stays that is the
 * largest of its window, and twice more one that is the largest of what no pixel has suppressed. Of equal neighbours all stay.
 * XFeat does without the second part.
 */
final class MaxPoolSuppression {
    /** How often SuperPoint's users look at what is left. */
    static final int RECOVERIES = 2;

    private MaxPoolSuppression() {}

    /**
     * Sets everything but the peaks to 0.
     *
     * @param scores [H W] row-major, 0 or more
     * @param radius half the window's side: a window has 2 radius + 1 pixels each way
     * @param recoveries how often the largest of what no pixel has suppressed stay too
     */
    static float[] suppress(float[] scores, int width, int radius, int recoveries) {
        Check.that(
                width > 0 && scores.length % width == 0,
                "scores: expected rows of %s, found %s values",
                width,
                scores.length);
        float[] pooled = maxPool(scores, width, radius);
        float[] peaks = new float[scores.length];
        for (int i = 0; i < scores.length; i++) {
            peaks[i] = scores[i] == pooled[i] ? 1 : 0;
        }
        float[] left = new float[scores.length];
        for (int recovery = 0; recovery < recoveries; recovery++) {
            float[] suppressed = maxPool(peaks, width, radius);
            for (int i = 0; i < scores.length; i++) {
                left[i] = suppressed[i] > 0 ? 0 : scores[i];
            }
            pooled = maxPool(left, width, radius);
            for (int i = 0; i < scores.length; i++) {
                if (suppressed[i] == 0 && left[i] == pooled[i]) {
                    peaks[i] = 1;
                }
            }
        }
        for (int i = 0; i < scores.length; i++) {
            left[i] = peaks[i] > 0 ? scores[i] : 0;
        }
        return left;
    }

    /** Largest of each window; what lies outside does not count. Rows first, then columns. */
    private static float[] maxPool(float[] values, int width, int radius) {
        int height = values.length / width;
        float[] rows = values.clone();
        for (int shift = 1; shift <= radius; shift++) {
            for (int row = 0; row < height; row++) {
                int start = row * width;
                int end = start + width - shift;
                for (int i = start; i < end; i++) {
                    rows[i] = Math.max(rows[i], values[i + shift]);
                }
                for (int i = start; i < end; i++) {
                    rows[i + shift] = Math.max(rows[i + shift], values[i]);
                }
            }
        }
        float[] all = rows.clone();
        for (int shift = 1; shift <= radius; shift++) {
            int offset = shift * width;
            for (int i = 0; i < all.length - offset; i++) {
                all[i] = Math.max(all[i], rows[i + offset]);
            }
            for (int i = 0; i < all.length - offset; i++) {
                all[i + offset] = Math.max(all[i + offset], rows[i]);
            }
        }
        return all;
    }
}
