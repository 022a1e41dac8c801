package io.tiepoint.synthetic.shapes;

import java.util.List;

/** The nine kinds of synthetic shapes of SuperPoint (DeTone et al., 2018), and five that it lacks and photographs have. */
public enum Primitive {
    /** Line segments that do not cross; corners are their ends. */
    LINES,
    /** One filled polygon. */
    POLYGON,
    /** Many filled polygons that do not touch, each with its own texture. */
    MULTIPLE_POLYGONS,
    /** Filled ellipses: a hard negative without corners. */
    ELLIPSES,
    /** Line segments from one centre; corners are the tips and the centre. */
    STAR,
    /** A board in perspective; corners are all crossings of its grid. */
    CHECKERBOARD,
    /** Bars in perspective; corners are their ends. */
    STRIPES,
    /** A box seen from a direction that shows three faces and seven corners. */
    CUBE,
    /** Noise without shapes: a negative. */
    GAUSSIAN_NOISE,
    /** Curved lines and leaves; corners are the ends and tips. */
    CURVES,
    /** Lines thinner than a pixel or little thicker; corners are their ends and crossings. */
    WIRES,
    /** Words in real fonts; corners are those of the outlines. */
    LETTERS,
    /** Soft spots; their centres are labelled. */
    BLOBS,
    /** Polygons and ellipses that hide each other; corners are those that can be seen, and the Ts where outlines go behind. */
    LAYERS;

    /** The nine of SuperPoint; the others are our own. */
    public static final List<Primitive> PUBLISHED =
            List.of(LINES, POLYGON, MULTIPLE_POLYGONS, ELLIPSES, STAR, CHECKERBOARD, STRIPES, CUBE, GAUSSIAN_NOISE);
}
