package io.tiepoint.evaluate;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How well a detector finds corners.
 *
 * @param distancePx a detection is right within this distance
 * @param meanAveragePrecision mean over the primitives that have corners
 * @param pooledAveragePrecision over all images together, those without corners too
 * @param localisationErrorPx mean distance of the right detections to their corners; null without any
 * @param primitives each alone
 */
public record DetectorSummary(
        double distancePx,
        Estimate meanAveragePrecision,
        double pooledAveragePrecision,
        @Nullable Estimate localisationErrorPx,
        List<Primitive> primitives) {
    /**
     * One primitive.
     *
     * @param name such as {@code cube}
     * @param images number of images
     * @param corners number of corners in them
     * @param detectionsPerImage right and wrong
     * @param averagePrecision null for a primitive without corners
     * @param localisationErrorPx null without any right detection
     */
    public record Primitive(
            String name,
            int images,
            int corners,
            double detectionsPerImage,
            @Nullable Double averagePrecision,
            @Nullable Double localisationErrorPx) {}
}
