package io.tiepoint.core.geometry;

import io.tiepoint.core.check.Check;

/**
 * OpenCV's fisheye, of Kannala and Brandt: what lies at an angle t from the axis is seen at the radius
 * t (1 + k1 t² + k2 t⁴ + k3 t⁶ + k4 t⁸). COLMAP's OPENCV_FISHEYE, and with k3 = k4 = 0 its RADIAL_FISHEYE. What lies beside or behind
 * the camera has no place in the plane of depth 1, so it is not seen.
 *
 * @see <a href="https://docs.opencv.org/4.x/db/d58/group__calib3d__fisheye.html">OpenCV, fisheye</a>
 */
public final class EquidistantFisheye implements LensDistortion {
    /** Half a degree less than a right angle, where the plane ends. */
    private static final double FARTHEST_RAD = Math.PI / 2 - 0.01;

    private static final double SMALL = 1e-8;

    private final double k1;
    private final double k2;
    private final double k3;
    private final double k4;
    private final MonotonicRadius radius;

    /** A lens. */
    public EquidistantFisheye(double k1, double k2, double k3, double k4) {
        Check.that(
                Double.isFinite(k1 + k2 + k3 + k4),
                "distortion: expected finite numbers, found %s, %s, %s, %s",
                k1,
                k2,
                k3,
                k4);
        this.k1 = k1;
        this.k2 = k2;
        this.k3 = k3;
        this.k4 = k4;
        radius = new MonotonicRadius(this::seenAt, this::slope, FARTHEST_RAD);
    }

    private double seenAt(double angle) {
        double s = angle * angle;
        return angle * (1 + s * (k1 + s * (k2 + s * (k3 + s * k4))));
    }

    private double slope(double angle) {
        double s = angle * angle;
        return 1 + s * (3 * k1 + s * (5 * k2 + s * (7 * k3 + s * 9 * k4)));
    }

    @Override
    public PixelPoint distort(double x, double y) {
        double distance = Math.sqrt(x * x + y * y);
        double angle = StrictMath.atan(distance);
        if (!radius.reaches(angle)) {
            return NOWHERE;
        }
        double factor = distance < SMALL ? 1 : seenAt(angle) / distance;
        return new PixelPoint(factor * x, factor * y);
    }

    @Override
    public PixelPoint undistort(double x, double y) {
        double seen = Math.sqrt(x * x + y * y);
        double angle = radius.inverse(seen);
        if (Double.isNaN(angle)) {
            return NOWHERE;
        }
        double factor = seen < SMALL ? 1 : StrictMath.tan(angle) / seen;
        return new PixelPoint(factor * x, factor * y);
    }

    @Override
    public String toString() {
        return "EquidistantFisheye[" + k1 + ", " + k2 + ", " + k3 + ", " + k4 + "]";
    }
}
