package io.tiepoint.interop.hpatches;

import io.tiepoint.core.check.Check;
import io.tiepoint.core.geometry.PixelFrame;

/**
 * How the HPatches sequences are read.
 *
 * @param shortSidePx images are resized so that their shorter side has this many px
 * @param skipLargeScenes leaves out the eight scenes with the largest images, as evaluations have done since D2-Net
 * @param homographyFrame the pixel frame that the files {@code H_1_2} count in. The data set does not say. Nearly everybody
 *     applies them to OpenCV's coordinates, {@link PixelFrame#CENTRE}; glue-factory applies them to
 *     {@link PixelFrame#CORNER}. For a scale change of s the two differ by (s - 1) / 2 px.
 */
public record HPatchesOptions(int shortSidePx, boolean skipLargeScenes, PixelFrame homographyFrame) {
    /** Shorter side 480 px, 108 of the 116 scenes (540 pairs), OpenCV's frame. */
    public static final HPatchesOptions DEFAULT = new HPatchesOptions(480, true, PixelFrame.CENTRE);

    /** Checks the values. */
    public HPatchesOptions {
        Check.that(shortSidePx > 0, "shortSidePx: expected > 0 px, found %s", shortSidePx);
    }
}
