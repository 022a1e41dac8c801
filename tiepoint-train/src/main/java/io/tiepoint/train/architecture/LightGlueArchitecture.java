package io.tiepoint.train.architecture;

import io.tiepoint.core.check.Check;
import io.tiepoint.core.geometry.PixelFrame;
import io.tiepoint.train.network.LightGlueNetwork;
import io.tiepoint.train.network.Network;
import io.tiepoint.train.network.PositionEncoder;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** LightGlue of any size, for descriptors of any length. */
final class LightGlueArchitecture implements Architecture {
    private static final String POSITIONS = "posenc.Wr.weight";

    /** The released files name a block before its number, the network the other way round. */
    private static final Pattern RELEASED = Pattern.compile("(^|\\.)(self_attn|cross_attn)\\.(\\d+)\\.");

    @Override
    public String name() {
        return "lightglue";
    }

    @Override
    public List<String> anchors() {
        return List.of(POSITIONS);
    }

    @Override
    public String renamed(String published) {
        return RELEASED.matcher(published).replaceFirst("$1transformers.$3.$2.");
    }

    /** The thresholds follow from the number of layers, and some releases leave them out. */
    @Override
    public boolean isNeedless(String name) {
        return name.equals("confidence_thresholds") || Architecture.super.isNeedless(name);
    }

    @Override
    public Network network(Map<String, List<Long>> shapes) {
        Shapes found = new Shapes(shapes);
        int width = found.size("transformers.0.self_attn.out_proj.weight", 0);
        int layers = found.sizes("transformers.", ".self_attn.Wqkv.weight").size();
        int headWidth = 2 * found.size(POSITIONS, 0);
        Check.that(
                width % headWidth == 0,
                "%s: expected half of a divisor of the width %s in dimension 0, found %s",
                POSITIONS,
                width,
                headWidth / 2);
        int inputSize = found.has("input_proj.weight") ? found.size("input_proj.weight", 1) : width;
        PositionEncoder positions = found.size(POSITIONS, 1) == PositionEncoder.ROTARY.channels()
                ? PositionEncoder.ROTARY
                : PositionEncoder.ROTARY_WITH_SCALE_AND_ORIENTATION;
        return new LightGlueNetwork(inputSize, width, layers, width / headWidth, positions);
    }

    /** The published programs count from the centre of the first pixel; Tiepoint's own matchers do not. */
    @Override
    public Conventions published(Network network) {
        return new Conventions(null, PixelFrame.CENTRE);
    }
}
