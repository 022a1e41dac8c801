package io.tiepoint.core.geometry;

/**
 * Where an image's coordinates are counted from. Inside Tiepoint there is one frame, {@link #CORNER}, so that resizing is a
 * multiplication; other frames exist only at the edge, in files and foreign libraries.
 */
public enum PixelFrame {
    /** The image's top-left corner is (0, 0) and the centre of its first pixel (0.5, 0.5), as COLMAP counts. */
    CORNER(0.0),
    /** The centre of the first pixel is (0, 0), as OpenCV, hloc and SuperPoint count. */
    CENTRE(-0.5);

    private final double offsetFromCorner;

    PixelFrame(double offsetFromCorner) {
        this.offsetFromCorner = offsetFromCorner;
    }

    /** Converts one coordinate, x or y, from {@link #CORNER} to this frame; px. */
    public double fromCorner(double coordinate) {
        return coordinate + offsetFromCorner;
    }

    /** Converts one coordinate, x or y, from this frame to {@link #CORNER}; px. */
    public double toCorner(double coordinate) {
        return coordinate - offsetFromCorner;
    }
}
