package io.tiepoint.match.nearest;

import io.tiepoint.core.check.Check;
import org.jspecify.annotations.Nullable;

/**
 * Which of the mutually nearest descriptors are matches.
 *
 * @param minSimilarity smallest cosine; -1 takes all
 * @param maxRatio Lowe's test, in both directions: the distance of the nearest divided by that of the second nearest is below
 *     this; 1 takes all
 * @param dualSoftmax judges by probabilities instead of similarities; null for no
 */
public record NearestOptions(
        double minSimilarity, double maxRatio, @Nullable DualSoftmax dualSoftmax) {
    /** Mutually nearest, and nothing else. */
    public static final NearestOptions MUTUAL = new NearestOptions(-1, 1, null);

    /** Mutually nearest with a ratio below 0.8 (Lowe, 2004). */
    public static final NearestOptions RATIO = new NearestOptions(-1, 0.8, null);

    /** A probability of at least 0.2 at temperature 0.05, for descriptors that say nothing of their own temperature. */
    public static final NearestOptions DUAL_SOFTMAX = new NearestOptions(-1, 1, new DualSoftmax(0.05, 0.2));

    /**
     * The same for descriptors that are no further apart than this: vectors of norm 1 with the cosine c have the distance
     * sqrt(2 - 2 c). Magic Leap's demo takes mutually nearest ones within 0.7.
     *
     * @param distance in (0, 2]; 2 takes all
     */
    public NearestOptions withMaxDistance(double distance) {
        Check.that(distance > 0 && distance <= 2, "maxDistance: expected in (0, 2], found %s", distance);
        return new NearestOptions(1 - distance * distance / 2, maxRatio, dualSoftmax);
    }

    /** Checks the values. */
    public NearestOptions {
        Check.that(
                minSimilarity >= -1 && minSimilarity <= 1,
                "minSimilarity: expected in [-1, 1], found %s",
                minSimilarity);
        Check.that(maxRatio > 0 && maxRatio <= 1, "maxRatio: expected in (0, 1], found %s", maxRatio);
    }

    /**
     * The probability of a match is the softmax over its row times the softmax over its column; mutually largest ones are taken.
     *
     * @param temperature similarities are divided by it; the trained descriptor's own where it has one
     * @param minProbability smallest probability of a match
     * @see <a href="https://arxiv.org/abs/1810.10510">Rocco et al., Neighbourhood Consensus Networks, 2018</a>
     */
    public record DualSoftmax(double temperature, double minProbability) {
        /** Checks the values; below 0.005 the sums would underflow. */
        public DualSoftmax {
            Check.that(
                    temperature >= 0.005 && Double.isFinite(temperature),
                    "temperature: expected >= 0.005, found %s",
                    temperature);
            Check.that(
                    minProbability >= 0 && minProbability <= 1,
                    "minProbability: expected in [0, 1], found %s",
                    minProbability);
        }
    }
}
