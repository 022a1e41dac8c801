package io.tiepoint.match.classical;

import static org.bytedeco.opencv.global.opencv_core.CV_8U;

import io.tiepoint.core.image.GrayImage;
import java.util.Arrays;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.opencv_core.KeyPoint;
import org.bytedeco.opencv.opencv_core.KeyPointVector;
import org.bytedeco.opencv.opencv_core.Mat;

/** What the extractors have in common. */
final class OpenCvFeatures {
    private OpenCvFeatures() {}

    /** OpenCV's features want 8 bits. */
    static Mat toBytes(GrayImage image) {
        float[] pixels = image.pixels();
        byte[] bytes = new byte[pixels.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (Math.min(Math.max(pixels[i], 0f), 1f) * 255f + 0.5f);
        }
        Mat mat = new Mat(image.height(), image.width(), CV_8U);
        BytePointer data = mat.data();
        data.put(bytes, 0, bytes.length);
        return mat;
    }

    /** The indices of the strongest, strongest first; equal ones keep their order. */
    static int[] strongest(KeyPointVector keypoints, int maxKeypoints) {
        int count = (int) keypoints.size();
        long[] ranked = new long[count];
        for (int i = 0; i < count; i++) {
            KeyPoint keypoint = keypoints.get(i);
            // The bits of floats sort like their values once negative ones are turned over.
            int bits = Float.floatToRawIntBits(keypoint.response());
            int sortable = bits ^ ((bits >> 31) & 0x7fffffff);
            ranked[i] = ((long) ~sortable << 32) | i;
        }
        Arrays.sort(ranked);
        int[] indices = new int[Math.min(count, maxKeypoints)];
        for (int i = 0; i < indices.length; i++) {
            indices[i] = (int) ranked[i];
        }
        return indices;
    }
}
