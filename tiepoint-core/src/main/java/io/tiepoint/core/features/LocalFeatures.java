package io.tiepoint.core.features;

import io.tiepoint.core.check.Check;
import io.tiepoint.core.image.ImageSize;

/**
 * What an extractor found in one image.
 *
 * @param keypoints N locations, px of the image as it was given to the extractor
 * @param descriptors [N D] one for each keypoint
 * @param imageSize size of that image
 */
public record LocalFeatures(Keypoints keypoints, Descriptors descriptors, ImageSize imageSize) {
    /** Checks that each keypoint has its descriptor. */
    public LocalFeatures {
        Check.that(
                keypoints.size() == descriptors.size(),
                "descriptors: expected one for each of %s keypoints, found %s",
                keypoints.size(),
                descriptors.size());
    }

    /** Number of keypoints. */
    public int size() {
        return keypoints.size();
    }

    /** The same features with each keypoint moved. */
    public LocalFeatures withKeypoints(Keypoints moved) {
        return new LocalFeatures(moved, descriptors, imageSize);
    }

    /** The chosen ones, in the given order. */
    public LocalFeatures select(int[] indices) {
        return new LocalFeatures(keypoints.select(indices), descriptors.select(indices), imageSize);
    }
}
