package io.tiepoint.core.truth;

/** Why a point has its label. */
public enum Reason {
    /** Visible in both views. */
    VISIBLE(MatchLabel.MATCHED),
    /** Outside the other image. */
    OUT_OF_FRAME(MatchLabel.UNMATCHED),
    /** Behind something else in the other view. */
    OCCLUDED(MatchLabel.UNMATCHED),
    /** Behind the other camera, or beyond a homography's horizon. */
    BEHIND_CAMERA(MatchLabel.UNMATCHED),
    /** Visible there, but no keypoint of the other view is near. */
    NO_KEYPOINT(MatchLabel.UNMATCHED),
    /** The depth map has a hole here. */
    NO_DEPTH(MatchLabel.UNKNOWN),
    /** Infinitely far, so that its depth says nothing. */
    SKY(MatchLabel.UNKNOWN),
    /** Between the match and the no-match threshold, or at a depth edge. */
    NEAR_BOUNDARY(MatchLabel.UNKNOWN);

    private final MatchLabel label;

    Reason(MatchLabel label) {
        this.label = label;
    }

    /** The label that follows from this reason. */
    public MatchLabel label() {
        return label;
    }
}
