package io.tiepoint.match.geometry;

import io.tiepoint.core.check.Check;
import io.tiepoint.core.geometry.GeometryModel;
import org.jspecify.annotations.Nullable;

/**
 * How a geometry is estimated.
 *
 * @param model what is estimated
 * @param thresholdPx largest error of an inlier, in view 1: transfer error of a homography, Sampson distance of the others
 * @param confidence probability that the best geometry was among the trials
 * @param maxIterations at most so many trials
 * @param minInliers fewer count as no geometry: chance alone explains a few matches
 * @param intrinsics0 camera of view 0; only for {@link GeometryModel#ESSENTIAL}
 * @param intrinsics1 camera of view 1; only for {@link GeometryModel#ESSENTIAL}
 */
public record RobustOptions(
        GeometryModel model,
        double thresholdPx,
        double confidence,
        int maxIterations,
        int minInliers,
        @Nullable Intrinsics intrinsics0,
        @Nullable Intrinsics intrinsics1) {
    /** Checks the values. */
    public RobustOptions {
        Check.that(
                thresholdPx > 0 && Double.isFinite(thresholdPx), "thresholdPx: expected > 0 px, found %s", thresholdPx);
        Check.that(confidence > 0 && confidence < 1, "confidence: expected in (0, 1), found %s", confidence);
        Check.that(maxIterations > 0, "maxIterations: expected > 0, found %s", maxIterations);
        Check.that(
                minInliers >= model.minimalMatches(),
                "minInliers: expected >= %s for %s, found %s",
                model.minimalMatches(),
                model,
                minInliers);
        int cameras = (intrinsics0 == null ? 0 : 1) + (intrinsics1 == null ? 0 : 1);
        Check.that(
                cameras == (model == GeometryModel.ESSENTIAL ? 2 : 0),
                "intrinsics: expected two cameras for ESSENTIAL and none otherwise, found %s for %s",
                cameras,
                model);
    }

    /** A homography: 3 px, confidence 0.9999, 10,000 trials, 8 inliers. */
    public static RobustOptions homography() {
        return new RobustOptions(GeometryModel.HOMOGRAPHY, 3.0, 0.9999, 10_000, 8, null, null);
    }

    /** A fundamental matrix: 2 px, confidence 0.9999, 10,000 trials, 16 inliers. */
    public static RobustOptions fundamental() {
        return new RobustOptions(GeometryModel.FUNDAMENTAL, 2.0, 0.9999, 10_000, 16, null, null);
    }

    /** An essential matrix: 2 px, confidence 0.9999, 10,000 trials, 16 inliers. */
    public static RobustOptions essential(Intrinsics intrinsics0, Intrinsics intrinsics1) {
        return new RobustOptions(GeometryModel.ESSENTIAL, 2.0, 0.9999, 10_000, 16, intrinsics0, intrinsics1);
    }

    /** The same with another threshold. */
    public RobustOptions withThresholdPx(double px) {
        return new RobustOptions(model, px, confidence, maxIterations, minInliers, intrinsics0, intrinsics1);
    }
}
