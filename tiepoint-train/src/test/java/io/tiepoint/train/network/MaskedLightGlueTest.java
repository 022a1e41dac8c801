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
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Pairs with unequal numbers of keypoints in one batch. */
class MaskedLightGlueTest {
    private static final int D = 16;
    private static final int MOST = 12;

    @BeforeAll
    static void load() {
        Torch.load(1);
    }

    /** What fills the batch up is large on purpose: it may not be seen. */
    private static float[] padded(float[] values, int size) {
        float[] all = Arrays.copyOf(values, MOST * size);
        Arrays.fill(all, values.length, all.length, 7);
        return all;
    }

    private static float[] joined(float[] first, float[] second) {
        float[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    private static Tensor mask(int first, int second) {
        float[] real = new float[2 * MOST];
        Arrays.fill(real, 0, first, 1);
        Arrays.fill(real, MOST, MOST + second, 1);
        return Tensors.of(real, 2, MOST);
    }

    @ParameterizedTest
    @EnumSource
    void eachPairOfABatchGivesWhatItGivesAlone(PositionEncoder positions) {
        LightGlueNetwork network = new LightGlueNetwork(D, 24, 3, 2, positions);
        int channels = positions.channels();
        int[][] counts = {{7, 12}, {12, 1}};
        try (Weights weights = TestWeights.random(network, 9);
                PointerScope scope = new PointerScope();
                NoGradGuard guard = new NoGradGuard()) {
            TorchOps ops = new TorchOps(weights, Precision.FLOAT32);
            float[][] keypoints = new float[4][];
            float[][] descriptors = new float[4][];
            for (int i = 0; i < 4; i++) {
                int count = counts[i / 2][i % 2];
                keypoints[i] = TestWeights.gaussian(count * channels, i);
                descriptors[i] = TestWeights.unitRows(count, D, 50 + i);
            }
            LightGlueNetwork.Start<Tensor> start0 = start(network, ops, keypoints, descriptors, 0);
            LightGlueNetwork.Start<Tensor> start1 = start(network, ops, keypoints, descriptors, 1);
            Masks<Tensor> masks = Masks.of(ops, mask(7, 12), mask(12, 1));
            List<LightGlueNetwork.States<Tensor>> batch = network.forward(ops, start0, start1, masks);
            Tensor together = network.logAssignment(ops, 2, batch.get(2), masks);

            for (int pair = 0; pair < 2; pair++) {
                int m = counts[pair][0];
                int n = counts[pair][1];
                List<LightGlueNetwork.States<Tensor>> alone = network.forward(
                        ops,
                        Tensors.of(keypoints[2 * pair], 1, m, channels),
                        Tensors.of(descriptors[2 * pair], 1, m, D),
                        Tensors.of(keypoints[2 * pair + 1], 1, n, channels),
                        Tensors.of(descriptors[2 * pair + 1], 1, n, D));
                Tensor single = network.logAssignment(ops, 2, alone.get(2));
                Tensor inner = single.narrow(1, 0, m).narrow(2, 0, n);
                Tensor part = together.narrow(0, pair, 1).narrow(1, 0, m).narrow(2, 0, n);
                assertThat(Tolerance.largestDifference(Tensors.toArray(part), Tensors.toArray(inner)))
                        .isLessThanOrEqualTo(1e-4);
                Tensor noMatch = together.narrow(0, pair, 1).narrow(1, 0, m).narrow(2, MOST, 1);
                assertThat(Tolerance.largestDifference(
                                Tensors.toArray(noMatch),
                                Tensors.toArray(single.narrow(1, 0, m).narrow(2, n, 1))))
                        .isLessThanOrEqualTo(1e-4);
            }
        }
    }

    private static LightGlueNetwork.Start<Tensor> start(
            LightGlueNetwork network, TorchOps ops, float[][] keypoints, float[][] descriptors, int view) {
        int channels = network.positions().channels();
        return network.start(
                ops,
                Tensors.of(
                        joined(padded(keypoints[view], channels), padded(keypoints[2 + view], channels)),
                        2,
                        MOST,
                        channels),
                Tensors.of(joined(padded(descriptors[view], D), padded(descriptors[2 + view], D)), 2, MOST, D));
    }
}
