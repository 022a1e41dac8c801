package io.tiepoint.core.image;

/** Turns an image by a multiple of 90 degrees, pixel by pixel, without loss. */
public enum QuarterTurn {
    /** By 90 degrees clockwise, as the image is looked at. */
    RIGHT(6) {
        @Override
        public double xBefore(double x, double y, ImageSize size) {
            return y;
        }

        @Override
        public double yBefore(double x, double y, ImageSize size) {
            return size.height() - x;
        }
    },
    /** By 180 degrees. */
    HALF(3) {
        @Override
        public double xBefore(double x, double y, ImageSize size) {
            return size.width() - x;
        }

        @Override
        public double yBefore(double x, double y, ImageSize size) {
            return size.height() - y;
        }
    },
    /** By 90 degrees anticlockwise. */
    LEFT(8) {
        @Override
        public double xBefore(double x, double y, ImageSize size) {
            return size.width() - y;
        }

        @Override
        public double yBefore(double x, double y, ImageSize size) {
            return x;
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
     * Where a point of the turned image was before, from left to right; px.
     *
     * @param x px, corner frame, of the turned image
     * @param y likewise
     * @param size of the image before it was turned
     */
    public abstract double xBefore(double x, double y, ImageSize size);

    /** Likewise from top to bottom. */
    public abstract double yBefore(double x, double y, ImageSize size);
}
