package io.tiepoint.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tiepoint.core.features.Keypoints;
import io.tiepoint.core.features.Matches;
import io.tiepoint.core.geometry.Homography;
import io.tiepoint.core.image.ImageSize;
import io.tiepoint.core.truth.HomographyTruth;
import io.tiepoint.core.truth.MatchTruth;
import io.tiepoint.core.truth.PointTruth;
import io.tiepoint.core.truth.Reason;
import io.tiepoint.core.truth.TwoViewTruth;
import org.junit.jupiter.api.Test;

class HomographyMetricsTest {
    private static final ImageSize SIZE = new ImageSize(100, 80);
    private static final HomographyTruth SAME = new HomographyTruth(Homography.IDENTITY, SIZE, SIZE);
    /** The left half of view 0 is out of view 1. */
    private static final HomographyTruth HALF = new HomographyTruth(Homography.translation(-50, 0), SIZE, SIZE);
    /** View 1 is view 0 at twice the size. */
    private static final HomographyTruth DOUBLE =
            new HomographyTruth(Homography.scaling(2, 2), SIZE, new ImageSize(200, 160));

    private static Keypoints points(float... positions) {
        return Keypoints.of(positions, new float[positions.length / 2]);
    }

    private static Matches pairs(int... indices) {
        int[] indices0 = new int[indices.length / 2];
        int[] indices1 = new int[indices.length / 2];
        for (int i = 0; i < indices0.length; i++) {
            indices0[i] = indices[2 * i];
            indices1[i] = indices[2 * i + 1];
        }
        return Matches.of(indices0, indices1, new float[indices0.length]);
    }

    private static Repeatability repeatability(Keypoints keypoints0, Keypoints keypoints1, TwoViewTruth truth) {
        return HomographyMetrics.repeatability(keypoints0, keypoints1, truth, 3);
    }

    @Test
    void repeatabilityIsOneForTheSameKeypoints() {
        Keypoints keypoints = points(10, 10, 50, 40, 90, 70);

        assertThat(repeatability(keypoints, keypoints, SAME)).isEqualTo(new Repeatability(1, 1, 3, 3));
    }

    @Test
    void repeatabilityCountsOnlyTheSharedRegion() {
        // Of view 0 two of four are shared, at (10, 10) and (40, 20) of view 1; of view 1 two of three, and one
        // repeats.
        Keypoints keypoints0 = points(10, 10, 20, 20, 60, 10, 90, 20);
        Keypoints keypoints1 = points(10, 12, 30, 60, 60, 40);

        assertThat(repeatability(keypoints0, keypoints1, HALF)).isEqualTo(new Repeatability(0.5, 0.5, 2, 2));
    }

    @Test
    void repeatabilityUsesAKeypointOnceUnlessManyToOne() {
        Keypoints crowd = points(50, 40, 51, 40, 52, 40);
        Keypoints one = points(50, 40);

        assertThat(repeatability(crowd, one, SAME)).isEqualTo(new Repeatability(0.5, 1, 3, 1));
    }

    @Test
    void repeatabilityTakesTheClosestPairsFirst() {
        // 12 is near both 10 and 13; were it given to 10, nothing would be left for 13.
        Repeatability result = repeatability(points(10, 10, 13, 10), points(12, 10, 15.5f, 10), SAME);

        assertThat(result.oneToOne()).isEqualTo(0.5);
        assertThat(result.manyToOne()).isEqualTo(1);
    }

    @Test
    void repeatabilityIsStrictInBothViews() {
        // 4 px apart in view 1, 2 px in view 0.
        Repeatability result = repeatability(points(50, 40), points(104, 80), DOUBLE);

        assertThat(result.oneToOne()).isZero();
        assertThat(result.manyToOne()).isEqualTo(0.5);
    }

    @Test
    void repeatabilityOfNothingIsZero() {
        assertThat(repeatability(Keypoints.NONE, Keypoints.NONE, SAME)).isEqualTo(new Repeatability(0, 0, 0, 0));
        assertThat(repeatability(points(50, 40), Keypoints.NONE, SAME).oneToOne())
                .isZero();
    }

    @Test
    void transferErrorIsTheMeanOfBothDirections() {
        double[] errors = HomographyMetrics.transferErrors(points(50, 40), points(104, 80), pairs(0, 0), DOUBLE);

        assertThat(errors).containsExactly(3);
    }

    @Test
    void precisionCountsErrorsBelowTheThreshold() {
        Keypoints keypoints0 = points(10, 10, 20, 20, 30, 30, 40, 40);
        Keypoints keypoints1 = points(10, 10.5f, 20, 22, 30, 34, 90, 40);
        double[] errors = HomographyMetrics.transferErrors(keypoints0, keypoints1, pairs(0, 0, 1, 1, 2, 2, 3, 3), SAME);

        assertThat(HomographyMetrics.precision(errors, 1)).isEqualTo(0.25);
        assertThat(HomographyMetrics.precision(errors, 3)).isEqualTo(0.5);
        assertThat(HomographyMetrics.precision(errors, 5)).isEqualTo(0.75);
    }

    @Test
    void aMatchOfWhatTheOtherViewDoesNotShowIsWrong() {
        // Keypoint 0 of view 0 lies 1 px beyond the border of view 1, and the match claims it 1.5 px inside.
        double[] errors = HomographyMetrics.transferErrors(points(49, 40), points(0.5f, 40), pairs(0, 0), HALF);

        assertThat(errors).containsExactly(Double.POSITIVE_INFINITY);
    }

    @Test
    void aMatchOfWhichNothingIsKnownDoesNotCount() {
        TwoViewTruth hole = new TwoViewTruth() {
            @Override
            public PointTruth locate(double x0, double y0) {
                return x0 < 50 ? PointTruth.nowhere(Reason.NO_DEPTH) : new PointTruth(Reason.VISIBLE, x0, y0);
            }

            @Override
            public TwoViewTruth reversed() {
                return this;
            }
        };
        Keypoints keypoints = points(20, 20, 60, 60);

        double[] errors = HomographyMetrics.transferErrors(keypoints, keypoints, pairs(0, 0, 1, 1), hole);

        assertThat(errors).containsExactly(0);
        assertThat(HomographyMetrics.precision(errors, 1)).isEqualTo(1);
    }

    @Test
    void precisionOfNoMatchIsZero() {
        assertThat(HomographyMetrics.precision(new double[0], 3)).isZero();
    }

    @Test
    void recallIsTheShareOfTrueMatchesThatWereFound() {
        Keypoints keypoints = points(10, 10, 30, 30, 50, 50, 70, 70);
        MatchTruth truth = MatchTruth.of(keypoints, keypoints, SAME, 3, 3);

        assertThat(HomographyMetrics.recall(pairs(0, 0, 1, 2), truth)).isEqualTo(0.25);
        assertThat(HomographyMetrics.recall(pairs(3, 3, 1, 1, 0, 0, 2, 2), truth))
                .isEqualTo(1);
        assertThat(HomographyMetrics.recall(Matches.NONE, MatchTruth.of(Keypoints.NONE, keypoints, SAME, 3, 3)))
                .isZero();
    }

    @Test
    void cornerErrorOfTheTruthIsZero() {
        assertThat(HomographyMetrics.cornerError(Homography.scaling(2, 2), DOUBLE))
                .isZero();
    }

    @Test
    void cornerErrorIsTheMeanOverTheImageCorners() {
        // A shift by (3, 4) moves each corner by 5 px.
        assertThat(HomographyMetrics.cornerError(Homography.translation(3, 4), SAME))
                .isEqualTo(5);
        // 1 % wider moves the two right corners, at W and not at W - 1, by 1 px.
        assertThat(HomographyMetrics.cornerError(Homography.scaling(1.01, 1), SAME))
                .isCloseTo(0.5, within(1e-12));
    }

    @Test
    void cornerErrorIsInfiniteIfACornerGoesToInfinity() {
        Homography horizonThroughTheCorner = Homography.of(1, 0, 0, 0, 1, 0, -0.01, 0, 1);

        assertThat(HomographyMetrics.cornerError(horizonThroughTheCorner, SAME)).isInfinite();
    }
}
