package io.tiepoint.train.architecture;

import io.tiepoint.core.features.DetectionProfile;
import io.tiepoint.core.geometry.PixelFrame;
import io.tiepoint.core.model.ModelCard;
import io.tiepoint.train.network.Network;
import io.tiepoint.train.network.XFeatNetwork;
import java.util.List;
import java.util.Map;

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
}
