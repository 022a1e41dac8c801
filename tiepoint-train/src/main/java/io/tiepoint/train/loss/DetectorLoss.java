package io.tiepoint.train.loss;

import io.tiepoint.core.check.Shapes;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Cross-entropy over the 65 classes of a cell (SuperPoint, equations 2 and 3), with soft targets: a corner between pixels is
 * shared out among the four around it, so that the network learns positions to the sub-pixel.
 */
public final class DetectorLoss {
    private DetectorLoss() {}

    /**
     * Mean over the cells that count.
     *
     * @param logits [B 65 Hc Wc]
     * @param target [B 65 Hc Wc] float32; sums to 1 over the classes
     * @param mask [B Hc Wc] float32; 1 where a cell's truth is known, else 0
     * @return scalar
     */
    public static Tensor of(Tensor logits, Tensor target, Tensor mask) {
        Shapes shapes = new Shapes();
        shapes.expect("logits", logits.shape(), "B 65 R C").expect("target", target.shape(), "B 65 R C");
        shapes.expect("mask", mask.shape(), "B R C");
        Tensor logProbability = torch.log_softmax(logits.to(ScalarType.Float), 1);
        Tensor perCell = target.mul(logProbability).sum(new long[] {1}, false, new ScalarTypeOptional());
        return perCell.mul(mask).sum().div(mask.sum().clamp_min(new Scalar(1))).neg();
    }
}
