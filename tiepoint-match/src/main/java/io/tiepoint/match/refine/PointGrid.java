package io.tiepoint.match.refine;

import java.util.Arrays;

/** Points of a view in square cells, to find the ones around a place. */
final class PointGrid {
    private static final double MIN_CELL_PX = 4;

    private final double[] x;
    private final double[] y;
    private final int[] cellStart;
    private final int[] inCells;
    private final double cellPx;
    private final int columns;
    private final int rows;

    /**
     * Sorts points into cells.
     *
     * @param x px, [0, width]
     * @param y px, [0, height]
     * @param used which of the points take part
     * @param width of the view, px
     * @param height of the view, px
     * @param wanted number of neighbours that will be asked for; three by three cells hold as many on average
     */
    PointGrid(double[] x, double[] y, boolean[] used, double width, double height, int wanted) {
        this.x = x;
        this.y = y;
        int count = 0;
        for (boolean one : used) {
            count += one ? 1 : 0;
        }
        cellPx = Math.max(Math.sqrt(width * height * wanted / 9 / Math.max(count, 1)), MIN_CELL_PX);
        columns = (int) (width / cellPx) + 1;
        rows = (int) (height / cellPx) + 1;
        cellStart = new int[columns * rows + 1];
        for (int i = 0; i < used.length; i++) {
            if (used[i]) {
                cellStart[cell(i) + 1]++;
            }
        }
        for (int c = 0; c < columns * rows; c++) {
            cellStart[c + 1] += cellStart[c];
        }
        inCells = new int[count];
        int[] next = cellStart.clone();
        for (int i = 0; i < used.length; i++) {
            if (used[i]) {
                inCells[next[cell(i)]++] = i;
            }
        }
    }

    private int cell(int i) {
        return row(y[i]) * columns + column(x[i]);
    }

    private int column(double px) {
        return Math.min(Math.max((int) (px / cellPx), 0), columns - 1);
    }

    private int row(double px) {
        return Math.min(Math.max((int) (px / cellPx), 0), rows - 1);
    }

    /** Up to so many points, nearest first, without one of them; nearly: a far one may lie just outside of the searched cells. */
    int[] nearest(double atX, double atY, int wanted, int without) {
        int reach = 1;
        long[] ranked = inBlock(atX, atY, reach, without);
        while (ranked.length < wanted && reach < Math.max(columns, rows)) {
            reach++;
            ranked = inBlock(atX, atY, reach, without);
        }
        Arrays.sort(ranked);
        int[] near = new int[Math.min(ranked.length, wanted)];
        for (int j = 0; j < near.length; j++) {
            near[j] = (int) ranked[j];
        }
        return near;
    }

    /** Squared distance in the high word, so that they sort by it, and index of each point of the block of cells. */
    private long[] inBlock(double atX, double atY, int reach, int without) {
        int column = column(atX);
        int row = row(atY);
        int left = Math.max(column - reach, 0);
        int right = Math.min(column + reach, columns - 1);
        long[] found = new long[32];
        int count = 0;
        for (int r = Math.max(row - reach, 0); r <= Math.min(row + reach, rows - 1); r++) {
            for (int at = cellStart[r * columns + left]; at < cellStart[r * columns + right + 1]; at++) {
                int j = inCells[at];
                if (j != without) {
                    float dx = (float) (x[j] - atX);
                    float dy = (float) (y[j] - atY);
                    if (count == found.length) {
                        found = Arrays.copyOf(found, 2 * count);
                    }
                    found[count++] = ((long) Float.floatToRawIntBits(dx * dx + dy * dy) << 32) | j;
                }
            }
        }
        return Arrays.copyOf(found, count);
    }
}
