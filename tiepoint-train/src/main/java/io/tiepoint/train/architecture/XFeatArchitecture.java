package io.tiepoint.train.architecture;

import io.tiepoint.core.features.DetectionProfile;
import io.tiepoint.core.geometry.PixelFrame;
import io.tiepoint.core.model.ModelCard;
import io.tiepoint.train.network.ExtractorNetwork;
import io.tiepoint.train.network.Network;
import io.tiepoint.train.network.XFeatNetwork;
import io.tiepoint.train.onnx.OnnxExport;
import io.tiepoint.train.torch.Weights;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** XFeat under its published names, with the matcher of its dense mode. */
final class XFeatArchitecture implements Architecture {
    @Override
    public String name() {
        return "xfeat";
    }

    @Override
    public List<String> anchors() {
        return List.of("block_fusion.0.layer.0.weight");
    }

    @Override
    public Network network(Map<String, List<Long>> shapes) {
        return new XFeatNetwork();
    }

    @Override
    public Conventions published(Network network) {
        return new Conventions(ModelCard.Detection.of(DetectionProfile.XFEAT), PixelFrame.CORNER);
    }

    @Override
    public Path export(
            Network network, Weights weights, Conventions conventions, OnnxExport.Provenance provenance, Path folder)
            throws IOException {
        ModelCard.Detection detection =
                Objects.requireNonNull(conventions.detection(), "an extractor's conventions have a detection");
        return OnnxExport.extractor((ExtractorNetwork) network, weights, detection, provenance, folder);
    }
}
