package io.tiepoint.train.stage;

import io.tiepoint.train.loss.MatcherLoss;
import io.tiepoint.train.network.LightGlueNetwork;
import io.tiepoint.train.network.MatcherNetwork;
import io.tiepoint.train.network.SuperGlueNetwork;
import io.tiepoint.train.torch.TorchOps;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/** What a matcher is trained by: its loss on a batch of pairs of which the matches are known. */
interface MatcherObjective {
    /**
     * What a network takes of one view of each of B pairs.
     *
     * @param keypoints [B K 2] normalised
     * @param scores [B K 1] of the detector
     * @param descriptors [B K D]
     */
    record View(Tensor keypoints, Tensor scores, Tensor descriptors) {}

    /**
     * What came out.
     *
     * @param loss scalar, to go down
     * @param logAssignment [B K+1 K+1] in the end
     * @param figures for the log; {@code lastLoss} is what weights are compared by
     */
    record Outcome(Tensor loss, Tensor logAssignment, Map<String, Double> figures) {}

    /** Length of the descriptors. */
    int inputSize();

    /** Computes the loss. */
    Outcome of(TorchOps ops, View view0, View view1, MatcherLoss.Labels labels);

    /** The objective that a network is trained by. */
    static MatcherObjective of(MatcherNetwork network) {
        if (network instanceof LightGlueNetwork lightGlue) {
            return new LightGlueObjective(lightGlue);
        }
        if (network instanceof SuperGlueNetwork superGlue) {
            return new SuperGlueObjective(superGlue);
        }
        throw new IllegalArgumentException("network: expected LightGlue or SuperGlue, found "
                + network.getClass().getSimpleName());
    }
}
