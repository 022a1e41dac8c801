package io.tiepoint.evaluate;

/**
 * Wall-clock times of one pair, or their medians.
 *
 * @param extractionMs keypoints and descriptors of both views, ms
 * @param matchingMs refinement included, ms
 * @param verificationMs robust estimation of the homography, ms
 * @param totalMs the three together, ms; of medians, the median of the totals
 */
public record StageTimes(double extractionMs, double matchingMs, double verificationMs, double totalMs) {
    /** Times of one pair. */
    public static StageTimes of(double extractionMs, double matchingMs, double verificationMs) {
        return new StageTimes(extractionMs, matchingMs, verificationMs, extractionMs + matchingMs + verificationMs);
    }
}
