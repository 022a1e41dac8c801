package io.tiepoint.match.geometry;

/** Matrices of shape [3 3], row-major. */
final class Matrix3 {
    private Matrix3() {}

    static double[] multiply(double[] a, double[] b) {
        double[] product = new double[9];
        for (int row = 0; row < 3; row++) {
            for (int column = 0; column < 3; column++) {
                product[3 * row + column] =
                        a[3 * row] * b[column] + a[3 * row + 1] * b[3 + column] + a[3 * row + 2] * b[6 + column];
            }
        }
        return product;
    }

    static double[] transpose(double[] a) {
        return new double[] {a[0], a[3], a[6], a[1], a[4], a[7], a[2], a[5], a[8]};
    }

    static double[] translation(double dx, double dy) {
        return new double[] {1, 0, dx, 0, 1, dy, 0, 0, 1};
    }

    /** Whether a matrix of norm 1 is far from singular, by the same measure as {@link io.tiepoint.core.geometry.Homography}. */
    static boolean isInvertible(double[] m) {
        double determinant = m[0] * (m[4] * m[8] - m[5] * m[7])
                - m[1] * (m[3] * m[8] - m[5] * m[6])
                + m[2] * (m[3] * m[7] - m[4] * m[6]);
        double norm = 0;
        for (double entry : m) {
            norm = Math.max(norm, Math.abs(entry));
        }
        return Math.abs(determinant / (norm * norm * norm)) > 1e-15;
    }

    /** Scaled to a Frobenius norm of 1 and a positive last entry (or, where that is 0, as it is). */
    static double[] normalised(double[] a) {
        double sum = 0;
        for (double entry : a) {
            sum += entry * entry;
        }
        double scale = Math.copySign(1 / Math.sqrt(sum), a[8]);
        double[] scaled = new double[9];
        for (int i = 0; i < 9; i++) {
            scaled[i] = a[i] * scale;
        }
        return scaled;
    }
}
