package io.tiepoint.match.nearest;

/** The exponential function in float32, many times faster than {@link Math#exp} and right to 5 digits. */
final class Exponential {
    private static final float LOG2_E = 1.442695f;
    private static final float SMALLEST = -87f;

    private Exponential() {}

    /** Of an argument that is not positive; below -87 it is 0. */
    static float of(float x) {
        if (!(x > SMALLEST)) {
            return 0;
        }
        float power = x * LOG2_E;
        int whole = (int) power;
        float fraction = power - whole; // in (-1, 0]
        // 2^fraction = e^t with t in (-0.7, 0]: the Taylor series to t^7 leaves an error of 2e-6.
        float t = fraction * 0.6931472f;
        float series = 1 / 5040f;
        series = series * t + 1 / 720f;
        series = series * t + 1 / 120f;
        series = series * t + 1 / 24f;
        series = series * t + 1 / 6f;
        series = series * t + 0.5f;
        series = series * t + 1;
        series = series * t + 1;
        return series * Float.intBitsToFloat((whole + 127) << 23);
    }
}
