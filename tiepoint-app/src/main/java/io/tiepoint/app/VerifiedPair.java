package io.tiepoint.app;

import io.tiepoint.core.features.Keypoints;
import io.tiepoint.core.features.Matches;
import io.tiepoint.core.features.RobustEstimator;
import io.tiepoint.core.geometry.TwoViewGeometry;
import io.tiepoint.core.image.GrayImage;
import io.tiepoint.core.random.Seed;
import io.tiepoint.match.PairMatching;
import io.tiepoint.match.Tiepoint;
import java.util.Optional;

/**
 * A matched pair, and the geometry that most of its matches agree with.
 *
 * @param pair features and matches, px of the images as they were given
 * @param geometry none if nothing was verified, or no geometry explains the matches
 * @param verificationMs ms
 */
record VerifiedPair(PairMatching pair, Optional<TwoViewGeometry> geometry, double verificationMs) {
    /** The same images give the same geometry. */
    private static final Seed SEED = new Seed(0);

    /**
     * The way of one pair: extract, match, verify.
     *
     * @param estimator none if the matches are not verified
     */
    static VerifiedPair of(
            Tiepoint tiepoint, Optional<? extends RobustEstimator> estimator, GrayImage image0, GrayImage image1) {
        PairMatching pair = tiepoint.match(image0, image1);
        long start = System.nanoTime();
        Optional<TwoViewGeometry> geometry = estimator.flatMap(
                e -> e.estimate(pair.features0().keypoints(), pair.features1().keypoints(), pair.matches(), SEED));
        return new VerifiedPair(pair, geometry, millisecondsSince(start));
    }

    static double millisecondsSince(long startNanos) {
        return (System.nanoTime() - startNanos) / 1e6;
    }

    Keypoints keypoints0() {
        return pair.features0().keypoints();
    }

    Keypoints keypoints1() {
        return pair.features1().keypoints();
    }

    Matches matches() {
        return pair.matches();
    }

    double extractionMs() {
        return pair.timings().extractionMs();
    }

    double matchingMs() {
        return pair.timings().matchingMs();
    }

    double totalMs() {
        return extractionMs() + matchingMs() + verificationMs;
    }
}
