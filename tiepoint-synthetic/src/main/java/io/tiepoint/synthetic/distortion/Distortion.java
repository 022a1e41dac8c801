package io.tiepoint.synthetic.distortion;

import io.tiepoint.core.geometry.PixelPoint;

/**
 * What a lens, a shutter or a bent surface does to the ideal image of a plane. Both images have the same size; px in
 * {@link io.tiepoint.core.geometry.PixelFrame#CORNER}. Different points of the real image are different points of the ideal one.
 * Immutable.
 */
public interface Distortion {
    /** A point that does not exist in the other image. */
    PixelPoint NOWHERE = new PixelPoint(Double.NaN, Double.NaN);

    /** Where a point of the real image lies in the ideal one; {@link #NOWHERE} beyond what the lens can see. */
    PixelPoint toIdeal(double x, double y);

    /** Where a point of the ideal image lies in the real one, to 1e-9 px; {@link #NOWHERE} if the camera does not see it. */
    PixelPoint fromIdeal(double x, double y);

    /** Its name, in a word. */
    String name();
}
