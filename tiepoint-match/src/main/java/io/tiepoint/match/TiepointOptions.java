package io.tiepoint.match;

import io.tiepoint.core.check.Check;
import io.tiepoint.core.features.Adaptivity;

/**
 * How {@link Tiepoint} matches.
 *
 * @param maxKeypoints at most so many for each image
 * @param resizeLongerSidePx larger images are made so small for the network; 0 keeps every size. Results are in px of the images
 *     as they were given, whatever this is
 * @param threads at most so many at once
 * @param matcher which one
 * @param maxDistance with other matchers than {@link Matcher#LIGHTGLUE}: distance of matched descriptors of norm 1, at most; 2 takes all
 * @param adaptivity when a learned matcher may stop early and which keypoints it may drop, if it can
 * @param refine whether the images are looked at once more, see {@link io.tiepoint.match.refine.PatchAlignment}
 * @param tryTurned whether image 1 is also tried turned by quarters where next to nothing is found; with refinement only
 */
public record TiepointOptions(
        int maxKeypoints,
        int resizeLongerSidePx,
        int threads,
        Matcher matcher,
        double maxDistance,
        Adaptivity adaptivity,
        boolean refine,
        boolean tryTurned) {
    private static final double LARGEST_DISTANCE = 2;

    /** 1024 keypoints, at most 1024 px, all processors, nearest descriptors, refined. */
    public static final TiepointOptions DEFAULT = new TiepointOptions(
            1024,
            1024,
            Runtime.getRuntime().availableProcessors(),
            Matcher.NEAREST,
            LARGEST_DISTANCE,
            Adaptivity.PUBLISHED,
            true,
            true);

    /** Who finds the matches. */
    public enum Matcher {
        /** Mutually nearest descriptors: fast, and with refinement nearly as right as the learned matcher. */
        NEAREST,
        /** The learned matcher, which looks at all keypoints of both images: a second model, and the slowest. */
        LIGHTGLUE,
        /** Mutually nearest descriptors that are clearly nearer than the second nearest (Lowe's ratio test). */
        RATIO,
        /** Pairs of descriptors that are each other's most probable one. */
        DUAL_SOFTMAX
    }

    /** Checks the values. */
    public TiepointOptions {
        Check.that(maxKeypoints > 0, "maxKeypoints: expected > 0, found %s", maxKeypoints);
        Check.that(resizeLongerSidePx >= 0, "resizeLongerSidePx: expected >= 0 px, found %s", resizeLongerSidePx);
        Check.that(threads > 0, "threads: expected > 0, found %s", threads);
        Check.that(
                maxDistance > 0 && maxDistance <= LARGEST_DISTANCE,
                "maxDistance: expected in (0, 2], found %s",
                maxDistance);
    }

    /** The same with another number of keypoints. */
    public TiepointOptions withMaxKeypoints(int count) {
        return new TiepointOptions(
                count, resizeLongerSidePx, threads, matcher, maxDistance, adaptivity, refine, tryTurned);
    }

    /** The same with another size; 0 keeps every size. */
    public TiepointOptions withResizeLongerSidePx(int px) {
        return new TiepointOptions(maxKeypoints, px, threads, matcher, maxDistance, adaptivity, refine, tryTurned);
    }

    /** The same with another number of threads. */
    public TiepointOptions withThreads(int count) {
        return new TiepointOptions(
                maxKeypoints, resizeLongerSidePx, count, matcher, maxDistance, adaptivity, refine, tryTurned);
    }

    /** The same with another matcher. */
    public TiepointOptions withMatcher(Matcher other) {
        return new TiepointOptions(
                maxKeypoints, resizeLongerSidePx, threads, other, maxDistance, adaptivity, refine, tryTurned);
    }

    /** The same with another largest distance of matched descriptors. */
    public TiepointOptions withMaxDistance(double distance) {
        return new TiepointOptions(
                maxKeypoints, resizeLongerSidePx, threads, matcher, distance, adaptivity, refine, tryTurned);
    }

    /** The same with another adaptivity of a learned matcher. */
    public TiepointOptions withAdaptivity(Adaptivity other) {
        return new TiepointOptions(
                maxKeypoints, resizeLongerSidePx, threads, matcher, maxDistance, other, refine, tryTurned);
    }

    /** The same with or without refinement. */
    public TiepointOptions withRefine(boolean refined) {
        return new TiepointOptions(
                maxKeypoints, resizeLongerSidePx, threads, matcher, maxDistance, adaptivity, refined, tryTurned);
    }

    /** The same with or without turned images. */
    public TiepointOptions withTryTurned(boolean turned) {
        return new TiepointOptions(
                maxKeypoints, resizeLongerSidePx, threads, matcher, maxDistance, adaptivity, refine, turned);
    }
}
