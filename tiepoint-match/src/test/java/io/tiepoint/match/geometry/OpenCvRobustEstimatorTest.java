package io.tiepoint.match.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tiepoint.core.features.Keypoints;
import io.tiepoint.core.features.Matches;
import io.tiepoint.core.geometry.GeometryModel;
import io.tiepoint.core.geometry.Homography;
import io.tiepoint.core.geometry.PixelPoint;
import io.tiepoint.core.geometry.TwoViewGeometry;
import io.tiepoint.core.random.Draws;
import io.tiepoint.core.random.Seed;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class OpenCvRobustEstimatorTest {
    private static final Homography TILTED = Homography.of(0.9, 0.2, 30, -0.15, 1.1, -12, 2e-4, -1e-4, 1);
    private static final Intrinsics CAMERA = new Intrinsics(600, 620, 321, 239);

    /** Matches, of which the first ones are right. */
    private record Scene(Keypoints keypoints0, Keypoints keypoints1, Matches matches, int right) {
        private Optional<TwoViewGeometry> estimate(RobustOptions options, long seed) {
            return new OpenCvRobustEstimator(options).estimate(keypoints0, keypoints1, matches, new Seed(seed));
        }

        private int rightInliers(TwoViewGeometry geometry) {
            return (int) java.util.stream.IntStream.range(0, right)
                    .filter(geometry::isInlier)
                    .count();
        }
    }

    static LongStream seeds() {
        return LongStream.range(0, 10);
    }

    private static Scene scene(float[] positions0, float[] positions1, int right) {
        int count = positions0.length / 2;
        int[] indices = new int[count];
        float[] scores = new float[count];
        for (int i = 0; i < count; i++) {
            indices[i] = i;
            scores[i] = 0.5f;
        }
        return new Scene(
                Keypoints.of(positions0, scores),
                Keypoints.of(positions1, scores),
                Matches.of(indices, indices, scores),
                right);
    }

    /** A plane seen twice; what is wrong lies anywhere. */
    private static Scene plane(int right, int wrong, double noisePx, double offset, long seed) {
        Draws draws = new Seed(seed).child("plane").draws();
        float[] positions0 = new float[2 * (right + wrong)];
        float[] positions1 = new float[2 * (right + wrong)];
        for (int i = 0; i < right + wrong; i++) {
            double x = draws.nextDouble() * 640;
            double y = draws.nextDouble() * 480;
            PixelPoint to =
                    i < right ? TILTED.map(x, y) : new PixelPoint(draws.nextDouble() * 640, draws.nextDouble() * 480);
            positions0[2 * i] = (float) (x + offset);
            positions0[2 * i + 1] = (float) (y + offset);
            positions1[2 * i] = (float) (to.x() + offset + noisePx * draws.nextGaussian());
            positions1[2 * i + 1] = (float) (to.y() + offset + noisePx * draws.nextGaussian());
        }
        return scene(positions0, positions1, right);
    }

    /** Points in space seen by {@link #CAMERA} twice, the second time turned by 0.15 rad and moved sideways. */
    private static Scene space(int right, int wrong, double noisePx, long seed) {
        Draws draws = new Seed(seed).child("space").draws();
        float[] positions0 = new float[2 * (right + wrong)];
        float[] positions1 = new float[2 * (right + wrong)];
        for (int i = 0; i < right + wrong; i++) {
            double depth = 3 + 5 * draws.nextDouble();
            double x = (draws.nextDouble() - 0.5) * depth;
            double y = (draws.nextDouble() - 0.5) * 0.75 * depth;
            double turnedX = StrictMath.cos(0.15) * x + StrictMath.sin(0.15) * depth - 1.0;
            double turnedDepth = -StrictMath.sin(0.15) * x + StrictMath.cos(0.15) * depth;
            double y1 = y + 0.1;
            positions0[2 * i] = (float) (CAMERA.focalX() * x / depth + CAMERA.centreX());
            positions0[2 * i + 1] = (float) (CAMERA.focalY() * y / depth + CAMERA.centreY());
            boolean isRight = i < right;
            positions1[2 * i] = (float)
                    (isRight
                            ? CAMERA.focalX() * turnedX / turnedDepth
                                    + CAMERA.centreX()
                                    + noisePx * draws.nextGaussian()
                            : draws.nextDouble() * 640);
            positions1[2 * i + 1] = (float)
                    (isRight
                            ? CAMERA.focalY() * y1 / turnedDepth + CAMERA.centreY() + noisePx * draws.nextGaussian()
                            : draws.nextDouble() * 480);
        }
        return scene(positions0, positions1, right);
    }

    private static double cornerErrorPx(Homography h1From0) {
        double sum = 0;
        for (int corner = 0; corner < 4; corner++) {
            double x = 640.0 * (corner % 2);
            double y = 480.0 * (corner / 2 % 2);
            sum += h1From0.map(x, y).distanceTo(TILTED.map(x, y));
        }
        return sum / 4;
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void findsAnExactHomographyExactly(long seed) {
        TwoViewGeometry geometry = plane(100, 0, 0, 0, seed)
                .estimate(RobustOptions.homography(), seed)
                .orElseThrow();

        assertThat(geometry.inlierCount()).isEqualTo(100);
        assertThat(cornerErrorPx(geometry.h1From0())).isLessThan(1e-3);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void findsAHomographyAmongAsManyWrongMatches(long seed) {
        Scene scene = plane(150, 150, 0.5, 0, seed);

        TwoViewGeometry geometry =
                scene.estimate(RobustOptions.homography(), seed).orElseThrow();

        assertThat(scene.rightInliers(geometry)).isGreaterThan(145);
        assertThat(geometry.inlierCount()).isLessThan(155);
        assertThat(cornerErrorPx(geometry.h1From0())).isLessThan(0.6);
    }

    @Test
    void losesNoPrecisionInLargeCoordinates() {
        Scene scene = plane(100, 20, 0, 8192, 3);
        Homography shift = Homography.translation(-8192, -8192);

        Homography found = scene.estimate(RobustOptions.homography().withThresholdPx(1), 3)
                .orElseThrow()
                .h1From0();

        assertThat(cornerErrorPx(shift.compose(found).compose(shift.inverse()))).isLessThan(5e-3);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void findsEpipolarGeometryAmongWrongMatches(long seed) {
        Scene scene = space(200, 100, 0.3, seed);

        for (RobustOptions options :
                new RobustOptions[] {RobustOptions.fundamental(), RobustOptions.essential(CAMERA, CAMERA)}) {
            TwoViewGeometry geometry = scene.estimate(options, seed).orElseThrow();

            assertThat(scene.rightInliers(geometry)).isGreaterThan(190);
            assertThat(geometry.inlierCount()).isLessThan(225);
        }
    }

    @Test
    void theEssentialMatrixIsThatOfTheCameras() {
        double[] found = space(200, 0, 0, 1)
                .estimate(RobustOptions.essential(CAMERA, CAMERA), 1)
                .orElseThrow()
                .matrix();

        // t x R for t = (-1, 0.1, 0) and the turn of 0.15 rad about y.
        double cos = StrictMath.cos(0.15);
        double sin = StrictMath.sin(0.15);
        double[] expected = {-0.1 * sin, 0, 0.1 * cos, -sin, 0, cos, -0.1 * cos, -1, -0.1 * sin};
        double dot = 0;
        double norm = 0;
        for (int i = 0; i < 9; i++) {
            dot += found[i] * expected[i];
            norm += expected[i] * expected[i];
        }
        assertThat(Math.abs(dot) / Math.sqrt(norm)).isGreaterThan(0.9999);
    }

    @ParameterizedTest
    @EnumSource(GeometryModel.class)
    void givesTheSameForTheSameSeed(GeometryModel model) {
        Scene scene = model == GeometryModel.HOMOGRAPHY ? plane(60, 60, 1, 0, 5) : space(100, 60, 1, 5);

        TwoViewGeometry first = scene.estimate(options(model), 11).orElseThrow();
        for (int repeat = 0; repeat < 3; repeat++) {
            TwoViewGeometry again = scene.estimate(options(model), 11).orElseThrow();
            assertThat(again.matrix()).containsExactly(first.matrix());
            assertThat(again.inlierCount()).isEqualTo(first.inlierCount());
        }
    }

    @ParameterizedTest
    @EnumSource(GeometryModel.class)
    void findsNothingInWrongMatches(GeometryModel model) {
        for (long seed = 0; seed < 5; seed++) {
            assertThat(plane(0, 60, 0, 0, seed).estimate(options(model), seed)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(GeometryModel.class)
    void findsNothingInDegenerateMatches(GeometryModel model) {
        Keypoints none = Keypoints.NONE;
        assertThat(new OpenCvRobustEstimator(options(model)).estimate(none, none, Matches.NONE, new Seed(0)))
                .isEmpty();
        for (int count : new int[] {1, 3, 4, 5, 7, 8, 100}) {
            assertThat(mapped(count, p -> new PixelPoint(100, 100)).estimate(options(model), 1))
                    .as("one point, %s times", count)
                    .isEmpty();
        }
        assertThat(mapped(7, p -> p).estimate(options(model), 1)).as("too few").isEmpty();
    }

    @ParameterizedTest
    @EnumSource(GeometryModel.class)
    void survivesPointsOnALine(GeometryModel model) {
        Scene scene = mapped(100, p -> new PixelPoint(p.x(), 2 * p.x() + 7));

        if (model == GeometryModel.HOMOGRAPHY) {
            assertThat(scene.estimate(options(model), 1)).isEmpty();
        } else {
            scene.estimate(options(model), 1)
                    .ifPresent(found -> assertThat(found.inlierCount()).isPositive());
        }
    }

    @Test
    void needsCamerasForAnEssentialMatrixOnly() {
        assertThatThrownBy(() -> new RobustOptions(GeometryModel.ESSENTIAL, 1, 0.9, 10, 8, null, CAMERA))
                .hasMessage("intrinsics: expected two cameras for ESSENTIAL and none otherwise, found 1 for ESSENTIAL");
        assertThatThrownBy(() -> RobustOptions.homography().withThresholdPx(0))
                .hasMessage("thresholdPx: expected > 0 px, found 0.0");
    }

    private static Scene mapped(int count, UnaryOperator<PixelPoint> map) {
        Draws draws = new Seed(9).draws();
        float[] positions0 = new float[2 * count];
        float[] positions1 = new float[2 * count];
        for (int i = 0; i < count; i++) {
            PixelPoint from = map.apply(new PixelPoint(draws.nextDouble() * 640, draws.nextDouble() * 480));
            positions0[2 * i] = (float) from.x();
            positions0[2 * i + 1] = (float) from.y();
            positions1[2 * i] = (float) from.x() + 10;
            positions1[2 * i + 1] = (float) from.y() + 5;
        }
        return scene(positions0, positions1, count);
    }

    private static RobustOptions options(GeometryModel model) {
        return switch (model) {
            case HOMOGRAPHY -> RobustOptions.homography();
            case FUNDAMENTAL -> RobustOptions.fundamental();
            case ESSENTIAL -> RobustOptions.essential(CAMERA, CAMERA);
        };
    }
}
