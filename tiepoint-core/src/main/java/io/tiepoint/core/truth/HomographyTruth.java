package io.tiepoint.core.truth;

import io.tiepoint.core.geometry.Homography;
import io.tiepoint.core.geometry.PixelPoint;
import io.tiepoint.core.image.ImageSize;

/**
 * Two views of one plane.
 *
 * @param h1From0 maps view 0 to view 1; px in {@link io.tiepoint.core.geometry.PixelFrame#CORNER}
 * @param size0 size of view 0
 * @param size1 size of view 1
 */
public record HomographyTruth(Homography h1From0, ImageSize size0, ImageSize size1) implements TwoViewTruth {
    @Override
    public PointTruth locate(double x0, double y0) {
        // The middle of view 0 lies in front of the horizon; what has the other sign lies behind it.
        double inFront = h1From0.weight(size0.width() / 2.0, size0.height() / 2.0);
        if (h1From0.weight(x0, y0) * inFront <= 0) {
            return PointTruth.nowhere(Reason.BEHIND_CAMERA);
        }
        PixelPoint point1 = h1From0.map(x0, y0);
        boolean inside = size1.contains(point1.x(), point1.y());
        return new PointTruth(inside ? Reason.VISIBLE : Reason.OUT_OF_FRAME, point1.x(), point1.y());
    }

    @Override
    public TwoViewTruth reversed() {
        return new HomographyTruth(h1From0.inverse(), size1, size0);
    }
}
