package io.tiepoint.train.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tiepoint.testkit.Tolerance;
import io.tiepoint.train.torch.Tensors;
import io.tiepoint.train.torch.TestWeights;
import java.util.Arrays;
import org.assertj.core.data.Offset;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;

class DetectorLossTest extends LossTest {
    /** A target that has the class in every one of the cells. */
    private static float[] always(int channel, int cells) {
        float[] target = new float[65 * cells];
        for (int i = 0; i < cells; i++) {
            target[channel * cells + i] = 1;
        }
        return target;
    }

    @Test
    void detectorLossOfEqualLogitsIsTheLogarithmOfTheClasses() {
        float[] logits = new float[2 * 65 * 6];
        Arrays.fill(logits, 3);
        float[] target = new float[logits.length];
        System.arraycopy(always(64, 6), 0, target, 0, 65 * 6);
        System.arraycopy(always(10, 6), 0, target, 65 * 6, 65 * 6);
        Tensor loss =
                DetectorLoss.of(Tensors.of(logits, 2, 65, 2, 3), Tensors.of(target, 2, 65, 2, 3), torch.ones(2, 2, 3));

        assertThat(loss.item_double()).isCloseTo(Math.log(65), Offset.offset(1e-5));
    }

    @Test
    void detectorLossOfASoftTargetIsItsCrossEntropy() {
        float[] logits = new float[65];
        logits[3] = 4;
        logits[4] = 2;
        float[] target = new float[65];
        target[3] = 0.75f;
        target[4] = 0.25f;
        double logSum = Math.log(Math.exp(4) + Math.exp(2) + 63);
        Tensor loss =
                DetectorLoss.of(Tensors.of(logits, 1, 65, 1, 1), Tensors.of(target, 1, 65, 1, 1), torch.ones(1, 1, 1));

        assertThat(loss.item_double()).isCloseTo(0.75 * (logSum - 4) + 0.25 * (logSum - 2), CLOSE);
    }

    @Test
    void detectorLossTakesTheMeanOverTheCellsOfTheMaskAlone() {
        int cells = 2;
        float[] logits = new float[65 * cells];
        logits[cells] = 5; // channel 1 of cell 0, which is right
        logits[1] = 50; // channel 0 of cell 1, which is wrong and must not count
        Tensor leaf = leaf(logits, 1, 65, 1, cells);
        Tensor target = Tensors.of(always(1, cells), 1, 65, 1, cells);
        Tensor loss = DetectorLoss.of(leaf, target, Tensors.of(new float[] {1, 0}, 1, 1, cells));
        loss.backward();
        float[] gradient = Tensors.toArray(leaf.grad());

        assertThat(loss.item_double()).isCloseTo(Math.log(Math.exp(5) + 64) - 5, CLOSE);
        for (int channel = 0; channel < 65; channel++) {
            assertThat(gradient[channel * cells]).isNotZero();
            assertThat(gradient[channel * cells + 1]).isZero();
        }
    }

    @Test
    void detectorLossOfNoKnownCellIsZero() {
        Tensor leaf = leaf(TestWeights.gaussian(65, 1), 1, 65, 1, 1);
        Tensor loss = DetectorLoss.of(leaf, Tensors.of(always(1, 1), 1, 65, 1, 1), torch.zeros(1, 1, 1));
        loss.backward();

        assertThat(loss.item_double()).isZero();
        assertThat(Tolerance.largestDifference(Tensors.toArray(leaf.grad()), new float[65]))
                .isZero();
    }

    @Test
    void detectorLossRejectsShapesThatDoNotAgree() {
        Tensor logits = torch.zeros(1, 65, 2, 3);

        assertThatThrownBy(() -> DetectorLoss.of(logits, torch.zeros(1, 65, 3, 2), torch.zeros(1, 2, 3)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("target: expected shape [B 65 R C]");
    }
}
