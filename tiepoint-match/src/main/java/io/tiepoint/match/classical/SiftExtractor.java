package io.tiepoint.match.classical;

import io.tiepoint.core.check.Check;
import io.tiepoint.core.features.Descriptors;
import io.tiepoint.core.features.FeatureExtractor;
import io.tiepoint.core.features.FeatureMatcher;
import io.tiepoint.core.features.Keypoints;
import io.tiepoint.core.features.LocalFeatures;
import io.tiepoint.core.geometry.PixelFrame;
import io.tiepoint.core.image.GrayImage;
import io.tiepoint.match.nearest.MutualNearestMatcher;
import io.tiepoint.match.nearest.NearestOptions;
import java.nio.FloatBuffer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.opencv_core.KeyPoint;
import org.bytedeco.opencv.opencv_core.KeyPointVector;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_features2d.SIFT;

/**
 * OpenCV's SIFT with its default parameters, descriptors of norm 1. A location with several orientations is several keypoints,
 * each of which counts. The first octave is enlarged "precisely": without that option OpenCV's keypoints lie a quarter of a pixel
 * too far to the right and below, which does not cancel between views of different scale or orientation. A keypoint's scale is
 * OpenCV's, the diameter of what is described.
 *
 * @see <a href="https://doi.org/10.1023/B:VISI.0000029664.99615.94">Lowe, Distinctive Image Features from Scale-Invariant
 *     Keypoints, 2004</a>
 * @see <a href="https://doi.org/10.1109/CVPR.2012.6248018">Arandjelovic and Zisserman, Three things everyone should know to
 *     improve object retrieval, 2012, for RootSIFT</a>
 */
public final class SiftExtractor implements FeatureExtractor {
    private static final int OCTAVE_LAYERS = 3;
    private static final double CONTRAST_THRESHOLD = 0.04;
    private static final double EDGE_THRESHOLD = 10;
    private static final double SIGMA = 1.6;
    private static final boolean PRECISE_UPSCALE = true;
    /** Length of its descriptors. */
    public static final int DIMENSION = 128;

    private final boolean root;
    private final int maxKeypoints;

    private SiftExtractor(boolean root, int maxKeypoints) {
        Check.that(maxKeypoints > 0, "maxKeypoints: expected > 0, found %s", maxKeypoints);
        this.root = root;
        this.maxKeypoints = maxKeypoints;
    }

    /** SIFT. */
    public static SiftExtractor sift(int maxKeypoints) {
        return new SiftExtractor(false, maxKeypoints);
    }

    /** RootSIFT: the square roots of descriptors whose values sum to 1. */
    public static SiftExtractor rootSift(int maxKeypoints) {
        return new SiftExtractor(true, maxKeypoints);
    }

    /** The usual matcher of both: mutually nearest with a ratio below 0.8. */
    public static FeatureMatcher matcher() {
        return new MutualNearestMatcher("mutual-ratio-0.8", NearestOptions.RATIO);
    }

    @Override
    public String name() {
        return root ? "rootsift" : "sift";
    }

    @Override
    public LocalFeatures extract(GrayImage image) {
        try (PointerScope scope = new PointerScope()) {
            KeyPointVector found = new KeyPointVector();
            Mat descriptors = new Mat();
            // One for each call: the object is not known to be safe for several threads, and costs nothing to make.
            SIFT sift = SIFT.create(
                    maxKeypoints, OCTAVE_LAYERS, CONTRAST_THRESHOLD, EDGE_THRESHOLD, SIGMA, PRECISE_UPSCALE);
            sift.detectAndCompute(OpenCvFeatures.toBytes(image), new Mat(), found, descriptors, false);
            int[] strongest = OpenCvFeatures.strongest(found, maxKeypoints);
            float[] all = new float[(int) found.size() * DIMENSION];
            if (all.length > 0) {
                descriptors.<FloatBuffer>createBuffer().get(all);
            }
            float[] positions = new float[2 * strongest.length];
            float[] scores = new float[strongest.length];
            float[] scales = new float[strongest.length];
            float[] orientations = new float[strongest.length];
            float[] values = new float[strongest.length * DIMENSION];
            for (int i = 0; i < strongest.length; i++) {
                KeyPoint keypoint = found.get(strongest[i]);
                positions[2 * i] =
                        (float) PixelFrame.CENTRE.toCorner(keypoint.pt().x());
                positions[2 * i + 1] =
                        (float) PixelFrame.CENTRE.toCorner(keypoint.pt().y());
                scores[i] = keypoint.response();
                scales[i] = keypoint.size();
                orientations[i] = (float) Math.toRadians(keypoint.angle());
                System.arraycopy(all, strongest[i] * DIMENSION, values, i * DIMENSION, DIMENSION);
                normalise(values, i * DIMENSION);
            }
            return new LocalFeatures(
                    Keypoints.of(positions, scores).with(scales, orientations),
                    Descriptors.wrap(strongest.length, DIMENSION, values),
                    image.size());
        }
    }

    private void normalise(float[] values, int at) {
        double sum = 0;
        for (int i = at; i < at + DIMENSION; i++) {
            sum += root ? values[i] : values[i] * values[i];
        }
        float scale = (float) (1 / Math.max(root ? sum : Math.sqrt(sum), 1e-12));
        for (int i = at; i < at + DIMENSION; i++) {
            values[i] = root ? (float) Math.sqrt(values[i] * scale) : values[i] * scale;
        }
    }

    @Override
    public void close() {}
}
