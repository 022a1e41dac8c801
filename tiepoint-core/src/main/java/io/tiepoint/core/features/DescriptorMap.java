package io.tiepoint.core.features;

import io.tiepoint.core.check.Check;
import io.tiepoint.core.image.ImageSize;

/**
 * Descriptors on a coarse grid, [D H/S W/S] float32, as a network gives them; cell (row, column) stands for the image
 * position ((column + 0.5) S, (row + 0.5) S).
 *
 * @see <a href="https://arxiv.org/abs/1712.07629">DeTone et al., SuperPoint, 2018, section 3.3</a>
 */
public final class DescriptorMap {
    /** PyTorch's in bicubic interpolation. */
    private static final double CUBIC = -0.75;

    private final int dimension;
    private final int rows;
    private final int columns;
    private final int stride;
    private final float[] cells;

    /**
     * Takes a map over, with the channels moved last so that sampling reads memory in order.
     *
     * @param values [D rows columns] row-major
     * @param stride S, px of the image for each cell
     */
    public DescriptorMap(float[] values, int dimension, int rows, int columns, int stride) {
        Check.that(
                values.length == dimension * rows * columns,
                "descriptor map: expected shape [%s %s %s], found %s values",
                dimension,
                rows,
                columns,
                values.length);
        this.dimension = dimension;
        this.rows = rows;
        this.columns = columns;
        this.stride = stride;
        this.cells = new float[values.length];
        int area = rows * columns;
        for (int d = 0; d < dimension; d++) {
            for (int i = 0; i < area; i++) {
                cells[i * dimension + d] = values[d * area + i];
            }
        }
    }

    /** Samples bilinearly at each keypoint and scales each vector to L2 norm 1; beyond the outer cells the nearest count. */
    public Descriptors sample(Keypoints keypoints) {
        return sample(keypoints, DescriptorSampling.CELL_CENTRES, new ImageSize(columns * stride, rows * stride));
    }

    /**
     * Samples as one of the published programs does, and scales each vector to L2 norm 1. They pad with zeros, which after that is
     * the same as taking the nearest cell where they interpolate bilinearly.
     *
     * @param image size of the image itself, which need not be whole cells
     */
    public Descriptors sample(Keypoints keypoints, DescriptorSampling sampling, ImageSize image) {
        float[] values = new float[keypoints.size() * dimension];
        for (int k = 0; k < keypoints.size(); k++) {
            double u = sampling.cell(keypoints.x(k), stride, columns, image.width());
            double v = sampling.cell(keypoints.y(k), stride, rows, image.height());
            if (sampling == DescriptorSampling.EDGE_TO_EDGE) {
                interpolateCubic(u, v, values, k * dimension);
            } else {
                interpolate(
                        Math.min(Math.max(u, 0), columns - 1),
                        Math.min(Math.max(v, 0), rows - 1),
                        values,
                        k * dimension);
            }
            normalise(values, k * dimension);
        }
        return Descriptors.wrap(keypoints.size(), dimension, values);
    }

    private void interpolate(double u, double v, float[] values, int to) {
        int column = (int) u;
        int row = (int) v;
        float fx = (float) (u - column);
        float fy = (float) (v - row);
        int topLeft = (row * columns + column) * dimension;
        int topRight = topLeft + (column + 1 < columns ? dimension : 0);
        int down = row + 1 < rows ? columns * dimension : 0;
        for (int d = 0; d < dimension; d++) {
            float top = cells[topLeft + d] * (1 - fx) + cells[topRight + d] * fx;
            float bottom = cells[topLeft + down + d] * (1 - fx) + cells[topRight + down + d] * fx;
            values[to + d] = top * (1 - fy) + bottom * fy;
        }
    }

    /** From 4x4 cells, those outside the map being 0. */
    private void interpolateCubic(double u, double v, float[] values, int to) {
        int left = (int) Math.floor(u) - 1;
        int top = (int) Math.floor(v) - 1;
        double[] across = cubic(u - Math.floor(u));
        double[] down = cubic(v - Math.floor(v));
        for (int row = Math.max(top, 0); row < Math.min(top + 4, rows); row++) {
            for (int column = Math.max(left, 0); column < Math.min(left + 4, columns); column++) {
                float weight = (float) (across[column - left] * down[row - top]);
                int from = (row * columns + column) * dimension;
                for (int d = 0; d < dimension; d++) {
                    values[to + d] += weight * cells[from + d];
                }
            }
        }
    }

    /**
     * Weights of the four cells around a position that lies so far beyond the second one.
     *
     * @see <a href="https://doi.org/10.1109/TASSP.1981.1163711">Keys, Cubic convolution interpolation, 1981, eq. 4</a>
     */
    private static double[] cubic(double t) {
        return new double[] {outer(1 + t), inner(t), inner(1 - t), outer(2 - t)};
    }

    private static double inner(double distance) {
        return ((CUBIC + 2) * distance - (CUBIC + 3)) * distance * distance + 1;
    }

    private static double outer(double distance) {
        return ((CUBIC * distance - 5 * CUBIC) * distance + 8 * CUBIC) * distance - 4 * CUBIC;
    }

    private void normalise(float[] values, int from) {
        float norm = 0;
        for (int d = from; d < from + dimension; d++) {
            norm += values[d] * values[d];
        }
        float scale = 1f / (float) Math.max(Math.sqrt(norm), 1e-12);
        for (int d = from; d < from + dimension; d++) {
            values[d] *= scale;
        }
    }
}
