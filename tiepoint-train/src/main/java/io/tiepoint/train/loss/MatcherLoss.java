package io.tiepoint.train.loss;

import io.tiepoint.core.check.Shapes;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * LightGlue's loss of one layer (section 3.2 of the paper; glue-factory, losses.py): the mean negative log-probability of the
 * matches, balanced with that of "no match" of the unmatched keypoints. Unknown keypoints do not take part.
 */
public final class MatcherLoss {
    private MatcherLoss() {}

    /**
     * What is known of the keypoints of a batch.
     *
     * @param matches0 [B M] int64; keypoint of view 1, 0 where there is none
     * @param matched0 [B M] float32; 1 where there is one
     * @param unmatched0 [B M] float32; 1 where there is certainly none
     * @param unmatched1 [B N] float32; likewise of view 1
     */
    public record Labels(Tensor matches0, Tensor matched0, Tensor unmatched0, Tensor unmatched1) {}

    /**
     * Loss of one layer.
     *
     * @param similarity [B M N] before any softmax
     * @param logit0 [B M] of matchability
     * @param logit1 [B N]
     * @return scalar
     */
    public static Tensor of(Tensor similarity, Tensor logit0, Tensor logit1, Labels labels) {
        new Shapes()
                .expect("similarity", similarity.shape(), "B M N")
                .expect("logit0", logit0.shape(), "B M")
                .expect("logit1", logit1.shape(), "B N")
                .expect("matches0", labels.matches0().shape(), "B M")
                .expect("unmatched1", labels.unmatched1().shape(), "B N");
        Tensor index = labels.matches0().unsqueeze(2);
        Tensor rows = torch.log_softmax(similarity, 2).gather(2, index).squeeze(2);
        Tensor columns = torch.log_softmax(similarity, 1).gather(2, index).squeeze(2);
        Tensor certainty0 = torch.log_sigmoid(logit0);
        Tensor certainty1 = torch.log_sigmoid(logit1).gather(1, labels.matches0());
        Tensor logProbability = rows.add(columns).add(certainty0).add(certainty1);
        Tensor positive = mean(logProbability, labels.matched0());
        Tensor none0 = torch.log_sigmoid(logit0.neg()).mul(labels.unmatched0()).sum();
        Tensor none1 = torch.log_sigmoid(logit1.neg()).mul(labels.unmatched1()).sum();
        Tensor count = labels.unmatched0().sum().add(labels.unmatched1().sum());
        Tensor negative = none0.add(none1).div(count.clamp_min(new Scalar(1)));
        return positive.add(negative).mul(new Scalar(-0.5));
    }

    /**
     * The same for an assignment whose "no match" is a choice beside the others, as SuperGlue's (equation 11 of its paper, but
     * balanced as above).
     *
     * @param logAssignment [B M+1 N+1]
     * @return scalar
     */
    public static Tensor ofAssignment(Tensor logAssignment, Labels labels) {
        long rows = labels.matched0().size(1);
        long columns = labels.unmatched1().size(1);
        new Shapes()
                .expect("matches0", labels.matches0().shape(), "B M")
                .expect("unmatched1", labels.unmatched1().shape(), "B N")
                .expect(
                        "logAssignment",
                        logAssignment.narrow(1, 0, rows).narrow(2, 0, columns).shape(),
                        "B M N");
        Tensor inner = logAssignment.narrow(1, 0, rows);
        Tensor matched = inner.gather(2, labels.matches0().unsqueeze(2)).squeeze(2);
        Tensor none0 =
                inner.narrow(2, columns, 1).squeeze(2).mul(labels.unmatched0()).sum();
        Tensor none1 = logAssignment
                .narrow(1, rows, 1)
                .squeeze(1)
                .narrow(1, 0, columns)
                .mul(labels.unmatched1())
                .sum();
        Tensor count = labels.unmatched0().sum().add(labels.unmatched1().sum());
        Tensor negative = none0.add(none1).div(count.clamp_min(new Scalar(1)));
        return mean(matched, labels.matched0()).add(negative).mul(new Scalar(-0.5));
    }

    private static Tensor mean(Tensor values, Tensor weight) {
        return values.mul(weight).sum().div(weight.sum().clamp_min(new Scalar(1)));
    }
}
