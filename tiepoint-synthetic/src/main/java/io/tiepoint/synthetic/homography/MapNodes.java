package io.tiepoint.synthetic.homography;

import io.tiepoint.core.geometry.PixelPoint;
import io.tiepoint.core.image.ImageSize;
import org.jspecify.annotations.Nullable;

/**
 * A map at the nodes of a grid: every eighth pixel of every eighth row, or every fourth one where the map is so rough that this is less
 * work. Node ({@link #MARGIN}, {@link #MARGIN}) is the first pixel's centre. A cell lies right of a node and below it.
 */
final class MapNodes {
    private static final int COARSE = 8;
    private static final int FINE = 4;
    /**
     * Fourth difference from which on a cell is rough: the cubic polynomial through four nodes misses the one through five by 3/128 of
     * it; two fifths of a thousandth of a pixel along the rows, and as much along the columns.
     */
    private static final double ROUGH = 4e-4 * 128 / 3;

    /** Change of it from node to node from which on there is something between them that the nodes do not show, as in a thin plate. */
    private static final double KINK = ROUGH / 2;

    /** Rows and columns of nodes before the first pixel. */
    static final int MARGIN = 2;

    /** Pixels from node to node. */
    final int step;

    final int columns;
    /** Where the nodes lie in the source, px; [rows columns]. */
    final double[] u;
    /** Likewise. */
    final double[] v;
    /** Which cells' nodes lie on no cubic polynomials, so that the map has to be asked at each of their pixels; [rows columns]. */
    final boolean[] rough;

    private final int rows;
    private int roughCells;

    private MapNodes(PixelMap map, ImageSize size, int step, @Nullable MapNodes coarse) {
        this.step = step;
        columns = (size.width() + step - 1) / step + 2 * MARGIN + 1;
        rows = (size.height() + step - 1) / step + 2 * MARGIN + 1;
        u = new double[columns * rows];
        v = new double[columns * rows];
        rough = new boolean[columns * rows];
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                if (coarse != null && row % 2 == 0 && column % 2 == 0) {
                    int same = (row / 2 + MARGIN / 2) * coarse.columns + column / 2 + MARGIN / 2;
                    u[row * columns + column] = coarse.u[same];
                    v[row * columns + column] = coarse.v[same];
                    continue;
                }
                PixelPoint point = map.map((column - MARGIN) * step + 0.5, (row - MARGIN) * step + 0.5);
                u[row * columns + column] = point.x();
                v[row * columns + column] = point.y();
            }
        }
        boolean[] smoothAlong = smooth(1);
        boolean[] smoothDown = smooth(columns);
        for (int row = 1; row < rows - 2; row++) {
            for (int column = 1; column < columns - 2; column++) {
                int node = row * columns + column;
                rough[node] = !isNowhere(node) && !(isSmooth(smoothAlong, node) && isSmooth(smoothDown, node));
                roughCells += rough[node] ? 1 : 0;
            }
        }
    }

    /** Asks a map for its nodes. */
    static MapNodes of(PixelMap map, ImageSize size) {
        MapNodes coarse = new MapNodes(map, size, COARSE, null);
        int finer = coarse.u.length * (COARSE * COARSE) / (FINE * FINE);
        return coarse.roughCells * COARSE * COARSE < finer ? coarse : new MapNodes(map, size, FINE, coarse);
    }

    /** Whether the cell's corners are. */
    private boolean isNowhere(int node) {
        return Double.isNaN(u[node])
                && Double.isNaN(u[node + 1])
                && Double.isNaN(u[node + columns])
                && Double.isNaN(u[node + columns + 1]);
    }

    /** Whether the cell's corners are. */
    private boolean isSmooth(boolean[] smooth, int node) {
        return smooth[node] && smooth[node + 1] && smooth[node + columns] && smooth[node + columns + 1];
    }

    /** Which nodes lie with two to either side of them on a cubic polynomial, and likewise their neighbours. */
    private boolean[] smooth(int stride) {
        double[] roughU = fourthDifferences(u, stride);
        double[] roughV = fourthDifferences(v, stride);
        boolean[] smooth = new boolean[u.length];
        for (int node = columns; node < u.length - columns; node++) {
            smooth[node] = isSmooth(roughU, node, stride) && isSmooth(roughV, node, stride);
        }
        return smooth;
    }

    private static boolean isSmooth(double[] rough, int node, int stride) {
        return Math.abs(rough[node]) < ROUGH
                && Math.abs(rough[node] - rough[node - stride]) < KINK
                && Math.abs(rough[node] - rough[node + stride]) < KINK;
    }

    /** Of the outer nodes as of those next to them. */
    private double[] fourthDifferences(double[] values, int stride) {
        double[] differences = new double[values.length];
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                int node = Math.min(Math.max(row, 2), rows - 3) * columns + Math.min(Math.max(column, 2), columns - 3);
                differences[row * columns + column] = values[node - 2 * stride]
                        + values[node + 2 * stride]
                        - 4 * (values[node - stride] + values[node + stride])
                        + 6 * values[node];
            }
        }
        return differences;
    }
}
