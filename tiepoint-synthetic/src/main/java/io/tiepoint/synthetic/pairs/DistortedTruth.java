package io.tiepoint.synthetic.pairs;

import io.tiepoint.core.geometry.Homography;
import io.tiepoint.core.geometry.PixelPoint;
import io.tiepoint.core.image.ImageSize;
import io.tiepoint.core.truth.HomographyTruth;
import io.tiepoint.core.truth.PointTruth;
import io.tiepoint.core.truth.Reason;
import io.tiepoint.core.truth.TwoViewTruth;
import io.tiepoint.synthetic.distortion.Distortion;

/**
 * Two views of a plane of which the second one is distorted.
 *
 * @param ideal1From0 maps view 0 to view 1 as it would be without the distortion; px in
 *     {@link io.tiepoint.core.geometry.PixelFrame#CORNER}
 * @param distortion of view 1
 * @param size0 size of view 0
 * @param size1 size of view 1
 */
public record DistortedTruth(Homography ideal1From0, Distortion distortion, ImageSize size0, ImageSize size1)
        implements TwoViewTruth {
    @Override
    public PointTruth locate(double x0, double y0) {
        PointTruth ideal = new HomographyTruth(ideal1From0, size0, size1).locate(x0, y0);
        if (ideal.reason() == Reason.BEHIND_CAMERA) {
            return ideal;
        }
        return located(distortion.fromIdeal(ideal.x(), ideal.y()), size1);
    }

    private static PointTruth located(PixelPoint point, ImageSize size) {
        boolean inside = size.contains(point.x(), point.y());
        return new PointTruth(inside ? Reason.VISIBLE : Reason.OUT_OF_FRAME, point.x(), point.y());
    }

    @Override
    public TwoViewTruth reversed() {
        return new Reversed(this);
    }

    /** The same two views, asked from the distorted one. */
    private record Reversed(DistortedTruth truth) implements TwoViewTruth {
        @Override
        public PointTruth locate(double x1, double y1) {
            PixelPoint ideal = truth.distortion.toIdeal(x1, y1);
            if (Double.isNaN(ideal.x())) {
                return PointTruth.nowhere(Reason.OUT_OF_FRAME);
            }
            return new HomographyTruth(truth.ideal1From0, truth.size0, truth.size1)
                    .reversed()
                    .locate(ideal.x(), ideal.y());
        }

        @Override
        public TwoViewTruth reversed() {
            return truth;
        }
    }
}
