package io.tiepoint.evaluate;

/**
 * A figure with its uncertainty.
 *
 * @param value over all pairs
 * @param low lower end of the 95 % bootstrap interval
 * @param high upper end
 */
public record Estimate(double value, double low, double high) {
    /** Half the width of the interval. */
    public double halfWidth() {
        return (high - low) / 2;
    }
}
