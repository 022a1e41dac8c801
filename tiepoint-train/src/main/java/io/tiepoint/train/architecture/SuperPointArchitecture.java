package io.tiepoint.train.architecture;

import io.tiepoint.core.model.ModelCard;
import io.tiepoint.train.network.ExtractorNetwork;
import io.tiepoint.train.network.Network;
import io.tiepoint.train.network.SuperPointNetwork;
import io.tiepoint.train.onnx.OnnxExport;
import io.tiepoint.train.torch.Weights;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** SuperPoint under Magic Leap's names ({@code conv1a.weight}), which SuperGlue, LightGlue and hloc use too. */
final class SuperPointArchitecture implements Architecture {
    /** As SuperGlue's and LightGlue's authors take keypoints from it. */
    private static final ModelCard.Detection DETECTION = new ModelCard.Detection(0.005f, 4, 4);

    @Override
    public String name() {
        return "superpoint";
    }

    @Override
    public List<String> anchors() {
        return List.of("conv1a.weight");
    }

    @Override
    public Network network(Map<String, List<Long>> shapes) {
        return new SuperPointNetwork();
    }

    @Override
    public Path export(Network network, Weights weights, OnnxExport.Provenance provenance, Path folder)
            throws IOException {
        return OnnxExport.extractor((ExtractorNetwork) network, weights, DETECTION, provenance, folder);
    }
}
