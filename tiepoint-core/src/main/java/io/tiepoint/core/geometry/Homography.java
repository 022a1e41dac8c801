package io.tiepoint.core.geometry;

import io.tiepoint.core.check.Check;
import java.util.Arrays;
import java.util.Locale;

/**
 * A projective map between two images, {@code x1 ~ H x0}, px in {@link PixelFrame#CORNER} on both sides. Variables are named
 * target first: {@code h1From0} maps image 0 to image 1.
 */
public final class Homography {
    /** Maps every point to itself. */
    public static final Homography IDENTITY = new Homography(new double[] {1, 0, 0, 0, 1, 0, 0, 0, 1});

    private final double[] m;

    private Homography(double[] m) {
        this.m = m;
    }

    /**
     * Copies a matrix.
     *
     * @param matrix [3 3] row-major; not singular; its scale means nothing
     */
    public static Homography of(double... matrix) {
        Check.that(matrix.length == 9, "homography: expected 9 entries, found %s", matrix.length);
        for (double entry : matrix) {
            Check.that(Double.isFinite(entry), "homography: expected finite entries, found %s", entry);
        }
        double[] m = matrix.clone();
        double determinant = determinant(m);
        // Relative to the rows, which have different units: a translation by many px can be inverted.
        double largest = rowNorm(m, 0) * rowNorm(m, 3) * rowNorm(m, 6);
        Check.that(
                largest > 0 && Math.abs(determinant / largest) > 1e-15,
                "homography: expected a matrix that can be inverted, found determinant %s",
                determinant);
        return new Homography(m);
    }

    private static double rowNorm(double[] m, int at) {
        return Math.sqrt(m[at] * m[at] + m[at + 1] * m[at + 1] + m[at + 2] * m[at + 2]);
    }

    /** Moves every point; px. */
    public static Homography translation(double dx, double dy) {
        return new Homography(new double[] {1, 0, dx, 0, 1, dy, 0, 0, 1});
    }

    /** Resizes an image: multiplies x and y. */
    public static Homography scaling(double scaleX, double scaleY) {
        return of(scaleX, 0, 0, 0, scaleY, 0, 0, 0, 1);
    }

    /** Turns about the origin, by the image's right-handed angle: a positive one turns x towards y. */
    public static Homography rotation(double angleRad) {
        double cos = StrictMath.cos(angleRad);
        double sin = StrictMath.sin(angleRad);
        return new Homography(new double[] {cos, -sin, 0, sin, cos, 0, 0, 0, 1});
    }

    /**
     * The map that takes four points to four points exactly.
     *
     * @param from [4 2] x, y; px
     * @param to [4 2] x, y; px
     * @throws IllegalArgumentException if three of the points lie on one line
     */
    public static Homography fromFourPoints(double[] from, double[] to) {
        return squareTo(to).compose(squareTo(from).inverse());
    }

    /** The map from the unit square (0,0) (1,0) (1,1) (0,1) to a quadrilateral (Heckbert, 1989). */
    private static Homography squareTo(double[] q) {
        Check.that(q.length == 8, "points: expected 8 coordinates, found %s", q.length);
        double dx1 = q[2] - q[4];
        double dy1 = q[3] - q[5];
        double dx2 = q[6] - q[4];
        double dy2 = q[7] - q[5];
        double sx = q[0] - q[2] + q[4] - q[6];
        double sy = q[1] - q[3] + q[5] - q[7];
        double denominator = dx1 * dy2 - dy1 * dx2;
        Check.that(denominator != 0, "points: expected no three on one line, found %s", Arrays.toString(q));
        double g = (sx * dy2 - sy * dx2) / denominator;
        double h = (dx1 * sy - dy1 * sx) / denominator;
        return of(
                q[2] - q[0] + g * q[2],
                q[6] - q[0] + h * q[6],
                q[0],
                q[3] - q[1] + g * q[3],
                q[7] - q[1] + h * q[7],
                q[1],
                g,
                h,
                1);
    }

    /** This map after another: {@code h2From1.compose(h1From0)} is {@code h2From0}. */
    public Homography compose(Homography first) {
        double[] p = new double[9];
        for (int row = 0; row < 3; row++) {
            for (int column = 0; column < 3; column++) {
                p[3 * row + column] = m[3 * row] * first.m[column]
                        + m[3 * row + 1] * first.m[3 + column]
                        + m[3 * row + 2] * first.m[6 + column];
            }
        }
        return new Homography(p);
    }

    /** The map back. */
    public Homography inverse() {
        double determinant = determinant(m);
        double[] p = {
            m[4] * m[8] - m[5] * m[7], m[2] * m[7] - m[1] * m[8], m[1] * m[5] - m[2] * m[4],
            m[5] * m[6] - m[3] * m[8], m[0] * m[8] - m[2] * m[6], m[2] * m[3] - m[0] * m[5],
            m[3] * m[7] - m[4] * m[6], m[1] * m[6] - m[0] * m[7], m[0] * m[4] - m[1] * m[3]
        };
        for (int i = 0; i < 9; i++) {
            p[i] /= determinant;
        }
        return new Homography(p);
    }

    private static double determinant(double[] m) {
        return m[0] * (m[4] * m[8] - m[5] * m[7])
                - m[1] * (m[3] * m[8] - m[5] * m[6])
                + m[2] * (m[3] * m[7] - m[4] * m[6]);
    }

    /** Maps a point; px. The result is not finite on the horizon. */
    public PixelPoint map(double x, double y) {
        double w = weight(x, y);
        return new PixelPoint((m[0] * x + m[1] * y + m[2]) / w, (m[3] * x + m[4] * y + m[5]) / w);
    }

    /** Maps a point; px. */
    public PixelPoint map(PixelPoint point) {
        return map(point.x(), point.y());
    }

    /** The third homogeneous coordinate; a change of sign between two points means that the horizon lies between them. */
    public double weight(double x, double y) {
        return m[6] * x + m[7] * y + m[8];
    }

    /** One entry of the matrix. */
    public double entry(int row, int column) {
        return m[3 * row + column];
    }

    /** The matrix, [3 3] row-major, a copy, divided by its last entry where that is not tiny. */
    public double[] toArray() {
        double[] copy = m.clone();
        if (Math.abs(copy[8]) > 1e-12) {
            for (int i = 0; i < 9; i++) {
                copy[i] /= m[8];
            }
        }
        return copy;
    }

    /** The same map between resized images: each view's coordinates are multiplied by its scale. */
    public Homography resized(double scale0, double scale1) {
        return scaling(scale1, scale1).compose(this).compose(scaling(1 / scale0, 1 / scale0));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Homography that && Arrays.equals(m, that.m);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(m);
    }

    @Override
    public String toString() {
        double[] a = toArray();
        return String.format(
                Locale.ROOT,
                "Homography[%.6g %.6g %.6g; %.6g %.6g %.6g; %.6g %.6g %.6g]",
                a[0],
                a[1],
                a[2],
                a[3],
                a[4],
                a[5],
                a[6],
                a[7],
                a[8]);
    }
}
