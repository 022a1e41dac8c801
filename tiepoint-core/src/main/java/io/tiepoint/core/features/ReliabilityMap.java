package io.tiepoint.core.features;

import io.tiepoint.core.check.Check;
import io.tiepoint.core.image.ImageSize;

/**
 * How reliable descriptors are, on a coarse grid, [H/S W/S] float32 in [0, 1], as XFeat gives it: the probability that a keypoint
 * there can be matched.
 *
 * @see <a href="https://arxiv.org/abs/2404.19174">Potje et al., XFeat, 2024, section 3.2</a>
 */
public final class ReliabilityMap {
    private static final DescriptorSampling SAMPLING = DescriptorSampling.EDGE_TO_EDGE;

    private final int rows;
    private final int columns;
    private final int stride;
    private final float[] cells;

    /**
     * Takes a map over.
     *
     * @param values [rows columns] row-major
     * @param stride S, px of the image for each cell
     */
    public ReliabilityMap(float[] values, int rows, int columns, int stride) {
        Check.that(
                values.length == rows * columns,
                "reliability map: expected shape [%s %s], found %s values",
                rows,
                columns,
                values.length);
        this.rows = rows;
        this.columns = columns;
        this.stride = stride;
        this.cells = values;
    }

    /** Size of the image that it belongs to. */
    ImageSize imageSize() {
        return new ImageSize(columns * stride, rows * stride);
    }

    /**
     * The same keypoints, whole pixels, with their scores times their reliabilities. The published program reads the heatmap at
     * positions that are stretched from edge to edge too, and finds nothing there for the last column and row.
     */
    Keypoints weigh(Keypoints keypoints) {
        ImageSize size = imageSize();
        float[] scores = keypoints.scores();
        for (int k = 0; k < scores.length; k++) {
            boolean isLast = keypoints.x(k) > size.width() - 1 || keypoints.y(k) > size.height() - 1;
            double u = SAMPLING.cell(keypoints.x(k), stride, columns, size.width());
            double v = SAMPLING.cell(keypoints.y(k), stride, rows, size.height());
            scores[k] = isLast ? 0 : scores[k] * interpolated(u, v);
        }
        return Keypoints.of(keypoints.positions(), scores);
    }

    /** Bilinear; beyond the centres of the outer cells it falls to 0 within a cell. */
    private float interpolated(double u, double v) {
        int column = (int) Math.floor(u);
        int row = (int) Math.floor(v);
        float fx = (float) (u - column);
        float fy = (float) (v - row);
        return (cell(column, row) * (1 - fx) + cell(column + 1, row) * fx) * (1 - fy)
                + (cell(column, row + 1) * (1 - fx) + cell(column + 1, row + 1) * fx) * fy;
    }

    private float cell(int column, int row) {
        return column < 0 || column >= columns || row < 0 || row >= rows ? 0 : cells[row * columns + column];
    }
}
