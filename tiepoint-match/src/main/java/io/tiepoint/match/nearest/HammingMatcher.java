package io.tiepoint.match.nearest;

import static org.bytedeco.opencv.global.opencv_core.CV_8U;
import static org.bytedeco.opencv.global.opencv_core.NORM_HAMMING;

import io.tiepoint.core.check.Check;
import io.tiepoint.core.features.Descriptors;
import io.tiepoint.core.features.FeatureMatcher;
import io.tiepoint.core.features.LocalFeatures;
import io.tiepoint.core.features.Matches;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.opencv_core.DMatch;
import org.bytedeco.opencv.opencv_core.DMatchVector;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_features2d.BFMatcher;

/**
 * Matches binary descriptors that are each other's nearest in the number of different bits, with OpenCV's brute-force matcher.
 * Each value of a {@link Descriptors} is one byte, 0 to 255. The score of a match is the share of equal bits.
 */
public final class HammingMatcher implements FeatureMatcher {
    @Override
    public String name() {
        return "mutual-hamming";
    }

    @Override
    public Matches match(LocalFeatures features0, LocalFeatures features1) {
        Descriptors descriptors0 = features0.descriptors();
        Descriptors descriptors1 = features1.descriptors();
        if (descriptors0.size() == 0 || descriptors1.size() == 0) {
            return Matches.NONE;
        }
        Check.that(
                descriptors0.dimension() == descriptors1.dimension(),
                "descriptors1: expected dimension %s as in descriptors0, found %s",
                descriptors0.dimension(),
                descriptors1.dimension());
        try (PointerScope scope = new PointerScope()) {
            DMatchVector found = new DMatchVector();
            new BFMatcher(NORM_HAMMING, true)
                    .match(toMat("descriptors0", descriptors0), toMat("descriptors1", descriptors1), found);
            int count = (int) found.size();
            int[] indices0 = new int[count];
            int[] indices1 = new int[count];
            float[] scores = new float[count];
            float bits = 8f * descriptors0.dimension();
            for (int i = 0; i < count; i++) {
                DMatch match = found.get(i);
                indices0[i] = match.queryIdx();
                indices1[i] = match.trainIdx();
                scores[i] = 1 - match.distance() / bits;
            }
            return Matches.of(indices0, indices1, scores);
        }
    }

    private static Mat toMat(String name, Descriptors descriptors) {
        float[] values = descriptors.values();
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            int value = (int) values[i];
            if (value != values[i] || value < 0 || value > 255) {
                throw new IllegalArgumentException(name + ": expected bytes from 0 to 255, found " + values[i]);
            }
            bytes[i] = (byte) value;
        }
        Mat mat = new Mat(descriptors.size(), descriptors.dimension(), CV_8U);
        BytePointer data = mat.data();
        data.put(bytes, 0, bytes.length);
        return mat;
    }

    @Override
    public void close() {}
}
