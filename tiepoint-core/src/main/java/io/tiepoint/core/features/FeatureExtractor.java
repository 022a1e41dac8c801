package io.tiepoint.core.features;

import io.tiepoint.core.image.GrayImage;

/**
 * Finds keypoints in an image and describes them. An image of any size gives a result, if only an empty one. Safe for use by
 * several threads.
 */
public interface FeatureExtractor extends AutoCloseable {
    /** Name for reports, such as {@code tiepoint-s} or {@code sift}. */
    String name();

    /** Extracts, best keypoint first; never more than the implementation was opened for. */
    LocalFeatures extract(GrayImage image);

    @Override
    void close();
}
