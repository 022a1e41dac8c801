package io.tiepoint.synthetic.homography;

import io.tiepoint.core.geometry.PixelPoint;
import io.tiepoint.core.image.GrayImage;
import io.tiepoint.core.image.ImageSize;
import java.util.Arrays;

/**
 * Warps images by any map, as {@link Warp} does by a homography. The map is asked at {@link MapNodes}; between these there are cubic
 * polynomials where the map is so smooth that they miss it by less than a thousandth of a pixel, and elsewhere it is asked at every
 * pixel.
 */
public final class MapWarp {
    /** Between its nodes a polynomial leaves their range by at most this share of it: the weights' sizes add up to 1.25. */
    private static final double OVERSHOOT = 0.125;

    private final PixelMap map;
    private final MapNodes nodes;
    private final int step;
    /** Of each pixel of a row: its four nodes. */
    private final float[][] near;
    /** Likewise their weights. */
    private final float[][] weights;
    /** Where the pixels of a row lie, from its origin. */
    private final float[] rowU;

    private final float[] rowV;
    private double rowOriginU;
    private double rowOriginV;
    private final double[] lineU;
    private final double[] lineV;
    private final SpanSampler sampler;
    private final Span span = new Span();

    private MapWarp(WarpSource source, PixelMap sourceFromTarget, ImageSize size, GrayImage fill) {
        sampler = new SpanSampler(source, fill);
        map = sourceFromTarget;
        nodes = MapNodes.of(map, size);
        step = nodes.step;
        lineU = new double[nodes.columns];
        lineV = new double[nodes.columns];
        // Whole cells.
        int width = (size.width() + step - 1) / step * step;
        near = new float[4][width + 3 * step];
        weights = new float[4][width];
        rowU = new float[width];
        rowV = new float[width];
        for (int i = 0; i < width; i++) {
            double[] w = lagrange(i % step / (double) step);
            for (int k = 0; k < 4; k++) {
                weights[k][i] = (float) w[k];
            }
        }
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
            interpolateRows(nodes.u, row, lineU);
            interpolateRows(nodes.v, row, lineV);
            rowOriginU = origin(lineU);
            rowOriginV = origin(lineV);
            interpolate(lineU, rowOriginU, rowU);
            interpolate(lineV, rowOriginV, rowV);
            float levelHere = level(row, 0);
            for (int from = 0; from < size.width(); from += span.count) {
                float levelThere = place(row, from, Math.min(Span.LENGTH, size.width() - from), levelHere);
                sampler.sample(span, pixels, row * size.width() + from, levelHere, levelThere);
                levelHere = levelThere;
            }
        }
        return pixels;
    }

    /** Of the four nodes at -1, 0, 1, 2 steps for a place between 0 and 1. */
    private static double[] lagrange(double t) {
        return new double[] {
            -t * (t - 1) * (t - 2) / 6,
            (t + 1) * (t - 1) * (t - 2) / 2,
            -(t + 1) * t * (t - 2) / 2,
            (t + 1) * t * (t - 1) / 6
        };
    }

    private void interpolateRows(double[] values, int row, double[] line) {
        double[] w = lagrange(row % step / (double) step);
        double w0 = w[0];
        double w1 = w[1];
        double w2 = w[2];
        double w3 = w[3];
        int columns = line.length;
        int start = (row / step + MapNodes.MARGIN - 1) * columns;
        for (int i = 0; i < columns; i++) {
            line[i] = w0 * values[start + i]
                    + w1 * values[start + columns + i]
                    + w2 * values[start + 2 * columns + i]
                    + w3 * values[start + 3 * columns + i];
        }
    }

    private float level(int row, int column) {
        int node = column / step + MapNodes.MARGIN;
        int here = (row / step + MapNodes.MARGIN) * nodes.columns + node;
        int below = here + nodes.columns;
        double ux = lineU[node + 1] - lineU[node];
        double vx = lineV[node + 1] - lineV[node];
        double uy = nodes.u[below] - nodes.u[here];
        double vy = nodes.v[below] - nodes.v[here];
        return SpanSampler.level((ux * ux + uy * uy + vx * vx + vy * vy) / (2 * step * step));
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
            int first = from / step;
            int last = (from + count - 1) / step;
            boolean isRough = false;
            for (int cell = first; cell <= last; cell++) {
                isRough |= isRough(cell);
            }
            bound(first + MapNodes.MARGIN - 1, last + MapNodes.MARGIN + 2);
            if (count <= Span.SHORT || sampler.isUniform(span, levelHere, levelThere)) {
                span.originU = rowOriginU + move(rowU, from, count, span.du);
                span.originV = rowOriginV + move(rowV, from, count, span.dv);
                if (isRough) {
                    ask(first, last);
                }
                return levelThere;
            }
            count = Span.half(count);
        }
    }

    /** The first node that is somewhere. */
    private static double origin(double[] line) {
        for (double node : line) {
            if (!Double.isNaN(node)) {
                return node;
            }
        }
        return 0;
    }

    /** Copies places of a row, relative to the first of them, which is returned; or to the row's origin where that is nowhere. */
    private static float move(float[] row, int from, int count, float[] out) {
        float first = Float.isNaN(row[from]) ? 0f : row[from];
        System.arraycopy(row, from, out, 0, count);
        for (int i = 0; i < count; i++) {
            out[i] -= first;
        }
        return first;
    }

    /** Asks the map itself where the pixels of rough cells lie. */
    private void ask(int first, int last) {
        for (int cell = first; cell <= last; cell++) {
            int end = Math.min((cell + 1) * step - span.column, span.count);
            for (int i = cell * step - span.column; i < end && isRough(cell); i++) {
                PixelPoint point = map.map(span.column + i + 0.5, span.row + 0.5);
                span.du[i] = (float) (point.x() - span.originU);
                span.dv[i] = (float) (point.y() - span.originV);
                span.bound(point.x(), point.y());
            }
        }
    }

    private boolean isRough(int cell) {
        return nodes.rough[(span.row / step + MapNodes.MARGIN) * nodes.columns + cell + MapNodes.MARGIN];
    }

    private void bound(int firstNode, int lastNode) {
        double left = Double.POSITIVE_INFINITY;
        double top = Double.POSITIVE_INFINITY;
        double right = Double.NEGATIVE_INFINITY;
        double bottom = Double.NEGATIVE_INFINITY;
        for (int node = firstNode; node <= lastNode; node++) {
            double x = lineU[node];
            double y = lineV[node];
            if (Double.isNaN(x)) {
                span.boundless();
                return;
            }
            left = x < left ? x : left;
            right = x > right ? x : right;
            top = y < top ? y : top;
            bottom = y > bottom ? y : bottom;
        }
        span.bound(left, top);
        span.bound(right, bottom);
        span.widen(OVERSHOOT);
    }

    /** Cubic Lagrange interpolation: each pixel's four nodes lie side by side in four rows, so that this becomes vectors. */
    private void interpolate(double[] line, double origin, float[] out) {
        float[] first = near[0];
        for (int node = MapNodes.MARGIN - 1, i = 0; i < first.length; node++) {
            float value = (float) (line[node] - origin);
            for (int fours = 0; fours < step; fours += 4, i += 4) {
                first[i] = value;
                first[i + 1] = value;
                first[i + 2] = value;
                first[i + 3] = value;
            }
        }
        Arrays.fill(out, 0f);
        for (int k = 0; k < 4; k++) {
            if (k > 0) {
                System.arraycopy(first, k * step, near[k], 0, out.length);
            }
            add(near[k], weights[k], out);
        }
    }

    /** One after the other: of more arrays at a time the compiler makes no vectors. */
    private static void add(float[] values, float[] weights, float[] out) {
        for (int i = 0; i < out.length; i++) {
            out[i] += weights[i] * values[i];
        }
    }
}
