package io.tiepoint.core.truth;

/**
 * What is known of a point of one view in the other view.
 *
 * @param reason why it has its label
 * @param x position in the other view, px in {@link io.tiepoint.core.geometry.PixelFrame#CORNER}; exact if the label is
 *     {@link MatchLabel#MATCHED}; NaN where there is none
 * @param y likewise
 */
public record PointTruth(Reason reason, double x, double y) {
    /** A point without a position in the other view. */
    public static PointTruth nowhere(Reason reason) {
        return new PointTruth(reason, Double.NaN, Double.NaN);
    }

    /** Matched, unmatched or unknown. */
    public MatchLabel label() {
        return reason.label();
    }
}
