package io.tiepoint.train.loss;

import static org.assertj.core.api.Assertions.assertThat;

import io.tiepoint.testkit.Tolerance;
import io.tiepoint.train.torch.Tensors;
import io.tiepoint.train.torch.TestWeights;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;

class MatcherLossTest extends LossTest {
    private static double logSigmoid(double x) {
        return -Math.log1p(Math.exp(-x));
    }

    private static MatcherLoss.Labels labels(
            long[] matches0, float[] matched0, float[] unmatched0, float[] unmatched1) {
        return new MatcherLoss.Labels(
                Tensors.of(matches0, 1, matches0.length),
                Tensors.of(matched0, 1, matched0.length),
                Tensors.of(unmatched0, 1, unmatched0.length),
                Tensors.of(unmatched1, 1, unmatched1.length));
    }

    /** Keypoints 0 match each other, keypoints 1 match nothing. */
    @Test
    void matcherLossIsThatComputedByHand() {
        Tensor similarity = Tensors.of(new float[] {2, 0, -1, 1}, 1, 2, 2);
        Tensor logit0 = Tensors.of(new float[] {1, -1}, 1, 2);
        Tensor logit1 = Tensors.of(new float[] {0.5f, 3}, 1, 2);
        double row = 2 - Math.log(Math.exp(2) + Math.exp(0));
        double column = 2 - Math.log(Math.exp(2) + Math.exp(-1));
        double positive = row + column + logSigmoid(1) + logSigmoid(0.5);
        double negative = (logSigmoid(1) + logSigmoid(-3)) / 2;

        Tensor loss = MatcherLoss.of(
                similarity,
                logit0,
                logit1,
                labels(new long[] {0, 0}, new float[] {1, 0}, new float[] {0, 1}, new float[] {0, 1}));

        assertThat(loss.item_double()).isCloseTo(-(positive + negative) / 2, CLOSE);
    }

    /** Keypoint 1 of both views is unknown: neither its matchability nor a match of it is asked for. */
    @Test
    void matcherLossDoesNotAskForUnknownKeypoints() {
        Tensor similarity = leaf(new float[] {2, 0, -1, 1}, 1, 2, 2);
        Tensor logit0 = leaf(new float[] {1, -1}, 1, 2);
        Tensor logit1 = leaf(new float[] {0.5f, 3}, 1, 2);
        Tensor loss = MatcherLoss.of(
                similarity, logit0, logit1, labels(new long[] {0, 0}, new float[] {1, 0}, new float[2], new float[2]));
        loss.backward();
        float[] gradient = Tensors.toArray(similarity.grad());

        assertThat(Tensors.toArray(logit0.grad())[0]).isNegative();
        assertThat(Tensors.toArray(logit0.grad())[1]).isZero();
        assertThat(Tensors.toArray(logit1.grad())[0]).isNegative();
        assertThat(Tensors.toArray(logit1.grad())[1]).isZero();
        assertThat(gradient[0]).isNegative();
        assertThat(gradient[1]).as("a wrong match of keypoint 0").isPositive();
        assertThat(gradient[2]).as("a wrong match of keypoint 0").isPositive();
        assertThat(gradient[3]).as("both unknown").isZero();
    }

    @Test
    void matcherLossOfUnmatchedKeypointsPullsTheirMatchabilityDown() {
        Tensor logit0 = leaf(new float[] {0, 0}, 1, 2);
        Tensor logit1 = leaf(new float[] {0, 0, 0}, 1, 3);
        Tensor loss = MatcherLoss.of(
                torch.zeros(1, 2, 3),
                logit0,
                logit1,
                labels(new long[] {0, 0}, new float[2], new float[] {1, 1}, new float[] {1, 1, 1}));
        loss.backward();

        assertThat(loss.item_double()).isCloseTo(Math.log(2) / 2, CLOSE);
        assertThat(Tensors.toArray(logit0.grad())).containsOnly(0.05f);
        assertThat(Tensors.toArray(logit1.grad())).containsOnly(0.05f);
    }

    @Test
    void matcherLossOfNothingKnownIsZero() {
        Tensor similarity = leaf(TestWeights.gaussian(6, 1), 1, 2, 3);
        Tensor loss = MatcherLoss.of(
                similarity.mul(new Scalar(1)),
                torch.zeros(1, 2),
                torch.zeros(1, 3),
                labels(new long[2], new float[2], new float[2], new float[3]));
        loss.backward();

        assertThat(loss.item_double()).isZero();
        assertThat(Tolerance.largestDifference(Tensors.toArray(similarity.grad()), new float[6]))
                .isZero();
    }

    /** Keypoint 0 matches keypoint 1, keypoint 1 has no match, nor has keypoint 0 of view 1; of keypoint 2 nothing is known. */
    @Test
    void assignmentLossIsTheBalancedMeanOfWhatIsKnown() {
        float[] values = TestWeights.gaussian(12, 5);
        Tensor assignment = leaf(values, 1, 3, 4);
        Tensor loss = MatcherLoss.ofAssignment(
                assignment.mul(new Scalar(1)),
                labels(new long[] {1, 0}, new float[] {1, 0}, new float[] {0, 1}, new float[] {1, 0, 0}));
        loss.backward();
        float[] gradient = Tensors.toArray(assignment.grad());

        assertThat(loss.item_double()).isCloseTo(-(values[1] + (values[7] + values[8]) / 2.0) / 2, CLOSE);
        float[] expected = new float[12];
        expected[1] = -0.5f;
        expected[7] = -0.25f;
        expected[8] = -0.25f;
        assertThat(gradient).containsExactly(expected);
    }
}
