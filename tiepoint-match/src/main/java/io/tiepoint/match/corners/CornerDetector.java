package io.tiepoint.match.corners;

import static org.bytedeco.opencv.global.opencv_core.CV_32FC1;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC1;
import static org.bytedeco.opencv.global.opencv_imgproc.cornerHarris;
import static org.bytedeco.opencv.global.opencv_imgproc.cornerMinEigenVal;

import io.tiepoint.core.features.KeypointSelection;
import io.tiepoint.core.features.Keypoints;
import io.tiepoint.core.geometry.PixelFrame;
import io.tiepoint.core.image.GrayImage;
import java.nio.FloatBuffer;
import java.util.Arrays;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.opencv_core.KeyPoint;
import org.bytedeco.opencv.opencv_core.KeyPointVector;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_features2d.FastFeatureDetector;

/**
 * A corner detector without learning, by OpenCV, with the parameters that rpautrat/SuperPoint compares MagicPoint with
 * ({@code models/classical_detectors.py}) but for the window of Harris. Scores are responses, not probabilities. The maxima of Harris and of Shi and Tomasi
 * are selected and located to the sub-pixel as those of a learned heatmap are.
 */
public enum CornerDetector {
    /** Harris and Stephens, 1988: window of 3 px (the usual 4 has no middle and shifts by half a px), Sobel 3, k = 0.04. */
    HARRIS("harris") {
        @Override
        Keypoints detect(GrayImage image, int maxKeypoints, Mat gray) {
            Mat response = new Mat();
            cornerHarris(gray, response, 3, 3, 0.04);
            return peaks(response, image, maxKeypoints);
        }
    },
    /** Shi and Tomasi, 1994, the smaller eigenvalue: window of 3 px, Sobel 3. */
    SHI_TOMASI("shi-tomasi") {
        @Override
        Keypoints detect(GrayImage image, int maxKeypoints, Mat gray) {
            Mat response = new Mat();
            cornerMinEigenVal(gray, response, 3);
            return peaks(response, image, maxKeypoints);
        }
    },
    /** Rosten and Drummond, 2006: threshold 10 of 255, with its own non-maximum suppression. */
    FAST("fast") {
        @Override
        Keypoints detect(GrayImage image, int maxKeypoints, Mat gray) {
            Mat bytes = new Mat();
            gray.convertTo(bytes, CV_8UC1, 255, 0);
            KeyPointVector found = new KeyPointVector();
            FastFeatureDetector.create(10, true, FastFeatureDetector.TYPE_9_16).detect(bytes, found);
            return best(found.get(), maxKeypoints);
        }
    };

    private final String reportName;

    CornerDetector(String reportName) {
        this.reportName = reportName;
    }

    /** Name for reports, such as {@code shi-tomasi}. */
    public String reportName() {
        return reportName;
    }

    /** Finds corners, best first, px in {@link PixelFrame#CORNER}. Safe for use by several threads. */
    public Keypoints detect(GrayImage image, int maxKeypoints) {
        try (PointerScope scope = new PointerScope()) {
            Mat gray = new Mat(image.height(), image.width(), CV_32FC1);
            FloatBuffer unused = gray.<FloatBuffer>createBuffer().put(image.pixels());
            return detect(image, maxKeypoints, gray);
        }
    }

    abstract Keypoints detect(GrayImage image, int maxKeypoints, Mat gray);

    private static Keypoints peaks(Mat response, GrayImage image, int maxKeypoints) {
        float[] heatmap = new float[image.width() * image.height()];
        FloatBuffer unused = response.<FloatBuffer>createBuffer().get(heatmap);
        for (int i = 0; i < heatmap.length; i++) {
            heatmap[i] = Math.max(heatmap[i], 0); // Harris is negative along edges
        }
        return new KeypointSelection(maxKeypoints, 0, 4, 0)
                .select(heatmap, image.width(), image.width(), image.height());
    }

    private static Keypoints best(KeyPoint[] found, int maxKeypoints) {
        KeyPoint[] sorted = found.clone();
        Arrays.sort(sorted, (a, b) -> Float.compare(b.response(), a.response()));
        int count = Math.min(sorted.length, maxKeypoints);
        float[] positions = new float[2 * count];
        float[] scores = new float[count];
        for (int i = 0; i < count; i++) {
            positions[2 * i] = (float) PixelFrame.CENTRE.toCorner(sorted[i].pt().x());
            positions[2 * i + 1] =
                    (float) PixelFrame.CENTRE.toCorner(sorted[i].pt().y());
            scores[i] = sorted[i].response();
        }
        return Keypoints.of(positions, scores);
    }
}
