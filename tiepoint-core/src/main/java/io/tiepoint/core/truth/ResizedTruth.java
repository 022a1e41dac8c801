package io.tiepoint.core.truth;

import io.tiepoint.core.image.ImageSize;

/**
 * The truth of two views whose images were resized afterwards, which is more exact than resizing what is known of them, such as
 * depth.
 *
 * @param truth of the views as they were
 * @param scale0 resized px of view 0 for each of its px
 * @param scale1 likewise of view 1
 */
public record ResizedTruth(TwoViewTruth truth, Scale scale0, Scale scale1) implements TwoViewTruth {
    /**
     * Px of a resized image for each px of the image.
     *
     * @param x to the right
     * @param y downwards
     */
    public record Scale(double x, double y) {
        /** From one size to another. */
        public static Scale of(ImageSize from, ImageSize to) {
            return new Scale(to.width() / (double) from.width(), to.height() / (double) from.height());
        }
    }

    @Override
    public PointTruth locate(double x0, double y0) {
        PointTruth located = truth.locate(x0 / scale0.x, y0 / scale0.y);
        return new PointTruth(located.reason(), located.x() * scale1.x, located.y() * scale1.y);
    }

    @Override
    public TwoViewTruth reversed() {
        return new ResizedTruth(truth.reversed(), scale1, scale0);
    }
}
