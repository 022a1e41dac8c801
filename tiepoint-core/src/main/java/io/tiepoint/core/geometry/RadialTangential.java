package io.tiepoint.core.geometry;

import io.tiepoint.core.check.Check;
import java.util.Arrays;

/**
 * OpenCV's lens, of Brown and Conrady: the radius grows by (1 + k1 r² + k2 r⁴ + k3 r⁶) / (1 + k4 r² + k5 r⁴ + k6 r⁶), and p1, p2 say
 * how far the lens is askew. COLMAP's SIMPLE_RADIAL, RADIAL, OPENCV and FULL_OPENCV are this with some of the numbers 0.
 *
 * @see <a href="https://docs.opencv.org/4.x/d9/d0c/group__calib3d.html">OpenCV, calib3d</a>
 */
public final class RadialTangential implements LensDistortion {
    /** Nothing within 87 degrees of the axis is farther out. */
    private static final double FARTHEST = 20;

    private static final int MAX_STEPS = 60;
    private static final double ENOUGH = 1e-15;

    private final double[] k;
    private final double p1;
    private final double p2;
    private final MonotonicRadius radius;

    private RadialTangential(double[] k, double p1, double p2) {
        for (double number : k) {
            Check.that(Double.isFinite(number), "distortion: expected finite numbers, found %s", number);
        }
        Check.that(
                Double.isFinite(p1) && Double.isFinite(p2),
                "distortion: expected finite numbers, found %s, %s",
                p1,
                p2);
        this.k = k;
        this.p1 = p1;
        this.p2 = p2;
        radius = new MonotonicRadius(r -> r * factor(r * r), r -> factor(r * r) + 2 * r * r * slope(r * r), FARTHEST);
    }

    /** A lens that is not askew; k1, k2. */
    public static RadialTangential ofRadial(double k1, double k2) {
        return ofOpenCv(k1, k2, 0, 0);
    }

    /** OpenCV's four numbers. */
    public static RadialTangential ofOpenCv(double k1, double k2, double p1, double p2) {
        return new RadialTangential(new double[] {k1, k2, 0, 0, 0, 0}, p1, p2);
    }

    /**
     * OpenCV's eight numbers.
     *
     * @param k [6] k1 to k6
     */
    public static RadialTangential ofFullOpenCv(double[] k, double p1, double p2) {
        Check.that(k.length == 6, "k: expected 6 numbers, found %s", k.length);
        return new RadialTangential(k.clone(), p1, p2);
    }

    private double above(double squared) {
        return 1 + squared * (k[0] + squared * (k[1] + squared * k[2]));
    }

    private double below(double squared) {
        return 1 + squared * (k[3] + squared * (k[4] + squared * k[5]));
    }

    private double factor(double squared) {
        return above(squared) / below(squared);
    }

    /** Derivative of the factor with respect to the squared radius. */
    private double slope(double squared) {
        double below = below(squared);
        double above = k[0] + squared * (2 * k[1] + squared * 3 * k[2]);
        double divisor = k[3] + squared * (2 * k[4] + squared * 3 * k[5]);
        return (above * below - above(squared) * divisor) / (below * below);
    }

    @Override
    public PixelPoint distort(double x, double y) {
        double squared = x * x + y * y;
        return radius.reaches(Math.sqrt(squared)) && isUnfolded(x, y, squared) ? moved(x, y, squared) : NOWHERE;
    }

    /** Near the rim a lens that is askew may fold the plane on one side before the radius turns back. */
    private boolean isUnfolded(double x, double y, double squared) {
        double cross = dyx(x, y, squared);
        return (p1 == 0 && p2 == 0) || dxx(x, y, squared) * dyy(x, y, squared) - cross * cross > 0;
    }

    private double dxx(double x, double y, double squared) {
        return factor(squared) + 2 * x * x * slope(squared) + 2 * p1 * y + 6 * p2 * x;
    }

    private double dyx(double x, double y, double squared) {
        return 2 * x * y * slope(squared) + 2 * p1 * x + 2 * p2 * y;
    }

    private double dyy(double x, double y, double squared) {
        return factor(squared) + 2 * y * y * slope(squared) + 2 * p2 * x + 6 * p1 * y;
    }

    private PixelPoint moved(double x, double y, double squared) {
        double factor = factor(squared);
        return new PixelPoint(
                x * factor + 2 * p1 * x * y + p2 * (squared + 2 * x * x),
                y * factor + 2 * p2 * x * y + p1 * (squared + 2 * y * y));
    }

    @Override
    public PixelPoint undistort(double x, double y) {
        double seen = Math.sqrt(x * x + y * y);
        double guess = radius.inverse(seen);
        if (p1 == 0 && p2 == 0) {
            double back = seen > 0 ? guess / seen : 1;
            return Double.isNaN(guess) ? NOWHERE : new PixelPoint(x * back, y * back);
        }
        // At the rim a lens that is askew shows what one that is not would just not show.
        double back = Double.isNaN(guess) || seen == 0 ? 1 : guess / seen;
        double u = x * back;
        double v = y * back;
        for (int step = 0; step < MAX_STEPS; step++) {
            double squared = u * u + v * v;
            PixelPoint here = moved(u, v, squared);
            double ex = x - here.x();
            double ey = y - here.y();
            double a = dxx(u, v, squared);
            double b = dyx(u, v, squared);
            double d = dyy(u, v, squared);
            double determinant = a * d - b * b;
            double du = (d * ex - b * ey) / determinant;
            double dv = (a * ey - b * ex) / determinant;
            if (!(determinant > 0) || !Double.isFinite(du + dv)) {
                return NOWHERE;
            }
            u += du;
            v += dv;
            if (Math.abs(du) + Math.abs(dv) <= ENOUGH * Math.max(1, seen)) {
                break;
            }
        }
        PixelPoint again = distort(u, v);
        boolean found = Math.abs(again.x() - x) + Math.abs(again.y() - y) < 1e-12 * Math.max(1, seen);
        return found ? new PixelPoint(u, v) : NOWHERE;
    }

    @Override
    public String toString() {
        return "RadialTangential[k " + Arrays.toString(k) + ", p " + p1 + " " + p2 + "]";
    }
}
