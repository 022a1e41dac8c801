package io.tiepoint.synthetic.shapes;

/** Distances in the plane. */
final class Planar {
    private Planar() {}

    static double distance(double x0, double y0, double x1, double y1) {
        return Math.sqrt((x1 - x0) * (x1 - x0) + (y1 - y0) * (y1 - y0));
    }

    /** Distance between two segments, each x0, y0, x1, y1; 0 if they cross. */
    static double segmentDistance(double[] a, double[] b) {
        if (cross(a, b)) {
            return 0;
        }
        return Math.min(
                Math.min(pointDistance(a[0], a[1], b), pointDistance(a[2], a[3], b)),
                Math.min(pointDistance(b[0], b[1], a), pointDistance(b[2], b[3], a)));
    }

    private static boolean cross(double[] a, double[] b) {
        double b0 = side(a, b[0], b[1]);
        double b1 = side(a, b[2], b[3]);
        double a0 = side(b, a[0], a[1]);
        double a1 = side(b, a[2], a[3]);
        return b0 > 0 != b1 > 0 && a0 > 0 != a1 > 0;
    }

    private static double side(double[] s, double x, double y) {
        return (s[2] - s[0]) * (y - s[1]) - (s[3] - s[1]) * (x - s[0]);
    }

    private static double pointDistance(double x, double y, double[] s) {
        double dx = s[2] - s[0];
        double dy = s[3] - s[1];
        double squared = dx * dx + dy * dy;
        double t = squared == 0 ? 0 : Math.min(Math.max(((x - s[0]) * dx + (y - s[1]) * dy) / squared, 0), 1);
        return distance(x, y, s[0] + t * dx, s[1] + t * dy);
    }
}
