package io.tiepoint.core.geometry;

import java.util.function.DoubleUnaryOperator;

/** A distance from a lens's axis as a function of another one, from 0 as far as it grows, and its inverse. */
final class MonotonicRadius {
    private static final int STEPS = 2000;
    private static final int MAX_HALVINGS = 200;
    private static final int MAX_NEWTON = 30;

    private final DoubleUnaryOperator function;
    private final DoubleUnaryOperator derivative;
    private final double end;
    private final double valueAtEnd;

    /**
     * Finds how far the function grows.
     *
     * @param farthest where to stop looking
     */
    MonotonicRadius(DoubleUnaryOperator function, DoubleUnaryOperator derivative, double farthest) {
        this.function = function;
        this.derivative = derivative;
        double grows = 0;
        double stops = farthest;
        boolean turns = false;
        for (int i = 1; i <= STEPS && !turns; i++) {
            double radius = farthest * i / STEPS;
            turns = !(derivative.applyAsDouble(radius) > 0);
            grows = turns ? grows : radius;
            stops = radius;
        }
        for (int i = 0; turns && i < MAX_HALVINGS && stops - grows > 1e-15 * farthest; i++) {
            double middle = (grows + stops) / 2;
            if (derivative.applyAsDouble(middle) > 0) {
                grows = middle;
            } else {
                stops = middle;
            }
        }
        end = turns ? grows : farthest;
        valueAtEnd = function.applyAsDouble(end);
    }

    /** Whether the function grows up to a radius. */
    boolean reaches(double radius) {
        return radius <= end;
    }

    /** The radius with a value; NaN if there is none. */
    double inverse(double value) {
        if (!(value <= valueAtEnd)) {
            return Double.NaN;
        }
        double low = 0;
        double high = end;
        double radius = Math.min(value, end);
        for (int i = 0; i < MAX_HALVINGS; i++) {
            double error = function.applyAsDouble(radius) - value;
            if (error > 0) {
                high = radius;
            } else {
                low = radius;
            }
            double next = radius - error / derivative.applyAsDouble(radius);
            if (!(next > low && next < high) || i > MAX_NEWTON) {
                next = (low + high) / 2;
            }
            if (Math.abs(next - radius) <= 1e-16 * Math.max(radius, 1)) {
                return next;
            }
            radius = next;
        }
        return radius;
    }
}
