package io.tiepoint.app.synth;

import java.util.List;

/**
 * How far matched points are from lying on one plane, or from two cameras in one place: what is left over when the best homography
 * has been taken out.
 */
final class PlaneFit {
    private static final int UNKNOWNS = 8;
    private static final int ROUNDS = 5;

    private PlaneFit() {}

    /**
     * Root of the mean square of what is left over, px of view 1; NaN if the points determine no homography.
     *
     * @param points x0, y0, x1, y1 of each
     */
    static double residualPx(List<double[]> points) {
        double[] centre = new double[4];
        for (double[] point : points) {
            for (int i = 0; i < 4; i++) {
                centre[i] += point[i] / points.size();
            }
        }
        double[] squares = new double[2];
        for (double[] point : points) {
            for (int i = 0; i < 4; i++) {
                squares[i / 2] += (point[i] - centre[i]) * (point[i] - centre[i]) / points.size();
            }
        }
        double scale0 = Math.sqrt(2 / squares[0]);
        double scale1 = Math.sqrt(2 / squares[1]);
        double[] h = {1, 0, 0, 0, 1, 0, 0, 0};
        double residual = Double.NaN;
        // The equations weigh a point by its depth; the next round makes up for it.
        for (int round = 0; round < ROUNDS && h.length == UNKNOWNS; round++) {
            double[][] normal = new double[UNKNOWNS][UNKNOWNS + 1];
            for (double[] point : points) {
                double x0 = (point[0] - centre[0]) * scale0;
                double y0 = (point[1] - centre[1]) * scale0;
                double x1 = (point[2] - centre[2]) * scale1;
                double y1 = (point[3] - centre[3]) * scale1;
                double weight = 1 / Math.max(Math.abs(h[6] * x0 + h[7] * y0 + 1), 1e-3);
                add(normal, new double[] {x0, y0, 1, 0, 0, 0, -x1 * x0, -x1 * y0, x1}, weight * weight);
                add(normal, new double[] {0, 0, 0, x0, y0, 1, -y1 * x0, -y1 * y0, y1}, weight * weight);
            }
            h = solve(normal);
            if (h.length == UNKNOWNS) {
                residual = rootMeanSquare(points, centre, new double[] {scale0, scale1}, h);
            }
        }
        return residual;
    }

    private static void add(double[][] normal, double[] row, double weight) {
        for (int i = 0; i < UNKNOWNS; i++) {
            for (int j = 0; j <= UNKNOWNS; j++) {
                normal[i][j] += weight * row[i] * row[j];
            }
        }
    }

    private static double rootMeanSquare(List<double[]> points, double[] centre, double[] scales, double[] h) {
        double sum = 0;
        for (double[] point : points) {
            double x = (point[0] - centre[0]) * scales[0];
            double y = (point[1] - centre[1]) * scales[0];
            double w = h[6] * x + h[7] * y + 1;
            double dx = (h[0] * x + h[1] * y + h[2]) / w / scales[1] + centre[2] - point[2];
            double dy = (h[3] * x + h[4] * y + h[5]) / w / scales[1] + centre[3] - point[3];
            sum += dx * dx + dy * dy;
        }
        return Math.sqrt(sum / points.size());
    }

    /** Gauss's elimination; empty if there is no solution, or more than one. */
    private static double[] solve(double[][] rows) {
        for (int column = 0; column < UNKNOWNS; column++) {
            int best = column;
            for (int row = column + 1; row < UNKNOWNS; row++) {
                best = Math.abs(rows[row][column]) > Math.abs(rows[best][column]) ? row : best;
            }
            double[] pivot = rows[best];
            rows[best] = rows[column];
            rows[column] = pivot;
            if (!(Math.abs(pivot[column]) > 1e-9)) {
                return new double[0];
            }
            for (int row = 0; row < UNKNOWNS; row++) {
                double factor = row == column ? 0 : rows[row][column] / pivot[column];
                for (int j = column; j <= UNKNOWNS; j++) {
                    rows[row][j] -= factor * pivot[j];
                }
            }
        }
        double[] solution = new double[UNKNOWNS];
        for (int i = 0; i < UNKNOWNS; i++) {
            solution[i] = rows[i][UNKNOWNS] / rows[i][i];
        }
        return solution;
    }
}
