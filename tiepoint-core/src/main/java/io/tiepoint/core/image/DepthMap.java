package io.tiepoint.core.image;

import io.tiepoint.core.check.Check;
import java.util.Arrays;

/**
 * How far along its camera's axis each pixel sees, at the pixel's centre: z, not the distance from the eye. float32, row by row
 * from the top. {@link #HOLE} where nothing is known, {@link #SKY} where there is nothing.
 */
public final class DepthMap {
    /** Nothing is known, as in the files of MegaDepth and COLMAP. */
    public static final float HOLE = 0f;

    /** Infinitely far. */
    public static final float SKY = Float.POSITIVE_INFINITY;

    private final int width;
    private final int height;
    private final float[] depths;

    private DepthMap(int width, int height, float[] depths) {
        ImageSize size = new ImageSize(width, height);
        Check.that(
                depths.length == width * height,
                "depths: expected %s values for %s px, found %s",
                width * height,
                size,
                depths.length);
        this.width = width;
        this.height = height;
        this.depths = depths;
    }

    /**
     * Takes the values over without copying them; the caller may not write to the array afterwards.
     *
     * @param depths [H W] row-major; what is negative or NaN counts as a hole
     */
    public static DepthMap wrap(int width, int height, float[] depths) {
        return new DepthMap(width, height, depths);
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

    /** The depth of one pixel. */
    public float at(int column, int row) {
        return depths[row * width + column];
    }

    /** Whether nothing is known of a pixel. */
    public boolean isHole(int column, int row) {
        return !(at(column, row) > 0);
    }

    /** Whether a pixel sees the sky. */
    public boolean isSky(int column, int row) {
        return at(column, row) == SKY;
    }

    /** Share of the pixels of which nothing is known. */
    public double holeShare() {
        int holes = 0;
        for (float depth : depths) {
            if (!(depth > 0)) {
                holes++;
            }
        }
        return holes / (double) depths.length;
    }

    /** The values themselves, [H W] row-major, for loops over all pixels. Never write to them: a map does not change. */
    public float[] depths() {
        return depths;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DepthMap that
                && width == that.width
                && height == that.height
                && Arrays.equals(depths, that.depths);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * width + height) + Arrays.hashCode(depths);
    }

    @Override
    public String toString() {
        return "DepthMap[" + size() + "]";
    }
}
