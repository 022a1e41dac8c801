package io.tiepoint.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tiepoint.core.features.Descriptors;
import io.tiepoint.core.features.FeatureExtractor;
import io.tiepoint.core.features.FeatureMatcher;
import io.tiepoint.core.features.Keypoints;
import io.tiepoint.core.features.LocalFeatures;
import io.tiepoint.core.features.MatchRefiner;
import io.tiepoint.core.features.Matches;
import io.tiepoint.core.features.RobustEstimator;
import io.tiepoint.core.geometry.Camera;
import io.tiepoint.core.geometry.CameraModel;
import io.tiepoint.core.geometry.DistortedCamera;
import io.tiepoint.core.geometry.GeometryModel;
import io.tiepoint.core.geometry.PixelPoint;
import io.tiepoint.core.geometry.Pose;
import io.tiepoint.core.geometry.RadialTangential;
import io.tiepoint.core.geometry.TwoViewGeometry;
import io.tiepoint.core.geometry.Vector3;
import io.tiepoint.core.image.DepthMap;
import io.tiepoint.core.image.GrayImage;
import io.tiepoint.core.image.ImageSize;
import io.tiepoint.core.random.Seed;
import io.tiepoint.core.truth.DepthTruth;
import io.tiepoint.core.truth.DepthView;
import io.tiepoint.core.truth.PointTruth;
import io.tiepoint.core.truth.Reason;
import io.tiepoint.core.truth.TwoViewTruth;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A wall 5 m before two cameras that stand 1 m from each other, with keypoints exactly where they belong, or off by some px. */
class PoseEvaluationTest {
    private static final ImageSize SIZE = new ImageSize(80, 60);
    private static final Camera CAMERA = new Camera(SIZE, 70, 70, 40, 30);
    private static final Pose POSE1 = Pose.ofQuaternion(new double[] {1, 0, 0.05, 0}, new Vector3(-1, 0, 0.1));

    @TempDir
    Path folder;

    private static DepthView view(CameraModel camera, Pose pose) {
        float[] depths = new float[80 * 60];
        Vector3 normal = pose.rotate(new Vector3(0, 0, 1));
        double distance = 5 + normal.dot(pose.translation());
        for (int i = 0; i < depths.length; i++) {
            int row = i / 80;
            depths[i] = (float) (distance / normal.dot(camera.ray(i % 80 + 0.5, row + 0.5)));
        }
        return new DepthView(camera, pose, DepthMap.wrap(80, 60, depths));
    }

    private static PosePair pair(CameraModel camera, int index) {
        DepthTruth truth = new DepthTruth(view(camera, Pose.IDENTITY), view(camera, POSE1), DepthTruth.EXACT);
        GrayImage image = GrayImage.of(80, 60, new float[80 * 60]);
        return new PosePair(
                "pair " + index,
                "scene " + index % 2,
                new PosePair.View(image, camera),
                new PosePair.View(GrayImage.of(80, 60, new float[80 * 60]), camera),
                POSE1,
                truth);
    }

    /** Finds what the truth says, view by view, moved by some px in view 1. */
    private static Method method(String name, TwoViewTruth truth, double offPx) {
        List<Float> positions0 = new ArrayList<>();
        List<Float> positions1 = new ArrayList<>();
        for (int y = 4; y < 60; y += 6) {
            for (int x = 20; x < 80; x += 6) {
                PointTruth there = truth.locate(x, y);
                if (there.reason() == Reason.VISIBLE) {
                    positions0.add((float) x);
                    positions0.add((float) y);
                    positions1.add((float) (there.x() + offPx));
                    positions1.add((float) there.y());
                }
            }
        }
        FeatureExtractor extractor = new FeatureExtractor() {
            private int calls;

            @Override
            public String name() {
                return name;
            }

            @Override
            public LocalFeatures extract(GrayImage image) {
                List<Float> positions = calls++ % 2 == 0 ? positions0 : positions1;
                float[] array = new float[positions.size()];
                for (int i = 0; i < array.length; i++) {
                    array[i] = positions.get(i);
                }
                int count = array.length / 2;
                return new LocalFeatures(
                        Keypoints.of(array, new float[count]),
                        Descriptors.of(count, 1, new float[count]),
                        image.size());
            }

            @Override
            public void close() {}
        };
        FeatureMatcher matcher = new FeatureMatcher() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public Matches match(LocalFeatures features0, LocalFeatures features1) {
                int[] all = IntStream.range(0, features0.size()).toArray();
                return Matches.of(all, all, new float[all.length]);
            }

            @Override
            public void close() {}
        };
        return new Method(name, extractor, matcher, MatchRefiner.NONE, false);
    }

    /** Knows the motion, checks that its keypoints fit it, and says the essential matrix of another one turned by some degrees. */
    private static PoseEstimator estimator(double offDeg, double fitPx) {
        return (camera0, camera1) -> new RobustEstimator() {
            @Override
            public Optional<TwoViewGeometry> estimate(
                    Keypoints keypoints0, Keypoints keypoints1, Matches matches, Seed seed) {
                for (int m = 0; m < matches.size(); m++) {
                    Vector3 ray = camera0.ray(keypoints0.x(m), keypoints0.y(m));
                    PixelPoint expected = camera1.project(POSE1.map(ray.times(5)));
                    assertThat(expected.distanceTo(keypoints1.point(m))).isLessThan(fitPx);
                }
                double half = Math.toRadians(offDeg) / 2;
                Pose turned = Pose.ofQuaternion(new double[] {Math.cos(half), Math.sin(half), 0, 0}, Vector3.ZERO)
                        .compose(POSE1);
                Vector3 t = POSE1.translation();
                double[] cross = {0, -t.z(), t.y(), t.z(), 0, -t.x(), -t.y(), t.x(), 0};
                double[] e = new double[9];
                for (int i = 0; i < 27; i++) {
                    e[i / 9 * 3 + i / 3 % 3] += cross[i / 9 * 3 + i % 3] * turned.rotation(i % 3, i / 3 % 3);
                }
                BitSet inliers = new BitSet();
                inliers.set(0, matches.size());
                return Optional.of(TwoViewGeometry.of(GeometryModel.ESSENTIAL, e, inliers));
            }
        };
    }

    private static PoseSummary run(CameraModel camera, double offPx, PoseEstimator estimator) {
        PosePair pair = pair(camera, 0);
        return new PoseEvaluation(List.of(method("exact", pair.truth(), offPx)), estimator, 0, new Seed(1))
                .run(List.of(pair).iterator())
                .get(0);
    }

    @Test
    void measuresMatchesByTheTruthAndThePoseByItsAngles() {
        PoseSummary summary = run(CAMERA, 2, estimator(3, 3));
        PoseResult result = summary.pairs().get(0);
        assertThat(result.matches()).isGreaterThan(40);
        assertThat(result.judged()).isBetween(result.matches() - 5, result.matches());
        assertThat(result.precision()).isEqualTo(new PerThreshold<>(0.0, 1.0, 1.0));
        assertThat(result.rotationErrorDeg()).isCloseTo(3, within(1e-6));
        assertThat(result.translationErrorDeg()).isCloseTo(0, within(1e-6));
        // Recall rises in a straight line to 1 at 3 degrees.
        assertThat(summary.auc().at5Deg().value()).isCloseTo((1.5 + 2) / 5, within(1e-6));
        assertThat(summary.auc().at20Deg().value()).isCloseTo((1.5 + 17) / 20, within(1e-6));
    }

    @Test
    void theEstimatorGetsKeypointsWithoutDistortion() {
        CameraModel lens = new DistortedCamera(CAMERA, RadialTangential.ofRadial(-0.15, 0.02));
        PoseResult result = run(lens, 0, estimator(0, 0.02)).pairs().get(0);
        assertThat(result.precision().at1Px()).isEqualTo(1);
        assertThat(result.rotationErrorDeg()).isLessThan(1e-5);
        assertThat(result.translationErrorDeg()).isLessThan(1e-5);
    }

    @Test
    void withoutAnEstimateTheErrorIsInfiniteAndTheReportSaysSo() throws IOException {
        PoseSummary summary = run(CAMERA, 0, (camera0, camera1) -> (k0, k1, matches, seed) -> Optional.empty());
        assertThat(summary.withoutEstimate()).isEqualTo(1);
        assertThat(summary.auc().at20Deg().value()).isZero();
        assertThat(summary.precision().at1Px().value()).isEqualTo(1);
        PoseReport report = PoseReport.of(List.of(summary), Map.of("colmap", "street"), new Seed(0), false);
        Path file = Files.writeString(folder.resolve("report.json"), report.toJson());
        assertThat(PoseReport.read(file)).isEqualTo(report);
        assertThat(report.toText())
                .contains("1 pair\n", "exact", "P@3", "AUC@10", "Stopped early", "colmap: street")
                .contains("100.0 ±0.0");
        Path other =
                Files.writeString(folder.resolve("other.json"), report.toJson().replace("pose-evaluation/1", "x/2"));
        assertThatThrownBy(() -> PoseReport.read(other).seed()).hasMessageContaining("expected format tiepoint-pose");
    }

    @Test
    void anglesAreThoseOfSuperGluesCode() {
        Pose truth = Pose.ofQuaternion(new double[] {1, 0, 0, 0}, new Vector3(0, 0, 2));
        double half = Math.toRadians(10) / 2;
        double[] turned = {Math.cos(half), 0, Math.sin(half), 0};
        PoseError error = PoseError.of(Pose.ofQuaternion(turned, new Vector3(0, 1, -1)), truth);
        assertThat(error.rotationDeg()).isCloseTo(10, within(1e-6));
        // The sign of a translation does not count: 135 degrees are 45.
        assertThat(error.translationDeg()).isCloseTo(45, within(1e-9));
        assertThat(error.maxDeg()).isCloseTo(45, within(1e-9));
        assertThat(PoseError.of(Pose.IDENTITY, Pose.IDENTITY).maxDeg()).isZero();
    }

    @Test
    void refusesACameraOfOtherImages() {
        assertThatThrownBy(() -> new PosePair.View(GrayImage.of(4, 3, new float[12]), CAMERA).image())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("camera: expected one of images of 4x3 px, found 80x60");
    }
}
