package io.tiepoint.match.classical;

import io.tiepoint.core.check.Check;
import io.tiepoint.core.features.Descriptors;
import io.tiepoint.core.features.FeatureExtractor;
import io.tiepoint.core.features.FeatureMatcher;
import io.tiepoint.core.features.Keypoints;
import io.tiepoint.core.features.LocalFeatures;
import io.tiepoint.core.geometry.PixelFrame;
import io.tiepoint.core.image.GrayImage;
import io.tiepoint.match.nearest.HammingMatcher;
import java.nio.ByteBuffer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.opencv_core.KeyPoint;
import org.bytedeco.opencv.opencv_core.KeyPointVector;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_features2d.ORB;

/**
 * OpenCV's ORB with its default parameters. A descriptor has 256 bits; each of its 32 values is one byte, 0 to 255, which
 * {@link HammingMatcher} understands. OpenCV multiplies a level's positions by its scale as if they were counted from the corner;
 * here they are, so that keypoints of coarse levels lie up to 1.3 px further to the right and below than OpenCV says.
 *
 * @see <a href="https://doi.org/10.1109/ICCV.2011.6126544">Rublee et al., ORB: an efficient alternative to SIFT or SURF, 2011</a>
 */
public final class OrbExtractor implements FeatureExtractor {
    private static final float SCALE_FACTOR = 1.2f;
    private static final int LEVELS = 8;
    private static final int EDGE_THRESHOLD_PX = 31;
    private static final int FIRST_LEVEL = 0;
    private static final int BITS_OF_POINT_PAIRS = 2;
    private static final int PATCH_PX = 31;
    private static final int FAST_THRESHOLD = 20;
    private static final int DIMENSION = 32;

    private final int maxKeypoints;

    /** Finds at most so many keypoints. */
    public OrbExtractor(int maxKeypoints) {
        Check.that(maxKeypoints > 0, "maxKeypoints: expected > 0, found %s", maxKeypoints);
        this.maxKeypoints = maxKeypoints;
    }

    /** Its usual matcher: mutually nearest in the number of different bits. */
    public static FeatureMatcher matcher() {
        return new HammingMatcher();
    }

    @Override
    public String name() {
        return "orb";
    }

    @Override
    public LocalFeatures extract(GrayImage image) {
        if (Math.min(image.width(), image.height()) <= 2 * EDGE_THRESHOLD_PX) {
            // No pixel is far enough from the border, and OpenCV fails at images of a few pixels.
            return new LocalFeatures(Keypoints.NONE, Descriptors.wrap(0, DIMENSION, new float[0]), image.size());
        }
        try (PointerScope scope = new PointerScope()) {
            KeyPointVector found = new KeyPointVector();
            Mat descriptors = new Mat();
            ORB orb = ORB.create(
                    maxKeypoints,
                    SCALE_FACTOR,
                    LEVELS,
                    EDGE_THRESHOLD_PX,
                    FIRST_LEVEL,
                    BITS_OF_POINT_PAIRS,
                    ORB.HARRIS_SCORE,
                    PATCH_PX,
                    FAST_THRESHOLD);
            orb.detectAndCompute(OpenCvFeatures.toBytes(image), new Mat(), found, descriptors, false);
            int[] strongest = OpenCvFeatures.strongest(found, maxKeypoints);
            byte[] all = new byte[(int) found.size() * DIMENSION];
            if (all.length > 0) {
                descriptors.<ByteBuffer>createBuffer().get(all);
            }
            float[] positions = new float[2 * strongest.length];
            float[] scores = new float[strongest.length];
            float[] values = new float[strongest.length * DIMENSION];
            for (int i = 0; i < strongest.length; i++) {
                KeyPoint keypoint = found.get(strongest[i]);
                float scale = keypoint.size() / PATCH_PX;
                positions[2 * i] = toCorner(keypoint.pt().x(), scale);
                positions[2 * i + 1] = toCorner(keypoint.pt().y(), scale);
                scores[i] = keypoint.response();
                for (int d = 0; d < DIMENSION; d++) {
                    values[i * DIMENSION + d] = all[strongest[i] * DIMENSION + d] & 0xff;
                }
            }
            return new LocalFeatures(
                    Keypoints.of(positions, scores),
                    Descriptors.wrap(strongest.length, DIMENSION, values),
                    image.size());
        }
    }

    /** A position in its level of the pyramid is in the centre frame; there, and not in the image, it is converted. */
    private static float toCorner(float coordinate, float scale) {
        return (float) (PixelFrame.CENTRE.toCorner(coordinate / scale) * scale);
    }

    @Override
    public void close() {}
}
