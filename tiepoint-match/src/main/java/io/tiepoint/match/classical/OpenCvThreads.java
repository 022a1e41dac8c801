package io.tiepoint.match.classical;

import static org.bytedeco.opencv.global.opencv_core.setNumThreads;

import io.tiepoint.core.check.Check;

/** OpenCV's own threads, of which there is one pool in a process. */
public final class OpenCvThreads {
    private OpenCvThreads() {}

    /** Lets OpenCV work with at most so many threads from now on. */
    public static void limit(int threads) {
        Check.that(threads > 0, "threads: expected > 0, found %s", threads);
        setNumThreads(threads);
    }
}
