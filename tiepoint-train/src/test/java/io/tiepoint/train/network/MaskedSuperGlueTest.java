package io.tiepoint.train.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.tiepoint.testkit.Tolerance;
import io.tiepoint.train.torch.Precision;
import io.tiepoint.train.torch.Tensors;
import io.tiepoint.train.torch.TestWeights;
import io.tiepoint.train.torch.Torch;
import io.tiepoint.train.torch.TorchOps;
import io.tiepoint.train.torch.Weights;
import java.util.Arrays;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pairs of any numbers of keypoints, alone and in one batch. */
class MaskedSuperGlueTest {
    private static final int WIDTH = 8;
    private static final int MOST = 12;
    private static final SuperGlueNetwork NETWORK = new SuperGlueNetwork(WIDTH, 4, 7);

    @BeforeAll
    static void load() {
        Torch.load(1);
    }

    /** Inputs of one view: [count 2], [count 1], [count width], filled up with what may not be seen. */
    private static Tensor start(TorchOps ops, int[] counts, int seed, int size) {
        float[] keypoints = new float[counts.length * size * 2];
        float[] scores = new float[counts.length * size];
        float[] descriptors = new float[counts.length * size * WIDTH];
        Arrays.fill(keypoints, 7);
        Arrays.fill(scores, 7);
        Arrays.fill(descriptors, 7);
        for (int pair = 0; pair < counts.length; pair++) {
            int count = counts[pair];
            System.arraycopy(TestWeights.gaussian(2 * count, seed + count), 0, keypoints, pair * size * 2, 2 * count);
            System.arraycopy(TestWeights.uniform(count, seed + count), 0, scores, pair * size, count);
            System.arraycopy(
                    TestWeights.unitRows(count, WIDTH, seed + count),
                    0,
                    descriptors,
                    pair * size * WIDTH,
                    count * WIDTH);
        }
        return NETWORK.start(
                ops,
                Tensors.of(keypoints, counts.length, size, 2),
                Tensors.of(scores, counts.length, size, 1),
                Tensors.of(descriptors, counts.length, size, WIDTH));
    }

    private static Tensor assignment(TorchOps ops, Tensor start0, Tensor start1, @Nullable Masks<Tensor> masks) {
        LightGlueNetwork.States<Tensor> states = new LightGlueNetwork.States<>(start0, start1);
        for (int layer = 0; layer < NETWORK.layers(); layer++) {
            states = NETWORK.layer(ops, layer, states, masks);
        }
        return NETWORK.logAssignment(ops, NETWORK.similarity(ops, states), masks);
    }

    private static Tensor real(int[] counts) {
        float[] real = new float[counts.length * MOST];
        for (int pair = 0; pair < counts.length; pair++) {
            Arrays.fill(real, pair * MOST, pair * MOST + counts[pair], 1);
        }
        return Tensors.of(real, counts.length, MOST);
    }

    @Test
    void eachPairOfABatchGivesWhatItGivesAlone() {
        int[] counts0 = {7, 12, 1};
        int[] counts1 = {12, 5, 3};
        try (Weights weights = TestWeights.random(NETWORK, 9);
                PointerScope scope = new PointerScope();
                NoGradGuard guard = new NoGradGuard()) {
            TorchOps ops = new TorchOps(weights, Precision.FLOAT32);
            Tensor together = assignment(
                    ops,
                    start(ops, counts0, 1, MOST),
                    start(ops, counts1, 2, MOST),
                    Masks.of(ops, real(counts0), real(counts1)));

            for (int pair = 0; pair < counts0.length; pair++) {
                int m = counts0[pair];
                int n = counts1[pair];
                Tensor alone = assignment(ops, start(ops, new int[] {m}, 1, m), start(ops, new int[] {n}, 2, n), null);
                Tensor one = together.narrow(0, pair, 1);
                assertSame(
                        one.narrow(1, 0, m).narrow(2, 0, n),
                        alone.narrow(1, 0, m).narrow(2, 0, n));
                assertSame(
                        one.narrow(1, 0, m).narrow(2, MOST, 1),
                        alone.narrow(1, 0, m).narrow(2, n, 1));
                assertSame(
                        one.narrow(1, MOST, 1).narrow(2, 0, n),
                        alone.narrow(1, m, 1).narrow(2, 0, n));
                assertSame(
                        one.narrow(1, MOST, 1).narrow(2, MOST, 1),
                        alone.narrow(1, m, 1).narrow(2, n, 1));
            }
        }
    }

    private static void assertSame(Tensor found, Tensor expected) {
        assertThat(Tolerance.largestDifference(Tensors.toArray(found), Tensors.toArray(expected)))
                .isLessThanOrEqualTo(1e-4);
    }

    /** The mass of each keypoint is 1 over all keypoints, so the probabilities of its matches and of none sum to 1. */
    @ParameterizedTest
    @CsvSource({"1, 1", "1, 3000", "3000, 2000"})
    void transportsFewAndVeryManyKeypoints(int count0, int count1) {
        try (Weights weights = TestWeights.random(NETWORK, 9);
                PointerScope scope = new PointerScope();
                NoGradGuard guard = new NoGradGuard()) {
            TorchOps ops = new TorchOps(weights, Precision.FLOAT32);
            Tensor found = assignment(
                    ops, start(ops, new int[] {count0}, 1, count0), start(ops, new int[] {count1}, 2, count1), null);

            float[] sums = Tensors.toArray(found.exp()
                    .sum(new long[] {1}, false, new ScalarTypeOptional())
                    .narrow(1, 0, count1));
            assertThat(found.shape()).containsExactly(1, count0 + 1, count1 + 1);
            for (float sum : sums) {
                assertThat(sum).isCloseTo(1, Tolerance.within(1e-3));
            }
        }
    }
}
