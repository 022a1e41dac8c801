package io.tiepoint.synthetic.homography;

import io.tiepoint.core.image.ImageSize;

/** Quadrilaterals as [4 2] arrays, clockwise on the screen from the top left. */
final class Quads {
    private Quads() {}

    /** The corners of an image. */
    static double[] corners(ImageSize size) {
        return new double[] {0, 0, size.width(), 0, size.width(), size.height(), 0, size.height()};
    }

    /** Turns about the mean of the corners, in place. */
    static void rotate(double[] quad, double angleRad) {
        double cos = StrictMath.cos(angleRad);
        double sin = StrictMath.sin(angleRad);
        double cx = mean(quad, 0);
        double cy = mean(quad, 1);
        for (int i = 0; i < 8; i += 2) {
            double dx = quad[i] - cx;
            double dy = quad[i + 1] - cy;
            quad[i] = cx + cos * dx - sin * dy;
            quad[i + 1] = cy + sin * dx + cos * dy;
        }
    }

    /** Moves the mean of the corners to a point, in place. */
    static void moveTo(double[] quad, double x, double y) {
        shift(quad, x - mean(quad, 0), y - mean(quad, 1));
    }

    static void shift(double[] quad, double dx, double dy) {
        for (int i = 0; i < 8; i += 2) {
            quad[i] += dx;
            quad[i + 1] += dy;
        }
    }

    static double mean(double[] quad, int axis) {
        return (quad[axis] + quad[axis + 2] + quad[axis + 4] + quad[axis + 6]) / 4;
    }

    static double min(double[] quad, int axis) {
        return Math.min(Math.min(quad[axis], quad[axis + 2]), Math.min(quad[axis + 4], quad[axis + 6]));
    }

    static double extent(double[] quad, int axis) {
        double max = Math.max(Math.max(quad[axis], quad[axis + 2]), Math.max(quad[axis + 4], quad[axis + 6]));
        return max - min(quad, axis);
    }

    static double area(double[] quad) {
        return 0.5 * ((quad[4] - quad[0]) * (quad[7] - quad[3]) - (quad[6] - quad[2]) * (quad[5] - quad[1]));
    }

    /** Whether every corner turns the same way, by at least a cross product. */
    static boolean isConvex(double[] quad, double minCross) {
        for (int i = 0; i < 8; i += 2) {
            int j = (i + 2) % 8;
            int k = (i + 4) % 8;
            double cross = (quad[j] - quad[i]) * (quad[k + 1] - quad[j + 1])
                    - (quad[j + 1] - quad[i + 1]) * (quad[k] - quad[j]);
            if (cross < minCross) {
                return false;
            }
        }
        return true;
    }
}
