package io.tiepoint.synthetic.images;

/** Kinds of texture. */
public enum TextureKind {
    /** Clouds, rock, plaster: noise whose amplitude falls with the frequency. */
    FRACTAL,
    /** Noise of one scale: gravel, fabric. */
    BAND,
    /** Cells about random points, with joints. */
    VORONOI,
    /** Courses of bricks. */
    BRICKS,
    /** A grid of tiles, or a checkerboard. */
    TILES,
    /** Bars of random widths. */
    STRIPES,
    /** Lines of text. */
    GLYPHS,
    /** Overlapping discs of all sizes: pebbles. */
    PEBBLES,
    /** Overlapping leaves. */
    FOLIAGE,
    /** Blades, cracks, scratches. */
    STROKES,
    /** Rows of windows. */
    WINDOWS,
    /** Grain of wood, veins of marble. */
    GRAIN
}
