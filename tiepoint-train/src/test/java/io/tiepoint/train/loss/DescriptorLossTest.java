package io.tiepoint.train.loss;

import static org.assertj.core.api.Assertions.assertThat;

import io.tiepoint.testkit.Tolerance;
import io.tiepoint.train.torch.Tensors;
import io.tiepoint.train.torch.TestWeights;
import org.assertj.core.data.Offset;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DescriptorLossTest extends LossTest {
    /** K different unit vectors of D = 2 K numbers. */
    private static float[] axes(int k) {
        float[] values = new float[k * 2 * k];
        for (int i = 0; i < k; i++) {
            values[i * 2 * k + i] = 1;
        }
        return values;
    }

    private static float[] rotated(float[] rows, int k) {
        float[] values = new float[rows.length];
        int d = rows.length / k;
        for (int i = 0; i < k; i++) {
            System.arraycopy(rows, i * d, values, (i + 1) % k * d, d);
        }
        return values;
    }

    @ParameterizedTest
    @EnumSource
    void descriptorLossIsSmallForPerfectDescriptorsAndLargeForPermutedOnes(DescriptorLoss descriptorLoss) {
        int k = 8;
        Tensor own = Tensors.of(axes(k), 1, k, 2L * k);
        Tensor permuted = Tensors.of(rotated(axes(k), k), 1, k, 2L * k);
        Tensor weight = torch.ones(1, k);

        assertThat(descriptorLoss.of(own, own, weight).item_double()).isBetween(0.0, 0.001);
        assertThat(descriptorLoss.of(own, permuted, weight).item_double()).isGreaterThan(1.1);
        assertThat(DescriptorLoss.accuracy(own, own, weight)).isEqualTo(1);
        assertThat(DescriptorLoss.accuracy(own, permuted, weight)).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void descriptorLossDoesNotMindPointsWithoutWeight(DescriptorLoss descriptorLoss) {
        int k = 6;
        int d = 5;
        Tensor weight = Tensors.of(new float[] {1, 1, 0, 1, 0, 1}, 1, k);
        float[] values0 = TestWeights.gaussian(k * d, 1);
        float[] values1 = TestWeights.gaussian(k * d, 2);
        Tensor before0 = leaf(values0, 1, k, d);
        Tensor before = descriptorLoss.of(before0, Tensors.of(values1, 1, k, d), weight);
        for (int i : new int[] {2, 4}) {
            for (int j = 0; j < d; j++) {
                values0[i * d + j] += 3 + j;
                values1[i * d + j] -= 5 - j;
            }
        }
        Tensor after = descriptorLoss.of(Tensors.of(values0, 1, k, d), Tensors.of(values1, 1, k, d), weight);
        before.backward();
        float[] gradient = Tensors.toArray(before0.grad());

        assertThat(after.item_double()).isCloseTo(before.item_double(), CLOSE);
        for (int i = 0; i < k; i++) {
            for (int j = 0; j < d; j++) {
                if (i == 2 || i == 4) {
                    assertThat(gradient[i * d + j]).isZero();
                }
            }
        }
        assertThat(gradient[0]).isNotZero();
    }

    @ParameterizedTest
    @EnumSource
    void descriptorLossOfNoPointIsZero(DescriptorLoss descriptorLoss) {
        Tensor descriptors = leaf(TestWeights.gaussian(12, 1), 1, 4, 3);
        Tensor loss = descriptorLoss.of(descriptors, descriptors, torch.zeros(1, 4));
        loss.backward();

        assertThat(loss.item_double()).isZero();
        assertThat(Tolerance.largestDifference(Tensors.toArray(descriptors.grad()), new float[12]))
                .isZero();
        assertThat(DescriptorLoss.accuracy(descriptors, descriptors, torch.zeros(1, 4)))
                .isZero();
    }

    /** One point: similarity s costs 1 - s; two points: each of the two others costs a quarter of what lies above 0.2. */
    @Test
    void hingeLossHasItsMargins() {
        Tensor first = Tensors.of(new float[] {1, 0}, 1, 1, 2);
        Tensor tilted = Tensors.of(new float[] {0.6f, 0.8f}, 1, 1, 2);
        assertThat(DescriptorLoss.HINGE.of(first, tilted, torch.ones(1, 1)).item_double())
                .isCloseTo(0.4, CLOSE);

        // Similarities [[1, 0.6], [0.6, 1]]: nothing to pay for the same, 2 x (0.6 - 0.2) for different ones, of 2
        // points.
        Tensor both = Tensors.of(new float[] {1, 0, 0.6f, 0.8f}, 1, 2, 2);
        assertThat(DescriptorLoss.HINGE.of(both, both, torch.ones(1, 2)).item_double())
                .isCloseTo(0.25 * 2 * 0.4 / 2, CLOSE);

        // Similarity 0.1 of different points is below the margin.
        Tensor apart = Tensors.of(new float[] {1, 0, 0.1f, (float) Math.sqrt(0.99)}, 1, 2, 2);
        assertThat(DescriptorLoss.HINGE.of(apart, apart, torch.ones(1, 2)).item_double())
                .isCloseTo(0, CLOSE);
    }

    @Test
    void dualSoftmaxIsTheMeanOfBothDirections() {
        Tensor first = Tensors.of(new float[] {1, 0, 0, 1}, 1, 2, 2);
        Tensor second = Tensors.of(new float[] {0.6f, 0.8f, 0, 1}, 1, 2, 2);
        // Similarities [[0.6, 0], [0.8, 1]] at temperature 0.06.
        double row0 = -Math.log(1 / (1 + Math.exp(-0.6 / 0.06)));
        double row1 = -Math.log(1 / (1 + Math.exp(-0.2 / 0.06)));
        double column0 = -Math.log(1 / (1 + Math.exp(0.2 / 0.06)));
        double column1 = -Math.log(1 / (1 + Math.exp(-1 / 0.06)));

        assertThat(DescriptorLoss.DUAL_SOFTMAX
                        .of(first, second, torch.ones(1, 2))
                        .item_double())
                .isCloseTo((row0 + row1 + column0 + column1) / 4, Offset.offset(1e-5));
    }
}
