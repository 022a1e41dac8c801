package io.tiepoint.core.image;

import io.tiepoint.core.check.Check;
import java.util.Arrays;

/**
 * A grey image, float32, row by row from the top, nominally in [0, 1]. Positions are in
 * {@link io.tiepoint.core.geometry.PixelFrame#CORNER}: the centre of the first pixel is (0.5, 0.5).
 */
public final class GrayImage {
    private final int width;
    private final int height;
    private final float[] pixels;

    private GrayImage(int width, int height, float[] pixels) {
        ImageSize size = new ImageSize(width, height);
        Check.that(
                pixels.length == width * height,
                "pixels: expected %s values for %s px, found %s",
                width * height,
                size,
                pixels.length);
        this.width = width;
        this.height = height;
        this.pixels = pixels;
    }

    /** Copies the values; [H W] row-major. */
    public static GrayImage of(int width, int height, float[] pixels) {
        return new GrayImage(width, height, pixels.clone());
    }

    /** Takes the values over without copying them; the caller may not write to the array afterwards. */
    public static GrayImage wrap(int width, int height, float[] pixels) {
        return new GrayImage(width, height, pixels);
    }

    /** Width in px. */
    public int width() {
        return width;
    }

    /** Height in px. */
    public int height() {
        return height;
    }

    /** Width and height. */
    public ImageSize size() {
        return new ImageSize(width, height);
    }

    /** The value of one pixel. */
    public float at(int column, int row) {
        return pixels[row * width + column];
    }

    /**
     * The values themselves, [H W] row-major, for loops over all pixels. Never write to them: an image does not change.
     */
    public float[] pixels() {
        return pixels;
    }

    /** Bilinear value at a position; beyond the centres of the outermost pixels the nearest ones count. */
    public float sample(double x, double y) {
        double u = Math.min(Math.max(x - 0.5, 0), width - 1);
        double v = Math.min(Math.max(y - 0.5, 0), height - 1);
        int column = Math.min((int) u, Math.max(width - 2, 0));
        int row = Math.min((int) v, Math.max(height - 2, 0));
        float fractionX = (float) (u - column);
        float fractionY = (float) (v - row);
        int index = row * width + column;
        int right = width > 1 ? 1 : 0;
        int below = height > 1 ? width : 0;
        float top = pixels[index] + fractionX * (pixels[index + right] - pixels[index]);
        float bottom = pixels[index + below] + fractionX * (pixels[index + below + right] - pixels[index + below]);
        return top + fractionY * (bottom - top);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof GrayImage that
                && width == that.width
                && height == that.height
                && Arrays.equals(pixels, that.pixels);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * width + height) + Arrays.hashCode(pixels);
    }

    @Override
    public String toString() {
        return "GrayImage[" + size() + "]";
    }
}
