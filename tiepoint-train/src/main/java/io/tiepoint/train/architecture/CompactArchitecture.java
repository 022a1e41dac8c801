package io.tiepoint.train.architecture;

import io.tiepoint.core.features.DetectionProfile;
import io.tiepoint.core.geometry.PixelFrame;
import io.tiepoint.core.model.ModelCard;
import io.tiepoint.train.network.CompactExtractor;
import io.tiepoint.train.network.Network;
import java.util.List;
import java.util.Map;

/** Tiepoint's own extractor of any size. */
final class CompactArchitecture implements Architecture {
    private static final String WEIGHT = ".weight";

    @Override
    public String name() {
        return "tiepoint-s";
    }

    @Override
    public List<String> anchors() {
        return List.of("quarter.0.weight");
    }

    @Override
    public Network network(Map<String, List<Long>> shapes) {
        Shapes found = new Shapes(shapes);
        return new CompactExtractor(
                found.sizes("quarter.", WEIGHT),
                found.sizes("eighth.", WEIGHT),
                found.size("detector.0.weight", 0),
                found.size("descriptor.1.weight", 0));
    }

    @Override
    public Conventions published(Network network) {
        return new Conventions(ModelCard.Detection.of(DetectionProfile.TIEPOINT), PixelFrame.CORNER);
    }
}
