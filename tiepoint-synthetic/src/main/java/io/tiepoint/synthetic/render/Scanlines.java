package io.tiepoint.synthetic.render;

import java.util.Arrays;

/**
 * Which triangle is nearest at each of a grid of samples (a z-buffer). Samples lie at whole coordinates. A border that two
 * triangles share is computed in the same way for both, so that each sample on it belongs to exactly one.
 */
final class Scanlines {
    /** No triangle. */
    static final int NOTHING = -1;

    final int columns;
    final int rows;
    /** Larger is nearer, [rows columns]. */
    final float[] nearness;
    /** The nearest triangle, [rows columns]; empty if nobody asks. */
    final int[] triangles;

    /** Looks for the triangles that are nearer than 0. */
    Scanlines(int columns, int rows) {
        this.columns = columns;
        this.rows = rows;
        nearness = new float[columns * rows];
        triangles = new int[columns * rows];
        Arrays.fill(triangles, NOTHING);
    }

    /** Looks for the nearness alone, from a value on that everything exceeds. */
    Scanlines(int columns, int rows, float farthest) {
        this.columns = columns;
        this.rows = rows;
        nearness = new float[columns * rows];
        triangles = new int[0];
        Arrays.fill(nearness, farthest);
    }

    /**
     * Fills a triangle.
     *
     * @param p [3 2] its corners
     * @param plane its nearness at column x and row y is {@code plane[0] x + plane[1] y + plane[2]}
     */
    void fill(double[] p, double[] plane, int triangle) {
        if (isBetweenSamples(p[1], p[3], p[5], rows) || isBetweenSamples(p[0], p[2], p[4], columns)) {
            return;
        }
        int top = p[1] <= p[3] ? (p[1] <= p[5] ? 0 : 4) : (p[3] <= p[5] ? 2 : 4);
        int one = (top + 2) % 6;
        int two = (top + 4) % 6;
        int middle = p[one + 1] <= p[two + 1] ? one : two;
        int bottom = middle == one ? two : one;
        double x0 = p[top];
        double y0 = p[top + 1];
        double x1 = p[middle];
        double y1 = p[middle + 1];
        double y2 = p[bottom + 1];
        int first = Math.max(ceil(y0), 0);
        int end = Math.min(ceil(y2), rows);
        if (first >= end) {
            return;
        }
        double slope02 = (p[bottom] - x0) / (y2 - y0);
        double slope01 = (x1 - x0) / (y1 - y0);
        double slope12 = (p[bottom] - x1) / (y2 - y1);
        for (int row = first; row < end; row++) {
            double onLong = x0 + (row - y0) * slope02;
            double onShort = row < y1 ? x0 + (row - y0) * slope01 : x1 + (row - y1) * slope12;
            int from = Math.max(ceil(Math.min(onLong, onShort)), 0);
            int to = Math.min(ceil(Math.max(onLong, onShort)), columns);
            if (from < to) {
                double start = plane[1] * row + plane[2];
                if (triangles.length > 0) {
                    fillRow(row * columns + from, to - from, plane[0] * from + start, plane[0], triangle);
                } else {
                    raiseRow(row * columns + from, to - from, plane[0] * from + start, plane[0]);
                }
            }
        }
    }

    /** Whether no sample lies between the least and the most of three coordinates. */
    static boolean isBetweenSamples(double a, double b, double c, int samples) {
        double least = Math.min(Math.min(a, b), c);
        double most = Math.max(Math.max(a, b), c);
        return Math.max(ceil(least), 0) >= Math.min(ceil(most), samples);
    }

    private void fillRow(int from, int count, double start, double slope, int triangle) {
        float[] near = nearness;
        int[] ids = triangles;
        for (int i = 0; i < count; i++) {
            float value = (float) (start + slope * i);
            if (value > near[from + i]) {
                near[from + i] = value;
                ids[from + i] = triangle;
            }
        }
    }

    private void raiseRow(int from, int count, double start, double slope) {
        float[] near = nearness;
        for (int i = 0; i < count; i++) {
            near[from + i] = Math.max(near[from + i], (float) (start + slope * i));
        }
    }

    /** As {@link Math#ceil}; what is beyond the integers becomes their end. */
    private static int ceil(double value) {
        int down = (int) value;
        return value > down ? down + 1 : down;
    }
}
