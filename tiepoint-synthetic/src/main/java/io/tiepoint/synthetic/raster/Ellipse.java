package io.tiepoint.synthetic.raster;

/**
 * An ellipse.
 *
 * @param x its centre, px in {@link io.tiepoint.core.geometry.PixelFrame#CORNER}
 * @param y likewise
 * @param semiAxis0 px
 * @param semiAxis1 px
 * @param angleRad from the image's x axis to the first axis
 */
public record Ellipse(double x, double y, double semiAxis0, double semiAxis1, double angleRad) {
    /**
     * Its outline, [N 2], with so many points that the polygon's corners vanish: it stays within 0.02 px of the ellipse.
     */
    public double[] toPolygon() {
        double radius = Math.max(semiAxis0, semiAxis1);
        int n = Math.min(Math.max((int) Math.ceil(16 * Math.sqrt(Math.max(radius, 1))), 16), 256);
        double[] polygon = new double[2 * n];
        double cos = StrictMath.cos(angleRad);
        double sin = StrictMath.sin(angleRad);
        double turnCos = StrictMath.cos(2 * Math.PI / n);
        double turnSin = StrictMath.sin(2 * Math.PI / n);
        double c = 1;
        double s = 0;
        for (int i = 0; i < n; i++) {
            polygon[2 * i] = x + semiAxis0 * c * cos - semiAxis1 * s * sin;
            polygon[2 * i + 1] = y + semiAxis0 * c * sin + semiAxis1 * s * cos;
            double next = c * turnCos - s * turnSin;
            s = s * turnCos + c * turnSin;
            c = next;
        }
        return polygon;
    }

    /** Whether a point lies inside. */
    public boolean contains(double px, double py) {
        double cos = StrictMath.cos(angleRad);
        double sin = StrictMath.sin(angleRad);
        double u = ((px - x) * cos + (py - y) * sin) / semiAxis0;
        double v = ((py - y) * cos - (px - x) * sin) / semiAxis1;
        return u * u + v * v <= 1;
    }
}
