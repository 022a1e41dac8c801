package io.tiepoint.synthetic.images;

import io.tiepoint.core.geometry.Homography;
import io.tiepoint.core.image.GrayImage;
import io.tiepoint.core.image.ImageSize;
import io.tiepoint.synthetic.homography.WarpSource;

/**
 * An image that has not been cut out of its source yet: who warps it warps the source itself, once instead of twice.
 *
 * @param source shows the image, and maybe more around it
 * @param imageFromSource px in {@link io.tiepoint.core.geometry.PixelFrame#CORNER} on both sides
 * @param size of the image
 */
public record Cutout(WarpSource source, Homography imageFromSource, ImageSize size) {
    /** An image that is its own source. */
    public static Cutout of(GrayImage image) {
        return new Cutout(WarpSource.of(image), Homography.IDENTITY, image.size());
    }
}
