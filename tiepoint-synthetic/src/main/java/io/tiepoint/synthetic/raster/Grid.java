package io.tiepoint.synthetic.raster;

import io.tiepoint.core.image.ImageSize;

/**
 * A coarse image that stands for a smooth one: what varies slowly (a background, a shade) is made at a fraction of the resolution
 * and interpolated.
 */
public final class Grid {
    private final int columns;
    private final int rows;
    private final double cellPx;
    private final float[] values;

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
     * Interpolates one row of the image.
     *
     * @param row of the image, at its pixels' centres
     * @param out [W]; written to
     */
    public void interpolateRow(int row, float[] out) {
        double v = (row + 0.5) / cellPx;
        int top = Math.min((int) v, rows - 2);
        float down = (float) (v - top);
        float step = (float) (1 / cellPx);
        float u = 0.5f * step;
        int base = top * columns;
        int column = 0;
        for (int node = 0; node < columns - 1 && column < out.length; node++) {
            float left = values[base + node] + down * (values[base + columns + node] - values[base + node]);
            float right =
                    values[base + node + 1] + down * (values[base + columns + node + 1] - values[base + node + 1]);
            while (column < out.length && u < 1f) {
                out[column++] = left + u * (right - left);
                u += step;
            }
            u -= 1f;
        }
        while (column < out.length) {
            out[column++] = values[base + columns - 1];
        }
    }
}
