package io.tiepoint.train.stage;

import io.tiepoint.train.loss.MatcherLoss;
import io.tiepoint.train.network.LightGlueNetwork;
import io.tiepoint.train.torch.TorchOps;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Every layer is supervised, and learns when its matches are already the last one's (LightGlue, 2023, sections 3.2 and 3.3). */
record LightGlueObjective(LightGlueNetwork network) implements MatcherObjective {
    private static final double CONFIDENCE_WEIGHT = 0.25;

    @Override
    public int inputSize() {
        return network.inputSize();
    }

    @Override
    public Outcome of(TorchOps ops, View view0, View view1, MatcherLoss.Labels labels) {
        List<LightGlueNetwork.States<Tensor>> states =
                network.forward(ops, view0.keypoints(), view0.descriptors(), view1.keypoints(), view1.descriptors());
        int last = network.layers() - 1;
        Tensor lastAssignment = assignment(ops, last, states.get(last));
        Tensor lastBest = best(lastAssignment);
        Tensor sum = torch.zeros(1);
        Map<String, Double> figures = new LinkedHashMap<>();
        for (int layer = 0; layer <= last; layer++) {
            LightGlueNetwork.States<Tensor> state = states.get(layer);
            Tensor loss = MatcherLoss.of(
                    network.similarity(ops, layer, state),
                    network.matchability(ops, layer, state.state0()).squeeze(2),
                    network.matchability(ops, layer, state.state1()).squeeze(2),
                    labels);
            sum = sum.add(loss.div(new Scalar(network.layers())));
            if (layer < last) {
                // A keypoint is settled where this layer's best match is already the last one's.
                Tensor settled =
                        best(assignment(ops, layer, state)).eq(lastBest).to(torch.ScalarType.Float);
                Tensor logit =
                        network.confidence(ops, layer, state.state0().detach()).squeeze(2);
                Tensor confidenceLoss = torch.binary_cross_entropy_with_logits(logit, settled);
                sum = sum.add(confidenceLoss.mul(new Scalar(CONFIDENCE_WEIGHT / last)));
            } else {
                figures.put("lastLoss", loss.item_double());
            }
        }
        return new Outcome(sum.squeeze(), lastAssignment, figures);
    }

    private Tensor assignment(TorchOps ops, int layer, LightGlueNetwork.States<Tensor> states) {
        try (NoGradGuard guard = new NoGradGuard()) {
            return network.logAssignment(ops, layer, states);
        }
    }

    /** The column of the best entry of each row of the log-assignment, the dustbin included: [B M] int64. */
    static Tensor best(Tensor logAssignment) {
        return logAssignment
                .narrow(1, 0, logAssignment.size(1) - 1)
                .argmax(new org.bytedeco.pytorch.LongOptional(2), false);
    }
}
