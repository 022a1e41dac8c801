package io.tiepoint.synthetic.shapes;

/** The nine kinds of synthetic shapes of SuperPoint (DeTone et al., 2018). */
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
    GAUSSIAN_NOISE
}
