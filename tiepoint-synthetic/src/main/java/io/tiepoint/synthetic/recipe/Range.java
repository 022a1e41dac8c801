package io.tiepoint.synthetic.recipe;

import io.tiepoint.core.check.Check;
import io.tiepoint.core.random.Draws;

/**
 * An interval from which a parameter is drawn.
 *
 * @param min the smallest value
 * @param max the largest value; the same as {@code min} for a fixed one
 */
public record Range(double min, double max) {
    /** Checks that the interval is one. */
    public Range {
        Check.that(
                Double.isFinite(min) && Double.isFinite(max) && min <= max,
                "range: expected finite min <= max, found %s to %s",
                min,
                max);
    }

    /** Draws uniformly. */
    public double draw(Draws draws) {
        return draws.nextDouble(min, max);
    }

    /** Draws log-uniformly; for factors and lengths. */
    public double drawLogarithmically(Draws draws) {
        Check.that(min > 0, "range: expected min > 0 to draw log-uniformly, found %s", min);
        return draws.nextLogUniform(min, max);
    }
}
