package io.tiepoint.synthetic.shapes;

/**
 * What is known of a corner, whether it can be seen or not.
 *
 * @param x exact position from the geometry; px in {@link io.tiepoint.core.geometry.PixelFrame#CORNER}
 * @param y likewise
 * @param kind what meets there
 * @param visibility whether it can be seen
 */
public record CornerLabel(double x, double y, JunctionKind kind, Visibility visibility) {
    /** Whether a corner can be seen. The order is the number in files. */
    public enum Visibility {
        /** In the image, with nothing before it. */
        VISIBLE,
        /** In the image, behind something that was drawn later. */
        HIDDEN,
        /** Outside the image. */
        OUT_OF_FRAME
    }
}
