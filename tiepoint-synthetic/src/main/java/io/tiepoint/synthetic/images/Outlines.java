package io.tiepoint.synthetic.images;

import io.tiepoint.core.random.Draws;
import io.tiepoint.synthetic.raster.Ellipse;

/** Outlines of objects, [N 2]. */
final class Outlines {
    private Outlines() {}

    /** Number of shapes that {@link #of} knows. */
    static final int SHAPES = 6;

    /** An object of any shape about a point. */
    static double[] any(double x, double y, double radius, Draws draws) {
        return of(draws.nextInt(SHAPES), x, y, radius, draws);
    }

    /** An object of one of the shapes about a point. */
    static double[] of(int shape, double x, double y, double radius, Draws draws) {
        double angle = draws.nextDouble(0, 2 * Math.PI);
        return switch (shape) {
            case 0 -> new Ellipse(x, y, radius, radius * draws.nextDouble(0.4, 1), angle).toPolygon();
            case 1 -> rectangle(x, y, radius, radius * draws.nextLogUniform(0.1, 1), angle);
            case 2 -> polygon(x, y, radius, draws.nextInt(3, 8), draws);
            case 3 -> blob(x, y, radius, draws);
            case 4 -> leaf(x, y, radius, draws.nextDouble(0.15, 0.6), angle);
            default -> ring(x, y, radius, draws);
        };
    }

    /** The same outline about another point. */
    static double[] placed(double[] outline, double x, double y, double scale) {
        double[] placed = new double[outline.length];
        for (int i = 0; i < outline.length; i += 2) {
            placed[i] = x + scale * outline[i];
            placed[i + 1] = y + scale * outline[i + 1];
        }
        return placed;
    }

    /** The same outline, larger about a point. */
    static double[] scaled(double[] outline, double x, double y, double scale) {
        double[] scaled = new double[outline.length];
        for (int i = 0; i < outline.length; i += 2) {
            scaled[i] = x + scale * (outline[i] - x);
            scaled[i + 1] = y + scale * (outline[i + 1] - y);
        }
        return scaled;
    }

    /** A part of a ring. */
    static double[] ring(double x, double y, double radius, Draws draws) {
        double thickness = radius * draws.nextDouble(0.15, 0.6);
        double turn = draws.nextDouble(1.5, 2 * Math.PI - 0.1);
        double angle = draws.nextDouble(0, 2 * Math.PI);
        double middle = radius - thickness / 2;
        double startX = x + middle * StrictMath.sin(angle);
        double startY = y - middle * StrictMath.cos(angle);
        return ribbon(startX, startY, angle, new double[] {turn * middle, thickness, turn});
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
        int parts = (int) Math.min(Math.max(Math.abs(shape[2]) * Math.sqrt(shape[0]), 4), 32);
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
