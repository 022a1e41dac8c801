package io.tiepoint.evaluate;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tiepoint.core.features.Keypoints;
import io.tiepoint.core.geometry.PixelPoint;
import io.tiepoint.core.random.Draws;
import io.tiepoint.core.random.Seed;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DetectorMetricsTest {
    private static final Seed SEED = new Seed(7);
    private static final List<PixelPoint> TWO_CORNERS = List.of(new PixelPoint(10, 10), new PixelPoint(40, 10));

    private final DetectorMetrics metrics = new DetectorMetrics(DetectorMetrics.MIN_PROBABILITY, 4);

    private DetectorSummary summary() {
        return metrics.summary(50, SEED);
    }

    /** Triples x, y, score. */
    private static Keypoints detections(float... values) {
        float[] positions = new float[values.length / 3 * 2];
        float[] scores = new float[values.length / 3];
        for (int i = 0; i < scores.length; i++) {
            positions[2 * i] = values[3 * i];
            positions[2 * i + 1] = values[3 * i + 1];
            scores[i] = values[3 * i + 2];
        }
        return Keypoints.of(positions, scores);
    }

    @Test
    void aPerfectDetectorReachesOneAndZeroPx() {
        metrics.add("cube", detections(10, 10, 0.9f, 40, 10, 0.8f), TWO_CORNERS);
        metrics.add("star", detections(40, 10, 0.3f, 10, 10, 0.2f), TWO_CORNERS);

        assertThat(summary().meanAveragePrecision()).isEqualTo(new Estimate(1, 1, 1));
        assertThat(summary().pooledAveragePrecision()).isEqualTo(1);
        assertThat(summary().localisationErrorPx()).isEqualTo(new Estimate(0, 0, 0));
    }

    @Test
    void aHopelessDetectorReachesZeroAndHasNoLocalisation() {
        metrics.add("cube", detections(25, 60, 0.9f), TWO_CORNERS);
        metrics.add("cube", Keypoints.NONE, TWO_CORNERS);

        assertThat(summary().meanAveragePrecision()).isEqualTo(new Estimate(0, 0, 0));
        assertThat(summary().localisationErrorPx()).isNull();
    }

    @Test
    void averagePrecisionIsTheAreaUnderTheMonotoneCurve() {
        // right, wrong, right: precision 1, 1/2, 2/3 at recall 1/2, 1/2, 1.
        metrics.add("cube", detections(10, 10, 0.9f, 25, 60, 0.8f, 40, 10, 0.7f), TWO_CORNERS);

        assertThat(summary().meanAveragePrecision().value()).isCloseTo((1 + 2 / 3.0) / 2, within(1e-12));
    }

    @Test
    void theOrderIsThatOfScoresOverAllImagesOfAPrimitive() {
        // wrong 0.9, right 0.5, wrong 0.4, right 0.3: precision 0, 1/2, 1/3, 2/4, made monotone.
        metrics.add("cube", detections(25, 60, 0.9f, 10, 10, 0.3f), List.of(new PixelPoint(10, 10)));
        metrics.add("cube", detections(25, 60, 0.4f, 10, 10, 0.5f), List.of(new PixelPoint(10, 10)));

        assertThat(summary().meanAveragePrecision().value()).isCloseTo(0.5, within(1e-12));
    }

    @Test
    void theOrderOfEqualScoresDoesNotMatter() {
        DetectorMetrics reversed = new DetectorMetrics(DetectorMetrics.MIN_PROBABILITY, 4);
        metrics.add("cube", detections(10, 10, 0.5f, 40, 10, 0.5f), TWO_CORNERS);
        metrics.add("cube", detections(25, 60, 0.5f, 25, 70, 0.5f), TWO_CORNERS);
        reversed.add("cube", detections(25, 60, 0.5f, 25, 70, 0.5f), TWO_CORNERS);
        reversed.add("cube", detections(10, 10, 0.5f, 40, 10, 0.5f), TWO_CORNERS);

        // Recall 1/2 at precision 1/2.
        assertThat(summary().meanAveragePrecision().value()).isEqualTo(0.25);
        assertThat(reversed.summary(50, SEED).meanAveragePrecision().value()).isEqualTo(0.25);
    }

    @Test
    void eachCornerIsTakenOnceByTheBestScore() {
        // The better one is 3 px off and takes the corner; the closer one is wrong.
        metrics.add("cube", detections(11, 10, 0.5f, 13, 10, 0.9f), List.of(new PixelPoint(10, 10)));

        assertThat(summary().meanAveragePrecision().value()).isEqualTo(1);
        assertThat(requireNonNull(summary().localisationErrorPx()).value()).isEqualTo(3);
    }

    @Test
    void aCornerThatIsTakenLeavesTheNextNearestOne() {
        List<PixelPoint> close = List.of(new PixelPoint(10, 10), new PixelPoint(13, 10));
        metrics.add("checkerboard", detections(10, 10, 0.9f, 10.5f, 10, 0.8f), close);

        assertThat(summary().meanAveragePrecision().value()).isEqualTo(1);
        assertThat(requireNonNull(summary().localisationErrorPx()).value()).isEqualTo(1.25);
    }

    @Test
    void detectionsBelowTheSmallestScoreDoNotCount() {
        metrics.add("cube", detections(25, 60, 1e-4f, 10, 10, 0.9f, 40, 10, 0.8f), TWO_CORNERS);

        assertThat(summary().primitives().get(0).detectionsPerImage()).isEqualTo(2);
    }

    @Test
    void primitivesWithoutCornersCountOnlyWhenPooled() {
        metrics.add("cube", detections(10, 10, 0.8f, 40, 10, 0.8f), TWO_CORNERS);
        metrics.add("noise", detections(1, 1, 0.9f, 2, 2, 0.9f), List.of());
        metrics.add("noise", Keypoints.NONE, List.of());

        assertThat(summary().meanAveragePrecision().value()).isEqualTo(1);
        assertThat(summary().pooledAveragePrecision()).isEqualTo(0.5);
        assertThat(summary().primitives().get(1))
                .isEqualTo(new DetectorSummary.Primitive("noise", 2, 0, 1, null, null));
    }

    @Test
    void theMeanIsOverPrimitivesHoweverManyImagesEachHas() {
        for (int i = 0; i < 9; i++) {
            metrics.add("cube", Keypoints.NONE, TWO_CORNERS);
        }
        metrics.add("star", detections(10, 10, 0.9f, 40, 10, 0.8f), TWO_CORNERS);

        assertThat(summary().meanAveragePrecision().value()).isEqualTo(0.5);
    }

    @Test
    void theIntervalHoldsTheValueAndIsTheSameForTheSameSeed() {
        Draws draws = new Seed(3).draws();
        for (int image = 0; image < 60; image++) {
            List<PixelPoint> corners = new ArrayList<>(TWO_CORNERS);
            float x = draws.nextFloat() * 60;
            metrics.add("cube", detections(x, 10, draws.nextFloat(), 40, 10, draws.nextFloat()), corners);
        }
        Estimate estimate = summary().meanAveragePrecision();

        assertThat(estimate.value()).isBetween(estimate.low(), estimate.high());
        assertThat(estimate.halfWidth()).isBetween(0.001, 0.2);
        assertThat(summary()).isEqualTo(summary());
        assertThat(metrics.summary(50, new Seed(8)).meanAveragePrecision()).isNotEqualTo(estimate);
    }
}
