package io.tiepoint.core.image;

import io.tiepoint.core.geometry.PixelPoint;

/** Turns an image by a multiple of 90 degrees, pixel by pixel, without loss. */
public enum QuarterTurn {
    /** By 90 degrees clockwise, as the image is looked at. */
    RIGHT(6) {
        @Override
        public PixelPoint before(double x, double y, ImageSize size) {
            return new PixelPoint(y, size.height() - x);
        }
    },
    /** By 180 degrees. */
    HALF(3) {
        @Override
        public PixelPoint before(double x, double y, ImageSize size) {
            return new PixelPoint(size.width() - x, size.height() - y);
        }
    },
    /** By 90 degrees anticlockwise. */
    LEFT(8) {
        @Override
        public PixelPoint before(double x, double y, ImageSize size) {
            return new PixelPoint(size.width() - y, x);
        }
    };

    /** The same turn in EXIF. */
    private final int tag;

    QuarterTurn(int tag) {
        this.tag = tag;
    }

    /** Turns an image. */
    public GrayImage apply(GrayImage image) {
        return Orientation.ofTag(tag).apply(image);
    }

    /**
     * Where a point of the turned image was before.
     *
     * @param x px, corner frame, of the turned image
     * @param y likewise
     * @param size of the image before it was turned
     */
    public abstract PixelPoint before(double x, double y, ImageSize size);
}
