package io.tiepoint.core.geometry;

/**
 * How a lens moves points in the plane of depth 1, in units of the focal length. Different points stay different: what lies beyond
 * the radius from which a model turns back on itself is not seen. Immutable.
 */
public interface LensDistortion {
    /** A point that the lens does not show. */
    PixelPoint NOWHERE = new PixelPoint(Double.NaN, Double.NaN);

    /** Where a point of the plane is seen; {@link #NOWHERE} if it is not. */
    PixelPoint distort(double x, double y);

    /** The point of the plane that is seen at a place, to 1e-12; {@link #NOWHERE} if there is none. */
    PixelPoint undistort(double x, double y);
}
