package io.tiepoint.core.truth;

/** Says for a point of view 0 where it is in view 1 and what is known of it; one concept for every kind of pair. */
public interface TwoViewTruth {
    /** Where a point of view 0 lies in view 1; px in {@link io.tiepoint.core.geometry.PixelFrame#CORNER}. */
    PointTruth locate(double x0, double y0);

    /** The truth of the same two views, asked from view 1. */
    TwoViewTruth reversed();
}
