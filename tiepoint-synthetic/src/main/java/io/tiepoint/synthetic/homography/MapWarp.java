package io.tiepoint.synthetic.homography;

import io.tiepoint.core.geometry.PixelPoint;
import io.tiepoint.core.image.GrayImage;
import io.tiepoint.core.image.ImageSize;

/**
 * Warps images by any smooth map, as {@link Warp} does by a homography. The map is asked at every fourth pixel of every fourth row;
 * cubic polynomials between, which miss smooth maps by less than a thousandth of a pixel.
 */
public final class MapWarp {
    private static final int STEP = 4;
    /** Cubic Lagrange weights of four nodes at -1, 0, 1, 2 for the quarters between 0 and 1. */
    private static final double[][] WEIGHTS = weights();

    private static final float[][] NEAR_WEIGHTS = new float[STEP][4];
    /** Between its nodes a polynomial leaves their range by at most this share of it: the weights' sizes add up to 1.25. */
    private static final double OVERSHOOT = 0.125;

    static {
        for (int i = 0; i < 4 * STEP; i++) {
            NEAR_WEIGHTS[i / 4][i % 4] = (float) WEIGHTS[i / 4][i % 4];
        }
    }

    private final int columns;
    private final double[] u;
    private final double[] v;
    private final double[] lineU;
    private final double[] lineV;
    private final SpanSampler sampler;
    private final Span span = new Span();

    private MapWarp(WarpSource source, PixelMap sourceFromTarget, ImageSize size, GrayImage fill) {
        sampler = new SpanSampler(source, fill);
        columns = (size.width() + STEP - 1) / STEP + 4;
        int rows = (size.height() + STEP - 1) / STEP + 4;
        u = new double[columns * rows];
        v = new double[columns * rows];
        lineU = new double[columns];
        lineV = new double[columns];
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                PixelPoint point = sourceFromTarget.map((column - 1) * STEP + 0.5, (row - 1) * STEP + 0.5);
                u[row * columns + column] = point.x();
                v[row * columns + column] = point.y();
            }
        }
    }

    private static double[][] weights() {
        double[][] weights = new double[STEP][];
        for (int i = 0; i < STEP; i++) {
            double t = i / (double) STEP;
            weights[i] = new double[] {
                -t * (t - 1) * (t - 2) / 6,
                (t + 1) * (t - 1) * (t - 2) / 2,
                -(t + 1) * t * (t - 2) / 2,
                (t + 1) * t * (t - 1) / 6
            };
        }
        return weights;
    }

    /**
     * Warps an image; [H W].
     *
     * @param sourceFromTarget px in {@link io.tiepoint.core.geometry.PixelFrame#CORNER}
     * @param fill what is seen beside the source, tiled; any size
     */
    public static float[] pixels(WarpSource source, PixelMap sourceFromTarget, ImageSize size, GrayImage fill) {
        return new MapWarp(source, sourceFromTarget, size, fill).run(size);
    }

    private float[] run(ImageSize size) {
        float[] pixels = new float[size.width() * size.height()];
        for (int row = 0; row < size.height(); row++) {
            interpolateRows(u, row, lineU);
            interpolateRows(v, row, lineV);
            float levelHere = level(row, 0);
            for (int from = 0; from < size.width(); from += span.count) {
                float levelThere = place(row, from, Math.min(Span.LENGTH, size.width() - from), levelHere);
                sampler.sample(span, pixels, row * size.width() + from, levelHere, levelThere);
                levelHere = levelThere;
            }
        }
        return pixels;
    }

    private static void interpolateRows(double[] values, int row, double[] line) {
        double[] w = WEIGHTS[row % STEP];
        int columns = line.length;
        int start = (row / STEP) * columns;
        for (int i = 0; i < columns; i++) {
            line[i] = w[0] * values[start + i]
                    + w[1] * values[start + columns + i]
                    + w[2] * values[start + 2 * columns + i]
                    + w[3] * values[start + 3 * columns + i];
        }
    }

    private float level(int row, int column) {
        int node = column / STEP + 1;
        int here = (row / STEP + 1) * columns + node;
        int below = here + columns;
        double ux = lineU[node + 1] - lineU[node];
        double vx = lineV[node + 1] - lineV[node];
        double uy = u[below] - u[here];
        double vy = v[below] - v[here];
        return SpanSampler.level((ux * ux + uy * uy + vx * vx + vy * vy) / (2 * STEP * STEP));
    }

    /**
     * Says where in the source the next pixels of a row lie, from a node on; of as many as may be looked up as one.
     *
     * @return level of the pixel after them
     */
    private float place(int row, int from, int most, float levelHere) {
        int count = most;
        while (true) {
            float levelThere = level(row, from + count);
            span.begin(row, from, count);
            int first = span.column / STEP;
            int last = (span.column + span.count - 1) / STEP + 3;
            for (int node = first; node <= last; node++) {
                span.bound(lineU[node], lineV[node]);
            }
            span.widen(OVERSHOOT);
            if (count <= Span.SHORT || sampler.isUniform(span, levelHere, levelThere)) {
                span.originU = lineU[first + 1];
                span.originV = lineV[first + 1];
                interpolate(lineU, span.originU, span.du);
                interpolate(lineV, span.originV, span.dv);
                return levelThere;
            }
            count = Span.half(count);
        }
    }

    private void interpolate(double[] line, double origin, float[] out) {
        int node = span.column / STEP + 1;
        float a = (float) (line[node - 1] - origin);
        float b = (float) (line[node] - origin);
        float c = (float) (line[node + 1] - origin);
        for (int i = 0; i < span.count; i += STEP, node++) {
            float d = (float) (line[node + 2] - origin);
            for (int k = 0; k < STEP; k++) {
                float[] w = NEAR_WEIGHTS[k];
                out[i + k] = w[0] * a + w[1] * b + w[2] * c + w[3] * d;
            }
            a = b;
            b = c;
            c = d;
        }
    }
}
