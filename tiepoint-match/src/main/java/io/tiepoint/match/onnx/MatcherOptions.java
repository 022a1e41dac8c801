package io.tiepoint.match.onnx;

import io.tiepoint.core.check.Check;
import io.tiepoint.core.features.Adaptivity;

/**
 * How a learned matcher works.
 *
 * @param minScore smallest probability of a match
 * @param threads that work on one pair
 * @param adaptivity when it may stop early and drop keypoints, if it can
 */
public record MatcherOptions(double minScore, int threads, Adaptivity adaptivity) {
    /** Probability 0.1 (LightGlue's published value), one thread, all layers for all keypoints. */
    public static final MatcherOptions DEFAULT = new MatcherOptions(0.1, 1);

    /** All layers for all keypoints. */
    public MatcherOptions(double minScore, int threads) {
        this(minScore, threads, Adaptivity.NONE);
    }

    /** Checks the values. */
    public MatcherOptions {
        Check.that(minScore >= 0 && minScore < 1, "minScore: expected in [0, 1), found %s", minScore);
        Check.that(threads > 0, "threads: expected > 0, found %s", threads);
    }

    /** The same with another adaptivity. */
    public MatcherOptions with(Adaptivity other) {
        return new MatcherOptions(minScore, threads, other);
    }
}
