package io.tiepoint.testkit;

import org.assertj.core.data.Offset;

/** How far computed values may lie from expected ones. Relaxing one needs a sentence where it is used. */
public final class Tolerance {
    /** Relative, for float32 computations. */
    public static final double FLOAT32_RELATIVE = 1e-4;

    /** Absolute, for float32 computations on values about 1. */
    public static final double FLOAT32_ABSOLUTE = 1e-5;

    /** For float64 computations on values about 1. */
    public static final double FLOAT64 = 1e-8;

    /** The same network in libtorch and in ONNX Runtime, absolute. */
    public static final double ONNX_PARITY = 1e-4;

    /** Positions that should be equal, px. */
    public static final double POSITION_PX = 1e-3;

    private Tolerance() {}

    /** Absolute, as AssertJ takes it. */
    public static Offset<Float> within(double tolerance) {
        return Offset.offset((float) tolerance);
    }

    /** Whether a float32 value is as expected: absolutely or relatively close. */
    public static boolean agrees(double actual, double expected) {
        return Math.abs(actual - expected) <= FLOAT32_ABSOLUTE + FLOAT32_RELATIVE * Math.abs(expected);
    }

    /** Largest absolute difference of two arrays; infinite if their lengths differ or only one of them has NaN somewhere. */
    public static double largestDifference(float[] actual, float[] expected) {
        if (actual.length != expected.length) {
            return Double.POSITIVE_INFINITY;
        }
        double largest = 0;
        for (int i = 0; i < actual.length; i++) {
            // Equal infinities, and NaN where NaN is expected, are no difference.
            if (Float.compare(actual[i], expected[i]) != 0) {
                double difference = Math.abs((double) actual[i] - expected[i]);
                largest = Math.max(largest, Double.isNaN(difference) ? Double.POSITIVE_INFINITY : difference);
            }
        }
        return largest;
    }
}
