package io.tiepoint.core.image;

import io.tiepoint.core.check.Check;

/**
 * Size of an image.
 *
 * @param width px
 * @param height px
 */
public record ImageSize(int width, int height) {
    /** Checks that the image has at least one pixel. */
    public ImageSize {
        Check.that(width > 0 && height > 0, "image size: expected at least 1x1 px, found %sx%s", width, height);
    }

    /** Whether a point lies inside, in {@link io.tiepoint.core.geometry.PixelFrame#CORNER}. */
    public boolean contains(double x, double y) {
        return x >= 0 && y >= 0 && x < width && y < height;
    }

    @Override
    public String toString() {
        return width + "x" + height;
    }
}
