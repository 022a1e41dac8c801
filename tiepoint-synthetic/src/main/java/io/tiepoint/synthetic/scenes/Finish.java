package io.tiepoint.synthetic.scenes;

/** How a surface answers light. */
public enum Finish {
    /** Scatters it evenly. */
    MATTE,
    /** Mirrors the sky; multi-view stereo finds no depth on it. */
    GLASS,
    /** Lets some of it through. */
    FOLIAGE,
    /** Shines by itself. */
    LAMP
}
