package io.tiepoint.core.features;

import io.tiepoint.core.check.Check;

/**
 * When LightGlue stops before its last layer, and which keypoints it drops on the way: easy pairs take less time than hard ones.
 *
 * @param depthConfidence it stops when more than this share of the keypoints is confident of their match; 0 or less for never
 * @param widthConfidence a keypoint is dropped when it is this sure to have no match; 0 or less for never
 * @see <a href="https://arxiv.org/abs/2306.13643">Lindenberger et al., LightGlue, 2023, section 3.3</a>
 */
public record Adaptivity(double depthConfidence, double widthConfidence) {
    /** All layers for all keypoints. */
    public static final Adaptivity NONE = new Adaptivity(-1, -1);

    /** The published values: 0.95 and 0.99. */
    public static final Adaptivity PUBLISHED = new Adaptivity(0.95, 0.99);

    /** Checks the values. */
    public Adaptivity {
        Check.that(depthConfidence <= 1, "depthConfidence: expected at most 1, found %s", depthConfidence);
        Check.that(widthConfidence <= 1, "widthConfidence: expected at most 1, found %s", widthConfidence);
    }

    /** Whether it may stop early. */
    public boolean stops() {
        return depthConfidence > 0;
    }

    /** Whether it may drop keypoints. */
    public boolean drops() {
        return widthConfidence > 0;
    }

    /** Confidence from which on a keypoint counts as confident after a layer: less the deeper the layer. */
    public static float confidenceThreshold(int layer, int layers) {
        return (float) Math.min(Math.max(0.8 + 0.1 * StrictMath.exp(-4.0 * layer / layers), 0), 1);
    }

    /** Share of confident keypoints above which it stops; above 1 for never. */
    public float stopShare() {
        return stops() ? (float) depthConfidence : 2;
    }

    /** Matchability up to which a keypoint is dropped; below 0 for never. */
    public float dropLimit() {
        return drops() ? (float) (1 - widthConfidence) : -1;
    }
}
