package io.tiepoint.synthetic.recipe;

import io.tiepoint.core.check.Check;
import io.tiepoint.core.random.Draws;

/**
 * How many of something there are.
 *
 * @param min the smallest number
 * @param max the largest number, inclusive
 */
public record Count(int min, int max) {
    /** Checks that the interval is one. */
    public Count {
        Check.that(min >= 0 && min <= max, "count: expected 0 <= min <= max, found %s to %s", min, max);
    }

    /** Draws uniformly. */
    public int draw(Draws draws) {
        return draws.nextInt(min, max + 1);
    }
}
