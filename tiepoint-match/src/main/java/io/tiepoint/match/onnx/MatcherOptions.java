package io.tiepoint.match.onnx;

import io.tiepoint.core.check.Check;

/**
 * How a learned matcher works.
 *
 * @param minScore smallest probability of a match
 * @param threads that work on one pair
 */
public record MatcherOptions(double minScore, int threads) {
    /** Probability 0.1 (LightGlue's published value), one thread. */
    public static final MatcherOptions DEFAULT = new MatcherOptions(0.1, 1);

    /** Checks the values. */
    public MatcherOptions {
        Check.that(minScore >= 0 && minScore < 1, "minScore: expected in [0, 1), found %s", minScore);
        Check.that(threads > 0, "threads: expected > 0, found %s", threads);
    }
}
