package io.tiepoint.match.onnx;

import io.tiepoint.core.check.Check;

/**
 * How an extractor works.
 *
 * @param maxKeypoints at most so many for each image, the best
 * @param threads that work on one image; several images may be extracted at once by the caller's own threads
 */
public record ExtractorOptions(int maxKeypoints, int threads) {
    /** 1024 keypoints, one thread. */
    public static final ExtractorOptions DEFAULT = new ExtractorOptions(1024, 1);

    /** Checks the values. */
    public ExtractorOptions {
        Check.that(maxKeypoints > 0, "maxKeypoints: expected > 0, found %s", maxKeypoints);
        Check.that(threads > 0, "threads: expected > 0, found %s", threads);
    }
}
