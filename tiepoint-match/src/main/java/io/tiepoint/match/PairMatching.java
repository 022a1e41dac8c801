package io.tiepoint.match;

import io.tiepoint.core.features.LocalFeatures;
import io.tiepoint.core.features.Matches;
import io.tiepoint.core.geometry.PixelPoint;

/**
 * Two matched images; px of the images as they were given, {@link io.tiepoint.core.geometry.PixelFrame#CORNER}.
 *
 * @param features0 of image 0
 * @param features1 of image 1
 * @param matches pairs of their keypoints
 * @param timings how long it took
 */
public record PairMatching(LocalFeatures features0, LocalFeatures features1, Matches matches, Timings timings) {
    /**
     * Durations on the wall clock.
     *
     * @param extractionMs of both images, resizing included
     * @param matchingMs of the pair, refinement included
     */
    public record Timings(double extractionMs, double matchingMs) {}

    /** Where a match lies in image 0. */
    public PixelPoint point0(int match) {
        return features0.keypoints().point(matches.index0(match));
    }

    /** Where a match lies in image 1. */
    public PixelPoint point1(int match) {
        return features1.keypoints().point(matches.index1(match));
    }
}
