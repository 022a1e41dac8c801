package io.tiepoint.train.stage;

import java.util.Locale;

/** The stages of a training, in their order. */
public enum Stage {
    /** A corner detector from synthetic shapes. */
    CORNERS,
    /** Homographic adaptation: images get labels. */
    ADAPT,
    /** Detector and descriptor together. */
    FEATURES,
    /** The matcher. */
    MATCHING;

    /** Name of the stage's folder and command. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
