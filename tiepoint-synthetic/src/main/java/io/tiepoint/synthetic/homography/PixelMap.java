package io.tiepoint.synthetic.homography;

import io.tiepoint.core.geometry.PixelPoint;

/** Says for a point of one image where it is in another one; NaN if nowhere; px. */
@FunctionalInterface
public interface PixelMap {
    /** Maps a point. */
    PixelPoint map(double x, double y);
}
