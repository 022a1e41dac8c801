package io.tiepoint.core.features;

import io.tiepoint.core.check.Check;
import io.tiepoint.core.geometry.PixelFrame;

/** Keypoints as learned matchers take them: the image's middle is (0, 0) and its longer side goes from -1 to 1. */
public final class NormalisedKeypoints {
    private NormalisedKeypoints() {}

    /**
     * Positions alone.
     *
     * @param frame from whose origin the matcher's training counted
     * @return [N 2] x, y
     */
    public static float[] positions(LocalFeatures features, PixelFrame frame) {
        float middleX = features.imageSize().width() / 2f;
        float middleY = features.imageSize().height() / 2f;
        float half = Math.max(middleX, middleY);
        float[] positions = features.keypoints().positions();
        float shift = (float) frame.fromCorner(0);
        for (int i = 0; i < positions.length; i += 2) {
            positions[i] = (positions[i] + shift - middleX) / half;
            positions[i + 1] = (positions[i + 1] + shift - middleY) / half;
        }
        return positions;
    }

    /**
     * Positions with scale in px and orientation in radians.
     *
     * @return [N 4] x, y, scale, orientation
     * @throws IllegalArgumentException if the keypoints have none
     */
    public static float[] withScalesAndOrientations(LocalFeatures features, PixelFrame frame) {
        Keypoints keypoints = features.keypoints();
        Check.that(
                keypoints.isEmpty() || keypoints.hasScalesAndOrientations(),
                "keypoints: expected scales and orientations, found positions alone; take an extractor that measures them,"
                        + " such as SIFT");
        float[] positions = positions(features, frame);
        float[] all = new float[2 * positions.length];
        for (int i = 0; i < keypoints.size(); i++) {
            all[4 * i] = positions[2 * i];
            all[4 * i + 1] = positions[2 * i + 1];
            all[4 * i + 2] = keypoints.scale(i);
            all[4 * i + 3] = keypoints.orientation(i);
        }
        return all;
    }
}
