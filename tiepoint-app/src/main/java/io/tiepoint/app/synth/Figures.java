package io.tiepoint.app.synth;

/** Names of what a report measures of pairs and depth. */
final class Figures {
    static final String ROTATION = "rotation (degrees)";
    static final String SCALE = "scale (log2)";
    static final String OVERLAP = "overlap";
    static final String UNKNOWN = "unknown";
    static final String PARALLAX = "parallax (% of the diagonal)";
    static final String OCCLUSION = "occlusion share";
    static final String OUT_OF_FRAME = "out-of-frame share";
    static final String SKY = "sky share";
    static final String HOLES = "hole share";
    static final String BASELINE = "baseline over depth";
    static final String VIEW_ANGLE = "angle between the views (degrees)";
    static final String DEPTH_RANGE = "depth range (log2)";

    private Figures() {}
}
