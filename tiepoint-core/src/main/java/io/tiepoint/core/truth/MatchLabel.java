package io.tiepoint.core.truth;

/** What is known of the match of a point. */
public enum MatchLabel {
    /** The point is visible in both views, at a known position. */
    MATCHED,
    /** The point is certainly not visible in the other view. */
    UNMATCHED,
    /** Nothing may be concluded; never trained as unmatched and never counted as wrong. */
    UNKNOWN
}
