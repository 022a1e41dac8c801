package io.tiepoint.core.geometry;

/**
 * A position in an image.
 *
 * @param x px to the right, {@link PixelFrame#CORNER} unless said otherwise
 * @param y px downwards
 */
public record PixelPoint(double x, double y) {
    /** Distance to another point, px. */
    public double distanceTo(PixelPoint other) {
        return StrictMath.sqrt((x - other.x) * (x - other.x) + (y - other.y) * (y - other.y));
    }
}
