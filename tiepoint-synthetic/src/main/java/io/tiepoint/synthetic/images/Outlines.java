package io.tiepoint.synthetic.images;

import io.tiepoint.core.random.Draws;
import io.tiepoint.synthetic.raster.Ellipse;

/** Outlines of objects, [N 2]. */
final class Outlines {
    private Outlines() {}

    /** An object of any shape about a point. */
    static double[] any(double x, double y, double radius, Draws draws) {
        double kind = draws.nextDouble();
        double angle = draws.nextDouble(0, 2 * Math.PI);
        if (kind < 0.2) {
            return new Ellipse(x, y, radius, radius * draws.nextDouble(0.4, 1), angle).toPolygon();
        }
        if (kind < 0.45) {
            return rectangle(x, y, radius, radius * draws.nextLogUniform(0.1, 1), angle);
        }
        if (kind < 0.7) {
            return polygon(x, y, radius, draws.nextInt(3, 8), draws);
        }
        if (kind < 0.85) {
            return blob(x, y, radius, draws);
        }
        return leaf(x, y, radius, draws.nextDouble(0.15, 0.6), angle);
    }

    static double[] rectangle(double x, double y, double halfLength, double halfWidth, double angle) {
        double ux = halfLength * StrictMath.cos(angle);
        double uy = halfLength * StrictMath.sin(angle);
        double vx = -halfWidth * StrictMath.sin(angle);
        double vy = halfWidth * StrictMath.cos(angle);
        return new double[] {
            x + ux + vx, y + uy + vy, x - ux + vx, y - uy + vy, x - ux - vx, y - uy - vy, x + ux - vx, y + uy - vy
        };
    }

    static double[] polygon(double x, double y, double radius, int corners, Draws draws) {
        double[] polygon = new double[2 * corners];
        double start = draws.nextDouble(0, 2 * Math.PI);
        for (int i = 0; i < corners; i++) {
            double angle = start + 2 * Math.PI * (i + 0.8 * draws.nextDouble()) / corners;
            double length = radius * draws.nextDouble(0.5, 1);
            polygon[2 * i] = x + length * StrictMath.cos(angle);
            polygon[2 * i + 1] = y + length * StrictMath.sin(angle);
        }
        return polygon;
    }

    /** A smooth closed curve. */
    static double[] blob(double x, double y, double radius, Draws draws) {
        int n = (int) Math.min(Math.max(3 * radius, 12), 64);
        double[] amplitudes = new double[5];
        double[] phases = new double[5];
        for (int k = 2; k < 5; k++) {
            amplitudes[k] = draws.nextDouble(0, 0.35) / (k - 1);
            phases[k] = draws.nextDouble(0, 2 * Math.PI);
        }
        double[] polygon = new double[2 * n];
        for (int i = 0; i < n; i++) {
            double angle = 2 * Math.PI * i / n;
            double length = radius * 0.7;
            for (int k = 2; k < 5; k++) {
                length += radius * 0.7 * amplitudes[k] * StrictMath.cos(k * angle + phases[k]);
            }
            polygon[2 * i] = x + length * StrictMath.cos(angle);
            polygon[2 * i + 1] = y + length * StrictMath.sin(angle);
        }
        return polygon;
    }

    /** Two arcs that meet in two tips. */
    static double[] leaf(double x, double y, double halfLength, double slimness, double angle) {
        int n = halfLength < 4 ? 4 : 8;
        double cos = StrictMath.cos(angle);
        double sin = StrictMath.sin(angle);
        double[] polygon = new double[4 * n];
        for (int i = 0; i < 2 * n; i++) {
            // From one tip along one side to the other tip, and back along the other side.
            double t = i < n ? -1 + 2.0 * i / n : 1 - 2.0 * (i - n) / n;
            double u = t * halfLength;
            double v = (i < n ? 1 : -1) * slimness * halfLength * (1 - t * t);
            polygon[2 * i] = x + u * cos - v * sin;
            polygon[2 * i + 1] = y + u * sin + v * cos;
        }
        return polygon;
    }

    /**
     * A bent band.
     *
     * @param shape its length and its thickness in px, and the angle in rad by which its direction turns along it
     */
    static double[] ribbon(double x, double y, double angle, double[] shape) {
        int parts = 24;
        double step = shape[0] / parts;
        double[] polygon = new double[4 * (parts + 1)];
        double px = x;
        double py = y;
        for (int i = 0; i <= parts; i++) {
            double direction = angle + shape[2] * i / parts;
            double cos = StrictMath.cos(direction);
            double sin = StrictMath.sin(direction);
            int back = 2 * (2 * parts + 1 - i);
            polygon[2 * i] = px - sin * shape[1] / 2;
            polygon[2 * i + 1] = py + cos * shape[1] / 2;
            polygon[back] = px + sin * shape[1] / 2;
            polygon[back + 1] = py - cos * shape[1] / 2;
            px += step * cos;
            py += step * sin;
        }
        return polygon;
    }
}
