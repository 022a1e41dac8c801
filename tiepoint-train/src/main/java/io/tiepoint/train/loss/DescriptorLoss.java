package io.tiepoint.train.loss;

import io.tiepoint.core.check.Shapes;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Makes the descriptors of one point alike in two views, and those of different points unlike. */
public enum DescriptorLoss {
    /**
     * Negative logarithm of the dual softmax over the similarities of a pair: each point is to be told from all others of its
     * pair, in both directions (LoFTR, 2021, equation 2; XFeat, 2024, equation 4).
     */
    DUAL_SOFTMAX {
        @Override
        Tensor of(Tensor similarity, Tensor weight) {
            Tensor logits = similarity.mul(new Scalar(1 / TEMPERATURE));
            // A point that does not count is no competitor either.
            Tensor penalty = weight.sub(new Scalar(1)).mul(new Scalar(1e4));
            Tensor rows = torch.log_softmax(logits.add(penalty.unsqueeze(1)), 2);
            Tensor columns = torch.log_softmax(logits.add(penalty.unsqueeze(2)), 1);
            Tensor own = rows.diagonal(0, 1, 2).add(columns.diagonal(0, 1, 2));
            return own.mul(weight)
                    .sum()
                    .div(weight.sum().clamp_min(new Scalar(1)))
                    .mul(new Scalar(-0.5));
        }
    },
    /** SuperPoint's hinge loss (equation 6) on sampled points: similarity above 1 of the same, below 0.2 of different points. */
    HINGE {
        @Override
        Tensor of(Tensor similarity, Tensor weight) {
            Tensor pairs = weight.unsqueeze(2).mul(weight.unsqueeze(1));
            Tensor own = similarity.diagonal(0, 1, 2);
            Tensor positive = own.neg().add(new Scalar(POSITIVE_MARGIN)).relu().mul(weight);
            Tensor negative = similarity.sub(new Scalar(NEGATIVE_MARGIN)).relu().mul(pairs);
            Tensor ownNegative = own.sub(new Scalar(NEGATIVE_MARGIN)).relu().mul(weight);
            Tensor count = weight.sum().clamp_min(new Scalar(1));
            return positive.sum()
                    .div(count)
                    .add(negative.sum().sub(ownNegative.sum()).div(count).mul(new Scalar(NEGATIVE_WEIGHT)));
        }
    };

    private static final double TEMPERATURE = 0.06;
    private static final double POSITIVE_MARGIN = 1;
    private static final double NEGATIVE_MARGIN = 0.2;
    private static final double NEGATIVE_WEIGHT = 0.25;

    abstract Tensor of(Tensor similarity, Tensor weight);

    /**
     * Mean over the points that count.
     *
     * @param descriptors0 [P K D] of view 0; each row of L2 norm 1
     * @param descriptors1 [P K D] of the same points in view 1
     * @param weight [P K] float32; 1 where a point is visible in both views, else 0
     * @return scalar
     */
    public Tensor of(Tensor descriptors0, Tensor descriptors1, Tensor weight) {
        new Shapes()
                .expect("descriptors0", descriptors0.shape(), "P K D")
                .expect("descriptors1", descriptors1.shape(), "P K D")
                .expect("weight", weight.shape(), "P K");
        return of(torch.bmm(descriptors0, descriptors1.transpose(1, 2)), weight);
    }

    /**
     * Share of the points whose nearest descriptor of view 1 is their own.
     *
     * @return in [0, 1]
     */
    public static double accuracy(Tensor descriptors0, Tensor descriptors1, Tensor weight) {
        Tensor similarity = torch.bmm(descriptors0, descriptors1.transpose(1, 2))
                .add(weight.sub(new Scalar(1)).mul(new Scalar(1e4)).unsqueeze(1));
        Tensor best = similarity.amax(new long[] {2}, false);
        Tensor right =
                similarity.diagonal(0, 1, 2).ge(best).to(weight.scalar_type()).mul(weight);
        return right.sum().item_double()
                / Math.max(1, weight.sum(new ScalarTypeOptional()).item_double());
    }
}
