package io.tiepoint.synthetic.raster;

import io.tiepoint.core.image.ImageSize;
import java.util.Arrays;

/**
 * A coarse image that stands for a smooth one: what varies slowly (a background, a shade) is made at a fraction of the resolution
 * and interpolated.
 */
public final class Grid {
    private final int columns;
    private final int rows;
    private final double cellPx;
    private final float[] values;
    /** First column of the image right of each node. */
    private final int[] starts;
    /** How far each column of the image lies from the node on its left to the next one. */
    private float[] fractions = {};
    /** Of each column: the node to the left above, what is added towards the one below it, and the same to the right. */
    private float[] upperLeft = {};

    private float[] fallLeft = {};
    private float[] upperRight = {};
    private float[] fallRight = {};
    /** Row of nodes above those of which these were taken; -1 for none. */
    private int band = -1;

    /**
     * Covers an image with square cells.
     *
     * @param cellPx side of a cell
     */
    public Grid(ImageSize size, double cellPx) {
        this.cellPx = cellPx;
        columns = (int) Math.ceil(size.width() / cellPx) + 1;
        rows = (int) Math.ceil(size.height() / cellPx) + 1;
        values = new float[columns * rows];
        starts = new int[columns];
    }

    /** Number of columns of nodes; node c lies at {@code c * cellPx}. */
    public int columns() {
        return columns;
    }

    /** Number of rows of nodes. */
    public int rows() {
        return rows;
    }

    /** Side of a cell, px. */
    public double cellPx() {
        return cellPx;
    }

    /** The values of the nodes, [rows columns], to be written to. */
    public float[] values() {
        return values;
    }

    /** Mean of the nodes. */
    public float mean() {
        double sum = 0;
        for (float value : values) {
            sum += value;
        }
        return (float) (sum / values.length);
    }

    /**
     * Interpolates one row of the image. From the first row on the values may not be written to any more.
     *
     * @param row of the image, at its pixels' centres
     * @param out [W]; written to
     */
    public void interpolateRow(int row, float[] out) {
        double v = (row + 0.5) / cellPx;
        int top = Math.min((int) v, rows - 2);
        float down = (float) (v - top);
        if (fractions.length != out.length) {
            place(out.length);
        }
        if (band != top) {
            spread(top);
        }
        int end = starts[columns - 1];
        for (int column = 0; column < end; column++) {
            float left = upperLeft[column] + down * fallLeft[column];
            float right = upperRight[column] + down * fallRight[column];
            out[column] = left + fractions[column] * (right - left);
        }
        Arrays.fill(out, end, out.length, values[top * columns + columns - 1]);
    }

    /** Finds out between which nodes each column of the image lies; the same for every row. */
    private void place(int width) {
        fractions = new float[width];
        upperLeft = new float[width];
        upperRight = new float[width];
        fallLeft = new float[width];
        fallRight = new float[width];
        band = -1;
        float step = (float) (1 / cellPx);
        float u = 0.5f * step;
        int column = 0;
        for (int node = 0; node < columns - 1; node++) {
            starts[node] = column;
            while (column < width && u < 1f) {
                fractions[column++] = u;
                u += step;
            }
            u -= 1f;
        }
        starts[columns - 1] = column;
    }

    /** Gives each column of the image its nodes; the same for all rows between two rows of nodes. */
    private void spread(int top) {
        band = top;
        int base = top * columns;
        for (int node = 0; node < columns - 1; node++) {
            float left = values[base + node];
            float right = values[base + node + 1];
            float downLeft = values[base + columns + node] - left;
            float downRight = values[base + columns + node + 1] - right;
            Arrays.fill(upperLeft, starts[node], starts[node + 1], left);
            Arrays.fill(upperRight, starts[node], starts[node + 1], right);
            Arrays.fill(fallLeft, starts[node], starts[node + 1], downLeft);
            Arrays.fill(fallRight, starts[node], starts[node + 1], downRight);
        }
    }
}
