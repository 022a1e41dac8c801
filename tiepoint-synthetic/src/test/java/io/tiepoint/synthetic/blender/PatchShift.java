package io.tiepoint.synthetic.blender;

import io.tiepoint.core.geometry.PixelPoint;
import io.tiepoint.core.image.GrayImage;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** How far small patches of two pictures lie apart, whatever their brightness and contrast (Lucas and Kanade, 1981). */
final class PatchShift {
    private static final int RADIUS = 6;
    private static final int SIDE = 2 * RADIUS + 1;
    private static final int STEP = 5;
    private static final int ROUNDS = 8;

    /** Patches that are less alike show other shadows, or noise. */
    private static final double MIN_CORRELATION = 0.8;

    private static final double MAX_SHIFT_PX = 1.5;

    private PatchShift() {}

    /** The shifts of patches that are found again. */
    static List<PixelPoint> between(GrayImage one, GrayImage other) {
        List<PixelPoint> shifts = new ArrayList<>();
        for (int y = RADIUS + 3; y < one.height() - RADIUS - 3; y += STEP) {
            for (int x = RADIUS + 3; x < one.width() - RADIUS - 3; x += STEP) {
                PixelPoint shift = shift(one, other, x, y);
                if (shift.distanceTo(new PixelPoint(0, 0)) < MAX_SHIFT_PX) {
                    shifts.add(shift);
                }
            }
        }
        return shifts;
    }

    private static PixelPoint shift(GrayImage one, GrayImage other, int x, int y) {
        PixelPoint lost = new PixelPoint(Double.POSITIVE_INFINITY, 0);
        double[] wanted = patch(one, x + 0.5, y + 0.5);
        double dx = 0;
        double dy = 0;
        for (int round = 0; round < ROUNDS; round++) {
            double cx = x + 0.5 + dx;
            double cy = y + 0.5 + dy;
            double[] right = patch(other, cx + 0.5, cy);
            double[] left = patch(other, cx - 0.5, cy);
            double[] below = patch(other, cx, cy + 0.5);
            double[] above = patch(other, cx, cy - 0.5);
            double[] found = patch(other, cx, cy);
            double[] sums = new double[5];
            double alike = 0;
            for (int i = 0; i < found.length; i++) {
                double gx = right[i] - left[i];
                double gy = below[i] - above[i];
                double rest = wanted[i] - found[i];
                sums[0] += gx * gx;
                sums[1] += gx * gy;
                sums[2] += gy * gy;
                sums[3] += gx * rest;
                sums[4] += gy * rest;
                alike += wanted[i] * found[i];
            }
            double determinant = sums[0] * sums[2] - sums[1] * sums[1];
            if (determinant < 1e-3 || (round == ROUNDS - 1 && alike < MIN_CORRELATION)) {
                return lost;
            }
            dx += (sums[2] * sums[3] - sums[1] * sums[4]) / determinant;
            dy += (sums[0] * sums[4] - sums[1] * sums[3]) / determinant;
            if (!(Math.hypot(dx, dy) < MAX_SHIFT_PX)) {
                return lost;
            }
        }
        return new PixelPoint(dx, dy);
    }

    /** Of mean 0 and length 1. */
    private static double[] patch(GrayImage image, double x, double y) {
        double[] values = new double[SIDE * SIDE];
        double mean = 0;
        for (int i = 0; i < values.length; i++) {
            int column = i % SIDE;
            int row = i / SIDE;
            values[i] = image.sample(x + column - RADIUS, y + row - RADIUS);
            mean += values[i] / values.length;
        }
        double squares = 1e-12;
        for (double value : values) {
            squares += (value - mean) * (value - mean);
        }
        for (int i = 0; i < values.length; i++) {
            values[i] = (values[i] - mean) / Math.sqrt(squares);
        }
        return values;
    }

    static double median(List<PixelPoint> points, ToDoubleFunction<PixelPoint> coordinate) {
        double[] sorted = points.stream().mapToDouble(coordinate).sorted().toArray();
        return sorted[sorted.length / 2];
    }

    /** Pearson's correlation of all pixels. */
    static double correlation(GrayImage one, GrayImage other) {
        double[] sums = new double[5];
        int n = one.pixels().length;
        for (int i = 0; i < n; i++) {
            double a = one.pixels()[i];
            double b = other.pixels()[i];
            sums[0] += a;
            sums[1] += b;
            sums[2] += a * a;
            sums[3] += b * b;
            sums[4] += a * b;
        }
        double covariance = sums[4] / n - sums[0] / n * (sums[1] / n);
        double variances = (sums[2] / n - sums[0] / n * (sums[0] / n)) * (sums[3] / n - sums[1] / n * (sums[1] / n));
        return covariance / Math.sqrt(variances);
    }
}
