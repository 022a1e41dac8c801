package io.tiepoint.match;

import io.tiepoint.core.features.LocalFeatures;
import io.tiepoint.core.features.Matches;
import io.tiepoint.core.geometry.PixelPoint;
import java.util.Optional;

/**
 * Two matched images; px of the images as they were given, {@link io.tiepoint.core.geometry.PixelFrame#CORNER}.
 *
 * @param features0 of image 0
 * @param features1 of image 1
 * @param matches pairs of their keypoints
 * @param effort of a learned matcher that may stop early; none of others
 * @param timings how long it took
 */
public record PairMatching(
        LocalFeatures features0, LocalFeatures features1, Matches matches, Optional<Effort> effort, Timings timings) {
    /**
     * How far an adaptive matcher had to go.
     *
     * @param layers that were begun
     * @param allLayers that there are
     * @param dropped0 keypoints of image 0 that it dropped on the way
     * @param dropped1 keypoints of image 1
     */
    public record Effort(int layers, int allLayers, int dropped0, int dropped1) {}

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
