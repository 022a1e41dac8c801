package io.tiepoint.train.stage;

import io.tiepoint.train.loss.MatcherLoss;
import io.tiepoint.train.network.LightGlueNetwork;
import io.tiepoint.train.network.SuperGlueNetwork;
import io.tiepoint.train.torch.TorchOps;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/** The assignment after the last layer is supervised (SuperGlue, 2020, section 3.3). */
record SuperGlueObjective(SuperGlueNetwork network) implements MatcherObjective {
    @Override
    public int inputSize() {
        return network.inputSize();
    }

    @Override
    public Outcome of(TorchOps ops, View view0, View view1, MatcherLoss.Labels labels) {
        LightGlueNetwork.States<Tensor> states = new LightGlueNetwork.States<>(start(ops, view0), start(ops, view1));
        for (int layer = 0; layer < network.layers(); layer++) {
            states = network.layer(ops, layer, states);
        }
        Tensor assignment = network.logAssignment(ops, network.similarity(ops, states));
        Tensor loss = MatcherLoss.ofAssignment(assignment, labels);
        return new Outcome(loss, assignment.detach(), Map.of("lastLoss", loss.item_double()));
    }

    private Tensor start(TorchOps ops, View view) {
        return network.start(ops, view.keypoints(), view.scores(), view.descriptors());
    }
}
