package io.tiepoint.match.classical;

import static org.bytedeco.opencv.global.opencv_core.getVersionString;
import static org.bytedeco.opencv.global.opencv_core.setNumThreads;

import io.tiepoint.core.check.Check;
import org.bytedeco.javacpp.BytePointer;

/** OpenCV's own threads, of which there is one pool in a process. */
public final class OpenCvThreads {
    private OpenCvThreads() {}

    /** Lets OpenCV work with at most so many threads from now on. */
    public static void limit(int threads) {
        Check.that(threads > 0, "threads: expected > 0, found %s", threads);
        setNumThreads(threads);
    }

    /** OpenCV's version; loads its native library. */
    public static String version() {
        try (BytePointer version = getVersionString()) {
            return version.getString().strip();
        }
    }
}
