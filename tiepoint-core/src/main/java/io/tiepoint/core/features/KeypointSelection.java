package io.tiepoint.core.features;

import io.tiepoint.core.check.Check;
import java.util.Arrays;

/**
 * Turns a detector's heatmap into keypoints: local maxima, border, threshold, the best by score. The detector shares a corner
 * between pixels out among the four around it; so a keypoint's score is the sum of the 3x3 probabilities around its maximum,
 * and its position, to the sub-pixel, their centre of mass.
 *
 * @param maxKeypoints at most so many
 * @param threshold smallest score of a keypoint
 * @param nmsRadiusPx a keypoint is the largest within this Chebyshev distance
 * @param borderPx no keypoint closer to the image's border
 */
public record KeypointSelection(int maxKeypoints, float threshold, int nmsRadiusPx, int borderPx) {
    /** 1024 keypoints, probability 0.005, radius and border 4 px (SuperGlue's published values). */
    public static final KeypointSelection DEFAULT = new KeypointSelection(1024, 0.005f, 4, 4);

    /** Checks the values. */
    public KeypointSelection {
        Check.that(maxKeypoints > 0, "maxKeypoints: expected > 0, found %s", maxKeypoints);
        Check.that(threshold >= 0 && threshold < 1, "threshold: expected in [0, 1), found %s", threshold);
        Check.that(nmsRadiusPx >= 0, "nmsRadiusPx: expected >= 0 px, found %s", nmsRadiusPx);
        Check.that(borderPx >= 0, "borderPx: expected >= 0 px, found %s", borderPx);
    }

    /** The same with another number of keypoints. */
    public KeypointSelection withMaxKeypoints(int count) {
        return new KeypointSelection(count, threshold, nmsRadiusPx, borderPx);
    }

    /**
     * Selects keypoints, best first; equal scores keep the order of reading (row by row).
     *
     * @param heatmap [H W] row-major; probability of a keypoint in each pixel
     * @param validWidth keypoints lie left of this column (the rest is padding)
     * @param validHeight keypoints lie above this row
     */
    public Keypoints select(float[] heatmap, int width, int validWidth, int validHeight) {
        Check.that(
                heatmap.length % width == 0 && validWidth <= width && validHeight <= heatmap.length / width,
                "heatmap: expected a multiple of width %s and valid %sx%s inside, found %s values",
                width,
                validWidth,
                validHeight,
                heatmap.length);
        // Any two pixels of such a block are within the radius, so that only its largest one can be a peak (Neubeck and
        // Van Gool, Efficient non-maximum suppression, 2006).
        int side = nmsRadiusPx + 1;
        long[] ranked = new long[256];
        int count = 0;
        for (int top = borderPx; top < validHeight - borderPx; top += side) {
            int bottom = Math.min(top + side, validHeight - borderPx);
            for (int left = borderPx; left < validWidth - borderPx; left += side) {
                int right = Math.min(left + side, validWidth - borderPx);
                int index = largest(heatmap, width, left, right, top, bottom);
                boolean canReach = nmsRadiusPx == 0 || 9 * heatmap[index] > threshold;
                if (canReach && isPeak(heatmap, width, validWidth, validHeight, index)) {
                    float score = mass(heatmap, width, validWidth, validHeight, index)[0];
                    if (score > threshold) {
                        if (count == ranked.length) {
                            ranked = Arrays.copyOf(ranked, 2 * count);
                        }
                        // Scores are positive, so their bits sort like their values; the low word keeps the order of
                        // reading.
                        ranked[count++] = ((long) ~Float.floatToRawIntBits(score) << 32) | (index & 0xffffffffL);
                    }
                }
            }
        }
        Arrays.sort(ranked, 0, count);
        float[] positions = new float[2 * Math.min(count, maxKeypoints)];
        float[] scores = new float[positions.length / 2];
        for (int i = 0; i < scores.length; i++) {
            float[] mass = mass(heatmap, width, validWidth, validHeight, (int) ranked[i]);
            scores[i] = mass[0];
            positions[2 * i] = mass[1];
            positions[2 * i + 1] = mass[2];
        }
        return Keypoints.of(positions, scores);
    }

    /** The largest pixel of a block; of equal ones the first in the order of reading. */
    private static int largest(float[] heatmap, int width, int left, int right, int top, int bottom) {
        int best = top * width + left;
        float value = heatmap[best];
        for (int row = top; row < bottom; row++) {
            for (int i = row * width + left; i < row * width + right; i++) {
                if (heatmap[i] > value) {
                    value = heatmap[i];
                    best = i;
                }
            }
        }
        return best;
    }

    /** Whether a pixel is the largest around; of equal ones the first in the order of reading is. */
    private boolean isPeak(float[] heatmap, int width, int validWidth, int validHeight, int index) {
        int column = index % width;
        int row = index / width;
        float value = heatmap[index];
        int left = Math.max(column - nmsRadiusPx, 0);
        int right = Math.min(column + nmsRadiusPx, validWidth - 1);
        int top = Math.max(row - nmsRadiusPx, 0);
        int bottom = Math.min(row + nmsRadiusPx, validHeight - 1);
        for (int r = row; r <= bottom; r++) {
            for (int i = r * width + left; i <= r * width + right; i++) {
                if (heatmap[i] > value) {
                    return false;
                }
            }
        }
        for (int r = top; r < row; r++) {
            for (int i = r * width + left; i <= r * width + right; i++) {
                if (heatmap[i] >= value) {
                    return false;
                }
            }
        }
        for (int i = row * width + left; i < row * width + column; i++) {
            if (heatmap[i] >= value) {
                return false;
            }
        }
        return true;
    }

    /** Sum of the probabilities around a pixel, and x and y of their centre of mass; px, corner frame. */
    private static float[] mass(float[] heatmap, int width, int validWidth, int validHeight, int index) {
        int column = index % width;
        int row = index / width;
        double sum = 0;
        double sumX = 0;
        double sumY = 0;
        for (int r = Math.max(row - 1, 0); r <= Math.min(row + 1, validHeight - 1); r++) {
            for (int c = Math.max(column - 1, 0); c <= Math.min(column + 1, validWidth - 1); c++) {
                double value = heatmap[r * width + c];
                sum += value;
                sumX += value * (c - column);
                sumY += value * (r - row);
            }
        }
        return new float[] {(float) sum, (float) (column + 0.5 + sumX / sum), (float) (row + 0.5 + sumY / sum)};
    }
}
