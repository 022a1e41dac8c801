package io.tiepoint.app;

import io.tiepoint.core.random.Draws;
import io.tiepoint.core.random.Seed;
import io.tiepoint.train.network.CompactExtractor;
import io.tiepoint.train.network.LightGlueNetwork;
import io.tiepoint.train.network.Network;
import io.tiepoint.train.network.ParameterSpec;
import io.tiepoint.train.weights.Safetensors;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Weights of small networks, drawn from a seed: they fit, and mean nothing. */
final class TestWeights {
    /** The extractor's descriptors are as long as the matcher takes them. */
    static final Network EXTRACTOR = new CompactExtractor(List.of(4, 4), List.of(6, 5), 6, 8);

    static final Network MATCHER = new LightGlueNetwork(8, 8, 2, 1);

    private TestWeights() {}

    static Map<String, Safetensors.Entry> of(Network network) {
        Draws draws = new Seed(11).draws();
        Map<String, Safetensors.Entry> tensors = new LinkedHashMap<>();
        for (ParameterSpec spec : network.parameters()) {
            float[] values = new float[spec.count()];
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) (0.3 * draws.nextGaussian());
            }
            tensors.put(spec.name(), new Safetensors.Entry(spec.shape(), values));
        }
        return tensors;
    }

    /** The shipped extractor and its card as files. */
    static Path shippedExtractor(Path folder) throws IOException {
        for (String ending : List.of(".card.json", ".onnx")) {
            try (InputStream in = Objects.requireNonNull(
                    TestWeights.class.getResourceAsStream("/io/tiepoint/models/tiepoint-s" + ending))) {
                Files.write(folder.resolve("shipped" + ending), in.readAllBytes());
            }
        }
        return folder.resolve("shipped.onnx");
    }
}
