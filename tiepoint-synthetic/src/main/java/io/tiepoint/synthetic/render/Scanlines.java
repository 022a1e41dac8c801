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
    /** The nearest triangle, [rows columns]. */
    final int[] triangles;

    Scanlines(int columns, int rows) {
        this.columns = columns;
        this.rows = rows;
        nearness = new float[columns * rows];
        triangles = new int[columns * rows];
        Arrays.fill(triangles, NOTHING);
    }

    /** Starts with a nearness that everything exceeds. */
    void clear(float farthest) {
        Arrays.fill(nearness, farthest);
    }

    /**
     * Fills a triangle.
     *
     * @param p [3 2] its corners
     * @param plane its nearness at column x and row y is {@code plane[0] x + plane[1] y + plane[2]}
     */
    void fill(double[] p, double[] plane, int triangle) {
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
                fillRow(row * columns, from, to, plane, plane[1] * row + plane[2], triangle);
            }
        }
    }

    private void fillRow(int base, int from, int to, double[] plane, double start, int triangle) {
        double slope = plane[0];
        float[] near = nearness;
        int[] ids = triangles;
        for (int column = from; column < to; column++) {
            float value = (float) (slope * column + start);
            int i = base + column;
            if (value > near[i]) {
                near[i] = value;
                ids[i] = triangle;
            }
        }
    }

    /** As {@link Math#ceil}; what is beyond the integers becomes their end. */
    private static int ceil(double value) {
        int down = (int) value;
        return value > down ? down + 1 : down;
    }
}
