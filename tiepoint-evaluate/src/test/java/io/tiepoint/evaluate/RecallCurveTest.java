package io.tiepoint.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tiepoint.core.random.Draws;
import io.tiepoint.core.random.Seed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecallCurveTest {
    private static double auc(double threshold, double... errors) {
        return RecallCurve.of(errors).areaUnder(threshold);
    }

    @Test
    void isOneWhereEveryErrorIsZero() {
        assertThat(auc(3, 0, 0, 0)).isEqualTo(1);
    }

    @Test
    void isZeroWhereEveryErrorIsAtOrAboveTheThreshold() {
        assertThat(auc(3, 3, 4, Double.POSITIVE_INFINITY)).isZero();
    }

    @Test
    void followsTheClosedFormForOneError() {
        // A triangle up to (1, 1), then level to 4: (0.5 + 3) / 4.
        assertThat(auc(4, 1)).isEqualTo(0.875);
    }

    @Test
    void followsTheClosedFormForSeveralErrorsInAnyOrder() {
        // Recall 1/4 at 0.5, 1/2 at 2, level to 3: 0.0625 + 0.5625 + 0.5, over 3.
        assertThat(auc(3, Double.POSITIVE_INFINITY, 2, 0.5, 7)).isCloseTo(1.125 / 3, within(1e-15));
    }

    @Test
    void countsAFailedEstimateAsOneThatIsFarOff() {
        assertThat(auc(5, 1, Double.POSITIVE_INFINITY)).isEqualTo(auc(5, 1, 1e9));
    }

    @Test
    void isZeroForNoPair() {
        assertThat(auc(5)).isZero();
    }

    @Test
    void rejectsWhatIsNoError() {
        assertThatThrownBy(() -> auc(5, 1, Double.NaN)).hasMessageStartingWith("errors: expected >= 0, found");
        assertThatThrownBy(() -> auc(5, -1)).hasMessageStartingWith("errors: expected >= 0, found");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void agreesWithFineSummation(long seed) {
        Draws draws = new Seed(seed).draws();
        double[] errors = draws.doubles(20, 0, 10).sorted().toArray();
        int steps = 200_000;
        double sum = 0;
        for (int s = 0; s < steps; s++) {
            sum += recallAt(errors, 5 * (s + 0.5) / steps);
        }
        assertThat(auc(5, errors)).isCloseTo(sum / steps, within(1e-6));
    }

    /** Straight between the points (error, recall), and level after the last error below the threshold of 5. */
    private static double recallAt(double[] sorted, double t) {
        double fromError = 0;
        double fromRecall = 0;
        for (int i = 0; i < sorted.length && sorted[i] < 5; i++) {
            double recall = (i + 1.0) / sorted.length;
            if (t < sorted[i]) {
                return fromRecall + (recall - fromRecall) * (t - fromError) / (sorted[i] - fromError);
            }
            fromError = sorted[i];
            fromRecall = recall;
        }
        return fromRecall;
    }
}
