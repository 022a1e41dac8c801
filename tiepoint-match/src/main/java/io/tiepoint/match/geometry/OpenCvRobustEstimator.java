package io.tiepoint.match.geometry;

import static org.bytedeco.opencv.global.opencv_calib3d.COV_POLISHER;
import static org.bytedeco.opencv.global.opencv_calib3d.LOCAL_OPTIM_SIGMA;
import static org.bytedeco.opencv.global.opencv_calib3d.SAMPLING_UNIFORM;
import static org.bytedeco.opencv.global.opencv_calib3d.SCORE_METHOD_MAGSAC;
import static org.bytedeco.opencv.global.opencv_calib3d.findEssentialMat;
import static org.bytedeco.opencv.global.opencv_calib3d.findFundamentalMat;
import static org.bytedeco.opencv.global.opencv_calib3d.findHomography;
import static org.bytedeco.opencv.global.opencv_core.CV_64F;
import static org.bytedeco.opencv.global.opencv_core.CV_64FC2;

import io.tiepoint.core.features.Keypoints;
import io.tiepoint.core.features.Matches;
import io.tiepoint.core.features.RobustEstimator;
import io.tiepoint.core.geometry.GeometryModel;
import io.tiepoint.core.geometry.TwoViewGeometry;
import io.tiepoint.core.random.Seed;
import java.nio.DoubleBuffer;
import java.util.BitSet;
import java.util.Objects;
import java.util.Optional;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.opencv_calib3d.UsacParams;
import org.bytedeco.opencv.opencv_core.Mat;
import org.jspecify.annotations.Nullable;

/**
 * MAGSAC++ of OpenCV's USAC framework. Points go in and matrices come out in
 * {@link io.tiepoint.core.geometry.PixelFrame#CORNER}; the estimation itself does not care where coordinates are counted from.
 * The result is not refined on its inliers: MAGSAC has weighed all matches already, and least squares over those within the
 * threshold measured worse (corner error 0.39 against 0.66 px with noise of 0.7 px and a threshold of 1 px).
 *
 * @see <a href="https://arxiv.org/abs/1912.05909">Barath et al., MAGSAC++, 2020</a>
 */
public final class OpenCvRobustEstimator implements RobustEstimator {
    private final RobustOptions options;

    /** Estimates with these options. */
    public OpenCvRobustEstimator(RobustOptions options) {
        this.options = options;
    }

    @Override
    public Optional<TwoViewGeometry> estimate(Keypoints keypoints0, Keypoints keypoints1, Matches matches, Seed seed) {
        if (matches.size() < Math.max(options.minInliers(), options.model().minimalMatches())) {
            return Optional.empty();
        }
        Correspondences points = Correspondences.of(keypoints0, keypoints1, matches);
        return search(points, seed).flatMap(matrix -> verify(matrix, points));
    }

    /** The best matrix of many trials; OpenCV answers with an empty one, or fails, where there is none. */
    private Optional<double[]> search(Correspondences points, Seed seed) {
        try (PointerScope scope = new PointerScope()) {
            Mat mat0 = toMat(points.centred0());
            Mat mat1 = toMat(points.centred1());
            Mat mask = new Mat();
            UsacParams params = params(seed);
            Mat found = switch (options.model()) {
                case HOMOGRAPHY -> findHomography(mat0, mat1, mask, params);
                case FUNDAMENTAL -> findFundamentalMat(mat0, mat1, mask, params);
                case ESSENTIAL ->
                    findEssentialMat(
                            mat0,
                            mat1,
                            camera(options.intrinsics0(), points.centre0()),
                            camera(options.intrinsics1(), points.centre1()),
                            new Mat(),
                            new Mat(),
                            mask,
                            params);
            };
            if (found.empty() || found.rows() != 3 || found.cols() != 3) {
                return Optional.empty();
            }
            double[] matrix = new double[9];
            Mat doubles = new Mat();
            found.convertTo(doubles, CV_64F);
            doubles.<DoubleBuffer>createBuffer().get(matrix);
            return Optional.of(points.uncentred(matrix, options.model()));
        } catch (RuntimeException e) {
            // A cv::Exception: some degenerate inputs run into OpenCV's own assertions. They have no geometry.
            return Optional.empty();
        }
    }

    private Optional<TwoViewGeometry> verify(double[] matrix, Correspondences points) {
        for (double entry : matrix) {
            if (!Double.isFinite(entry)) {
                return Optional.empty();
            }
        }
        double[] normalised = Matrix3.normalised(matrix);
        if (options.model() == GeometryModel.HOMOGRAPHY && !Matrix3.isInvertible(normalised)) {
            return Optional.empty();
        }
        BitSet inliers = Residuals.inliers(normalised, points, options);
        return inliers.cardinality() < options.minInliers()
                ? Optional.empty()
                : Optional.of(TwoViewGeometry.of(options.model(), normalised, inliers));
    }

    private UsacParams params(Seed seed) {
        return new UsacParams()
                .threshold(options.thresholdPx())
                .confidence(options.confidence())
                .maxIterations(options.maxIterations())
                .randomGeneratorState((int) seed.child("usac").value())
                .isParallel(false) // the same seed, the same result
                .sampler(SAMPLING_UNIFORM)
                .score(SCORE_METHOD_MAGSAC)
                .loMethod(LOCAL_OPTIM_SIGMA)
                .loIterations(options.model() == GeometryModel.HOMOGRAPHY ? 15 : 10)
                .loSampleSize(options.model() == GeometryModel.HOMOGRAPHY ? 75 : 50)
                .final_polisher(COV_POLISHER)
                .final_polisher_iterations(3);
    }

    private static Mat toMat(double[] points) {
        Mat mat = new Mat(points.length / 2, 1, CV_64FC2);
        mat.<DoubleBuffer>createBuffer().put(points);
        return mat;
    }

    private static Mat camera(@Nullable Intrinsics intrinsics, double[] centre) {
        Intrinsics camera = Objects.requireNonNull(intrinsics, "options with an essential matrix have cameras");
        Mat mat = new Mat(3, 3, CV_64F);
        mat.<DoubleBuffer>createBuffer().put(new double[] {
            camera.focalX(), 0, camera.centreX() - centre[0], 0, camera.focalY(), camera.centreY() - centre[1], 0, 0, 1
        });
        return mat;
    }
}
