package io.tiepoint.core.features;

import java.util.Arrays;

/**
 * Non-maximum suppression as Magic Leap's SuperPoint demo does it: the best candidate suppresses all within a Chebyshev distance,
 * then the best of those that are left, and so on.
 */
final class GreedySuppression {
    private GreedySuppression() {}

    /**
     * The candidates that stay, best first; of equal scores the earlier candidate is the better one. Of several candidates on one
     * pixel the worst one stands for it, as in the demo.
     *
     * @param columns pixel of each candidate
     * @param rows likewise
     * @param scores of the candidates, 0 or more
     * @param width of the image, px
     * @param radius Chebyshev distance that is suppressed, px
     */
    static int[] keep(int[] columns, int[] rows, float[] scores, int width, int radius) {
        int height = 1 + Arrays.stream(rows).max().orElse(0);
        int[] order = bestFirst(scores);
        int[] candidateAt = new int[width * height];
        Arrays.fill(candidateAt, -1);
        for (int candidate : order) {
            candidateAt[rows[candidate] * width + columns[candidate]] = candidate;
        }
        boolean[] suppressed = new boolean[candidateAt.length];
        int[] kept = new int[order.length];
        int count = 0;
        for (int candidate : order) {
            int column = columns[candidate];
            int row = rows[candidate];
            int pixel = row * width + column;
            if (!suppressed[pixel]) {
                kept[count++] = candidateAt[pixel];
                int left = Math.max(column - radius, 0);
                int right = Math.min(column + radius, width - 1);
                for (int r = Math.max(row - radius, 0); r <= Math.min(row + radius, height - 1); r++) {
                    Arrays.fill(suppressed, r * width + left, r * width + right + 1, true);
                }
            }
        }
        float[] keptScores = new float[count];
        for (int i = 0; i < count; i++) {
            keptScores[i] = scores[kept[i]];
        }
        return Arrays.stream(bestFirst(keptScores)).map(i -> kept[i]).toArray();
    }

    /** Indices by falling score; equal scores keep their order. */
    static int[] bestFirst(float[] scores) {
        long[] ranked = new long[scores.length];
        for (int i = 0; i < scores.length; i++) {
            // Scores are not negative, so their bits sort like their values; the low word keeps the order.
            ranked[i] = ((long) ~Float.floatToRawIntBits(scores[i] + 0f) << 32) | i;
        }
        Arrays.sort(ranked);
        return Arrays.stream(ranked).mapToInt(rank -> (int) rank).toArray();
    }
}
