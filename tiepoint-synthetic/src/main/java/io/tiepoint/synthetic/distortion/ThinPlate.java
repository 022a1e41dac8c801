package io.tiepoint.synthetic.distortion;

import io.tiepoint.core.check.Check;
import io.tiepoint.core.geometry.PixelPoint;
import io.tiepoint.core.image.ImageSize;
import io.tiepoint.core.random.Draws;

/** A thin plate bent at the nodes of a grid (Bookstein, 1989): paper, cloth, skin. */
public final class ThinPlate implements Distortion {
    private static final int COLUMNS = 5;
    private static final int ROWS = 4;
    private static final int NODES = COLUMNS * ROWS;
    private static final int CHECKS = 16;
    private static final double LN2 = StrictMath.log(2);
    private static final int STEP_BITS = 8;
    private static final int STEPS = 1 << STEP_BITS;
    /** Of the numbers 1, 1 + 1 / {@link #STEPS} and so on. */
    private static final double[] INVERSES = new double[STEPS];

    private static final double[] LOGARITHMS = new double[STEPS];
    /** Nowhere is the plate pressed to less than this share of its area. */
    private static final double MIN_DETERMINANT = 0.2;

    static {
        for (int i = 0; i < STEPS; i++) {
            INVERSES[i] = 1 / (1 + i / (double) STEPS);
            LOGARITHMS[i] = -StrictMath.log(INVERSES[i]);
        }
    }

    private final double unit;
    private final double[] nodes = new double[2 * NODES];
    /** Of x, then of y: a weight for each node, then 1, x and y. */
    private final double[][] coefficients;

    /**
     * Draws a plate.
     *
     * @param bend standard deviation of the nodes' displacements, as a share of the shorter side
     */
    public ThinPlate(double bend, ImageSize size, Draws draws) {
        Check.that(bend >= 0, "bend: expected >= 0, found %s", bend);
        unit = Math.min(size.width(), size.height());
        double[][] displacements = new double[2][NODES];
        for (int i = 0; i < NODES; i++) {
            int row = i / COLUMNS;
            nodes[2 * i] = size.width() / unit * (i % COLUMNS) / (COLUMNS - 1);
            nodes[2 * i + 1] = size.height() / unit * row / (ROWS - 1);
            displacements[0][i] = bend * draws.nextGaussian();
            displacements[1][i] = bend * draws.nextGaussian();
        }
        coefficients = new double[][] {solve(displacements[0]), solve(displacements[1])};
        while (smallestDeterminant(size) < MIN_DETERMINANT) {
            for (double[] each : coefficients) {
                for (int i = 0; i < each.length; i++) {
                    each[i] *= 0.8;
                }
            }
        }
    }

    private static double kernel(double dx, double dy) {
        double squared = dx * dx + dy * dy;
        return squared < 1e-24 ? 0 : squared * log(squared);
    }

    /**
     * Natural logarithm of a normal number, to the last digits: an image asks for it hundreds of thousands of times. The logarithm of
     * the nearest of {@link #STEPS} numbers from a table, and the series for the rest.
     */
    static double log(double x) {
        long bits = Double.doubleToRawLongBits(x);
        int exponent = (int) (bits >>> 52) - 1023;
        double mantissa = Double.longBitsToDouble((bits & 0xfffffffffffffL) | 0x3ff0000000000000L);
        int step = (int) (bits >>> (52 - STEP_BITS)) & (STEPS - 1);
        double r = mantissa * INVERSES[step] - 1;
        double rest = r - r * r * (0.5 - r * (1 / 3.0 - r * (0.25 - r * (0.2 - r * (1 / 6.0 - r / 7)))));
        return exponent * LN2 + (LOGARITHMS[step] + rest);
    }

    /** The plate through the displacements: Gaussian elimination with pivots. */
    private double[] solve(double[] displacements) {
        int n = NODES + 3;
        double[][] m = new double[n][n + 1];
        for (int i = 0; i < NODES; i++) {
            for (int j = 0; j < NODES; j++) {
                m[i][j] = kernel(nodes[2 * i] - nodes[2 * j], nodes[2 * i + 1] - nodes[2 * j + 1]);
            }
            double[] affine = {1, nodes[2 * i], nodes[2 * i + 1]};
            for (int k = 0; k < 3; k++) {
                m[i][NODES + k] = affine[k];
                m[NODES + k][i] = affine[k];
            }
            m[i][n] = displacements[i];
        }
        for (int column = 0; column < n; column++) {
            int pivot = column;
            for (int row = column + 1; row < n; row++) {
                pivot = Math.abs(m[row][column]) > Math.abs(m[pivot][column]) ? row : pivot;
            }
            double[] swap = m[pivot];
            m[pivot] = m[column];
            m[column] = swap;
            for (int row = 0; row < n; row++) {
                double factor = row == column ? 0 : m[row][column] / m[column][column];
                for (int k = column; factor != 0 && k <= n; k++) {
                    m[row][k] -= factor * m[column][k];
                }
            }
        }
        double[] solution = new double[n];
        for (int i = 0; i < n; i++) {
            solution[i] = m[i][n] / m[i][i];
        }
        return solution;
    }

    private double smallestDeterminant(ImageSize size) {
        double smallest = Double.POSITIVE_INFINITY;
        for (int row = 0; row <= CHECKS; row++) {
            for (int column = 0; column <= CHECKS; column++) {
                // A margin, since the plate goes on beyond the image.
                double x = size.width() * (1.2 * column / CHECKS - 0.1);
                double y = size.height() * (1.2 * row / CHECKS - 0.1);
                PixelPoint here = toIdeal(x, y);
                PixelPoint right = toIdeal(x + 0.01, y);
                PixelPoint below = toIdeal(x, y + 0.01);
                double determinant = (right.x() - here.x()) * (below.y() - here.y())
                        - (below.x() - here.x()) * (right.y() - here.y());
                smallest = Math.min(smallest, determinant * 1e4);
            }
        }
        return smallest;
    }

    @Override
    public PixelPoint toIdeal(double x, double y) {
        double u = x / unit;
        double v = y / unit;
        double[] cx = coefficients[0];
        double[] cy = coefficients[1];
        double dx = cx[NODES] + cx[NODES + 1] * u + cx[NODES + 2] * v;
        double dy = cy[NODES] + cy[NODES + 1] * u + cy[NODES + 2] * v;
        for (int i = 0; i < NODES; i++) {
            double k = kernel(u - nodes[2 * i], v - nodes[2 * i + 1]);
            dx += cx[i] * k;
            dy += cy[i] * k;
        }
        return new PixelPoint(x + unit * dx, y + unit * dy);
    }

    @Override
    public PixelPoint fromIdeal(double x, double y) {
        return Inversion.invert(this, x, y);
    }

    @Override
    public String name() {
        return "thin_plate";
    }
}
