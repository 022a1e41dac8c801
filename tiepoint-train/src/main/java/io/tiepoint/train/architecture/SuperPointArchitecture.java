package io.tiepoint.train.architecture;

import io.tiepoint.core.features.DetectionProfile;
import io.tiepoint.core.geometry.PixelFrame;
import io.tiepoint.core.model.ModelCard;
import io.tiepoint.train.network.Network;
import io.tiepoint.train.network.SuperPointNetwork;
import java.util.List;
import java.util.Map;

/**
 * SuperPoint under Magic Leap's names ({@code conv1a.weight}), which SuperGlue, LightGlue and hloc use too, or rpautrat's with
 * batch normalisation ({@code backbone.0.0.conv.weight}).
 */
final class SuperPointArchitecture implements Architecture {
    private static final String RPAUTRAT = "backbone.0.0.conv.weight";

    @Override
    public String name() {
        return "superpoint";
    }

    @Override
    public List<String> anchors() {
        return List.of("conv1a.weight", RPAUTRAT);
    }

    @Override
    public Network network(Map<String, List<Long>> shapes) {
        return new SuperPointNetwork(
                shapes.containsKey(RPAUTRAT)
                        ? SuperPointNetwork.Variant.RPAUTRAT
                        : SuperPointNetwork.Variant.MAGIC_LEAP);
    }

    @Override
    public Conventions published(Network network) {
        boolean isRpautrat = network.parameters().get(0).name().equals(RPAUTRAT);
        DetectionProfile profile = isRpautrat ? DetectionProfile.RPAUTRAT : DetectionProfile.SUPERGLUE;
        return new Conventions(ModelCard.Detection.of(profile), PixelFrame.CORNER);
    }
}
