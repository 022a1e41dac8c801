package io.tiepoint.core.features;

import io.tiepoint.core.image.GrayImage;

/** Looks at the images once more to make the matches of their features more exact. Safe for use by several threads. */
public interface MatchRefiner {
    /** Leaves everything as it is. */
    MatchRefiner NONE = (images, features0, features1, matches) -> new Refined(features1.keypoints(), matches);

    /**
     * The two images as they are, which may show more than the extractor saw of them.
     *
     * @param image0 of {@code features0}, which may be given in px of a smaller {@link LocalFeatures#imageSize}
     * @param image1 of {@code features1}, likewise
     */
    record Images(GrayImage image0, GrayImage image1) {}

    /**
     * What it found.
     *
     * @param keypoints1 of view 1, as many and in the same order, the matched ones moved to where view 1 shows the keypoint of view 0
     * @param matches those of the given ones that the images bear out
     */
    record Refined(Keypoints keypoints1, Matches matches) {}

    /** Refines; the keypoints of view 0 stay where they are. */
    Refined refine(Images images, LocalFeatures features0, LocalFeatures features1, Matches matches);
}
