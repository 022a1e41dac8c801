package io.tiepoint.synthetic.text;

import java.util.ArrayList;
import java.util.List;

/** Where contours of two letters cross, found between chords of their pieces and made exact on the curves. */
final class Crossings {
    /** Chords of each piece; a crossing that they miss is one of curves that nearly touch. */
    private static final int CHORDS = 8;

    private static final int STEPS = 8;

    private Crossings() {}

    /**
     * The crossings of two contours.
     *
     * @param a [4N] as in {@link Outline}
     * @param b likewise
     * @return x, y and the cosine of the angle between the direction from which one contour comes and that in which the other goes on: -1
     *     if they go the same way
     */
    static List<double[]> of(double[] a, double[] b) {
        List<double[]> crossings = new ArrayList<>();
        for (int i = 0; i < a.length; i += 4) {
            double[] first = piece(a, i);
            for (int j = 0; j < b.length; j += 4) {
                double[] second = piece(b, j);
                if (overlap(first, second, 0) && overlap(first, second, 1)) {
                    cross(first, second, crossings);
                }
            }
        }
        return crossings;
    }

    private static double[] piece(double[] contour, int start) {
        int end = (start + 4) % contour.length;
        return new double[] {
            contour[start], contour[start + 1], contour[start + 2], contour[start + 3], contour[end], contour[end + 1]
        };
    }

    private static boolean overlap(double[] a, double[] b, int axis) {
        double minA = Math.min(Math.min(a[axis], a[axis + 2]), a[axis + 4]);
        double maxA = Math.max(Math.max(a[axis], a[axis + 2]), a[axis + 4]);
        double minB = Math.min(Math.min(b[axis], b[axis + 2]), b[axis + 4]);
        double maxB = Math.max(Math.max(b[axis], b[axis + 2]), b[axis + 4]);
        return minA <= maxB && minB <= maxA;
    }

    private static void cross(double[] a, double[] b, List<double[]> crossings) {
        for (int i = 0; i < CHORDS; i++) {
            for (int j = 0; j < CHORDS; j++) {
                double s = i / (double) CHORDS;
                double t = j / (double) CHORDS;
                if (chordsCross(a, s, b, t)) {
                    crossings.add(refined(a, s + 0.5 / CHORDS, b, t + 0.5 / CHORDS));
                }
            }
        }
    }

    /** Ends count on one side only, so that a crossing at a joint is found once. */
    private static boolean chordsCross(double[] a, double s, double[] b, double t) {
        double[] chordA = {at(a, s, 0), at(a, s, 1), at(a, s + 1.0 / CHORDS, 0), at(a, s + 1.0 / CHORDS, 1)};
        double[] chordB = {at(b, t, 0), at(b, t, 1), at(b, t + 1.0 / CHORDS, 0), at(b, t + 1.0 / CHORDS, 1)};
        return side(chordA, chordB[0], chordB[1]) > 0 != side(chordA, chordB[2], chordB[3]) > 0
                && side(chordB, chordA[0], chordA[1]) > 0 != side(chordB, chordA[2], chordA[3]) > 0;
    }

    private static double side(double[] chord, double x, double y) {
        return (chord[2] - chord[0]) * (y - chord[1]) - (chord[3] - chord[1]) * (x - chord[0]);
    }

    /** Newton's method from a place near the crossing. */
    private static double[] refined(double[] a, double s, double[] b, double t) {
        for (int step = 0; step < STEPS; step++) {
            double dx = at(b, t, 0) - at(a, s, 0);
            double dy = at(b, t, 1) - at(a, s, 1);
            double ax = slope(a, s, 0);
            double ay = slope(a, s, 1);
            double bx = slope(b, t, 0);
            double by = slope(b, t, 1);
            double determinant = ax * by - ay * bx;
            if (determinant == 0) {
                break;
            }
            s = Math.min(Math.max(s + (dx * by - dy * bx) / determinant, 0), 1);
            t = Math.min(Math.max(t + (dx * ay - dy * ax) / determinant, 0), 1);
        }
        double ax = slope(a, s, 0);
        double ay = slope(a, s, 1);
        double bx = slope(b, t, 0);
        double by = slope(b, t, 1);
        double cosine = -(ax * bx + ay * by) / Math.sqrt((ax * ax + ay * ay) * (bx * bx + by * by));
        return new double[] {at(a, s, 0), at(a, s, 1), cosine};
    }

    private static double at(double[] piece, double t, int axis) {
        return (1 - t) * (1 - t) * piece[axis] + 2 * t * (1 - t) * piece[2 + axis] + t * t * piece[4 + axis];
    }

    private static double slope(double[] piece, double t, int axis) {
        return 2 * (1 - t) * (piece[2 + axis] - piece[axis]) + 2 * t * (piece[4 + axis] - piece[2 + axis]);
    }
}
