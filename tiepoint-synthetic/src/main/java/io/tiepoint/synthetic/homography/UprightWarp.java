package io.tiepoint.synthetic.homography;

import io.tiepoint.core.image.ImageSize;

/**
 * Warps that only move and scale and stay inside the source, as crops do: each row of the source is scaled along itself once, and two of
 * the scaled rows are blended as a whole.
 */
final class UprightWarp {
    /** A map that bends or turns by less over the whole target, px of the source, does not. */
    private static final double NOTHING_PX = 1e-6;

    private final WarpSource source;
    private final double scaleX;
    private final double scaleY;
    private final double left;
    private final double top;

    /** Sees {@code m}, the map from the target to the source, [3 3]. */
    UprightWarp(WarpSource source, double[] m) {
        this.source = source;
        scaleX = m[0] / m[8];
        scaleY = m[4] / m[8];
        left = m[2] / m[8];
        top = m[5] / m[8];
    }

    /** Whether a map from a target to a source, [3 3], is such a one. */
    static boolean isUpright(double[] m, ImageSize target, ImageSize source) {
        int reach = Math.max(target.width(), target.height());
        int extent = Math.max(source.width(), source.height());
        boolean isStraight = Math.abs(m[1]) * reach < NOTHING_PX * m[8]
                && Math.abs(m[3]) * reach < NOTHING_PX * m[8]
                && Math.abs(m[6]) * reach * extent < NOTHING_PX * m[8]
                && Math.abs(m[7]) * reach * extent < NOTHING_PX * m[8];
        return isStraight
                && m[0] > 0
                && m[4] > 0
                && m[2] > -NOTHING_PX * m[8]
                && m[5] > -NOTHING_PX * m[8]
                && m[0] * target.width() + m[2] < (source.width() + NOTHING_PX) * m[8]
                && m[4] * target.height() + m[5] < (source.height() + NOTHING_PX) * m[8]
                && Math.min(source.width(), source.height()) > 1;
    }

    /**
     * Looks up all of the target.
     *
     * @param level see {@link SpanSampler#level}
     * @param pixels [H W]; written to
     */
    void run(ImageSize size, float level, float[] pixels) {
        int lower = (int) level;
        float share = SpanSampler.share(level - lower);
        Texels sharp = source.level(share == 1f ? lower + 1 : lower);
        add(sharp, size, share == 1f ? 1f : 1f - share, pixels);
        if (share > 0f && share < 1f) {
            add(source.level(lower + 1), size, share, pixels);
        }
    }

    private void add(Texels texels, ImageSize size, float share, float[] pixels) {
        int[] columns = new int[size.width()];
        float[] fx = new float[size.width()];
        for (int x = 0; x < columns.length; x++) {
            double u = inside((left + scaleX * (x + 0.5)) * texels.scaleX - 0.5, texels.width);
            columns[x] = Math.min((int) u, texels.width - 2);
            fx[x] = (float) (u - columns[x]);
        }
        int from = columns[0];
        float[] line = new float[columns[columns.length - 1] + 2 - from];
        float[][] scaled = new float[2][columns.length];
        int[] held = {-1, -1};
        float[] sum = new float[columns.length];
        for (int y = 0; y < size.height(); y++) {
            double v = inside((top + scaleY * (y + 0.5)) * texels.scaleY - 0.5, texels.height);
            int row = Math.min((int) v, texels.height - 2);
            float fy = (float) (v - row);
            for (int k = row; k <= row + 1; k++) {
                if (held[k % 2] != k) {
                    texels.row(k, from, from + line.length, line);
                    scale(line, columns, fx, scaled[k % 2]);
                    held[k % 2] = k;
                }
            }
            System.arraycopy(pixels, y * sum.length, sum, 0, sum.length);
            blend(scaled[row % 2], scaled[(row + 1) % 2], fy, share, sum);
            System.arraycopy(sum, 0, pixels, y * sum.length, sum.length);
        }
    }

    private static void scale(float[] line, int[] columns, float[] fx, float[] scaled) {
        int from = columns[0];
        for (int x = 0; x < scaled.length; x++) {
            int i = columns[x] - from;
            scaled[x] = line[i] + fx[x] * (line[i + 1] - line[i]);
        }
    }

    private static double inside(double position, int length) {
        return Math.min(Math.max(position, 0), length - 1);
    }

    private static void blend(float[] upper, float[] lower, float fy, float share, float[] sum) {
        for (int x = 0; x < sum.length; x++) {
            sum[x] += share * (upper[x] + fy * (lower[x] - upper[x]));
        }
    }
}
