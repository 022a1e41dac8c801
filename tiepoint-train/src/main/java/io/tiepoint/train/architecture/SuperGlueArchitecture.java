package io.tiepoint.train.architecture;

import io.tiepoint.core.geometry.PixelFrame;
import io.tiepoint.train.network.Network;
import io.tiepoint.train.network.SuperGlueNetwork;
import java.util.List;
import java.util.Map;

/** SuperGlue under its published names, indoor, outdoor or of another size, with 100 iterations of Sinkhorn's algorithm. */
final class SuperGlueArchitecture implements Architecture {
    @Override
    public String name() {
        return "superglue";
    }

    @Override
    public List<String> anchors() {
        return List.of("bin_score");
    }

    @Override
    public Network network(Map<String, List<Long>> shapes) {
        Shapes found = new Shapes(shapes);
        int width = found.size("final_proj.weight", 0);
        int layers = found.sizes("gnn.layers.", ".attn.merge.weight").size();
        return new SuperGlueNetwork(width, layers, SuperGlueNetwork.PUBLISHED_ITERATIONS);
    }

    @Override
    public Conventions published(Network network) {
        return new Conventions(null, PixelFrame.CENTRE);
    }
}
