package io.tiepoint.train.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.tiepoint.testkit.SharedFiles;
import io.tiepoint.testkit.Tolerance;
import io.tiepoint.testkit.parity.NpyFile;
import io.tiepoint.train.torch.Precision;
import io.tiepoint.train.torch.Tensors;
import io.tiepoint.train.torch.Torch;
import io.tiepoint.train.torch.TorchOps;
import io.tiepoint.train.torch.Weights;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** LightGlue at full depth against outputs of the reference code. Tolerances are those of the README beside the outputs. */
class LightGlueParityTest {
    @BeforeAll
    static void load() {
        Torch.load(1);
    }

    private static Properties properties(Path file) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        }
        return properties;
    }

    private static int number(Properties properties, String key) {
        return Integer.parseInt(properties.getProperty(key));
    }

    /** The reference's normalisation; its keypoints count from the first pixel's centre, and it does not mind. */
    private static Tensor keypoints(Path inputs, Properties properties, int view) throws IOException {
        NpyFile file = NpyFile.read(inputs.resolve("in_keypoints" + view + ".npy"));
        float width = number(properties, "width" + view);
        float height = number(properties, "height" + view);
        float[] values = file.values();
        for (int i = 0; i < values.length; i += 2) {
            values[i] = (values[i] - width / 2) / (Math.max(width, height) / 2);
            values[i + 1] = (values[i + 1] - height / 2) / (Math.max(width, height) / 2);
        }
        return Tensors.of(values, 1, file.size(0), 2);
    }

    private static Tensor descriptors(Path inputs, int view) throws IOException {
        NpyFile file = NpyFile.read(inputs.resolve("in_descriptors" + view + ".npy"));
        return Tensors.of(file.values(), 1, file.size(0), file.size(1));
    }

    @ParameterizedTest
    @CsvSource({
        "lightglue-256, main",
        "lightglue-256, swap",
        "lightglue-256, one0",
        "lightglue-256, one1",
        "lightglue-256, one01",
        "lightglue-128, main",
        "lightglue-128, one0",
        "lightglue-64x96, main",
        "lightglue-64x96, one0"
    })
    void givesTheReferencesAssignments(String name, String caseName) throws IOException {
        Path folder = SharedFiles.get("parity/" + name + "/" + caseName);
        Properties properties = properties(folder.resolve("case.properties"));
        Path inputs = SharedFiles.get("parity/" + properties.getProperty("inputs"));
        LightGlueNetwork network = network(properties);
        try (Weights weights = ReferenceWeights.of(network, name);
                PointerScope scope = new PointerScope();
                NoGradGuard guard = new NoGradGuard()) {
            TorchOps ops = new TorchOps(weights, Precision.FLOAT32);
            List<LightGlueNetwork.States<Tensor>> states = states(ops, network, inputs, properties);

            assertSame(network.logAssignment(ops, 0, states.get(0)), folder, "log_assignment_layer0", 6e-5);
            int last = network.layers() - 1;
            assertSame(network.logAssignment(ops, last, states.get(last)), folder, "log_assignment_last", 2.5e-4);
        }
    }

    @ParameterizedTest
    @CsvSource({"lightglue-256", "lightglue-128", "lightglue-64x96"})
    void givesTheReferencesStatesAfterEveryLayer(String name) throws IOException {
        Path folder = SharedFiles.get("parity/" + name + "/mini");
        Properties properties = properties(folder.resolve("case.properties"));
        Path inputs = SharedFiles.get("parity/" + properties.getProperty("inputs"));
        LightGlueNetwork network = network(properties);
        try (Weights weights = ReferenceWeights.of(network, name);
                PointerScope scope = new PointerScope();
                NoGradGuard guard = new NoGradGuard()) {
            TorchOps ops = new TorchOps(weights, Precision.FLOAT32);
            List<LightGlueNetwork.States<Tensor>> states = states(ops, network, inputs, properties);
            for (int layer = 0; layer < network.layers(); layer++) {
                LightGlueNetwork.States<Tensor> state = states.get(layer);
                assertLayer(state.state0(), folder, "layers_desc0", layer);
                assertLayer(state.state1(), folder, "layers_desc1", layer);
                Tensor matchability = ops.sigmoid(network.matchability(ops, layer, state.state0()));
                assertLayer(matchability, folder, "layers_matchability0", layer);
                if (layer < network.layers() - 1) {
                    Tensor confidence = ops.sigmoid(network.confidence(ops, layer, state.state1()));
                    assertLayer(confidence, folder, "layers_token_confidence1", layer);
                }
            }
            int last = network.layers() - 1;
            assertSame(network.similarity(ops, last, states.get(last)), folder, "sim_last", 6e-5);
        }
    }

    private static LightGlueNetwork network(Properties properties) {
        return new LightGlueNetwork(
                number(properties, "input_dim"),
                number(properties, "descriptor_dim"),
                number(properties, "n_layers"),
                number(properties, "heads"));
    }

    private static List<LightGlueNetwork.States<Tensor>> states(
            TorchOps ops, LightGlueNetwork network, Path inputs, Properties properties) throws IOException {
        return network.forward(
                ops,
                keypoints(inputs, properties, 0),
                descriptors(inputs, 0),
                keypoints(inputs, properties, 1),
                descriptors(inputs, 1));
    }

    private static void assertSame(Tensor found, Path folder, String name, double tolerance) throws IOException {
        NpyFile expected = NpyFile.read(folder.resolve(name + ".npy"));
        assertThat(found.shape()).containsExactly(1, expected.size(0), expected.size(1));
        assertThat(Tolerance.largestDifference(Tensors.toArray(found), expected.values()))
                .isLessThanOrEqualTo(tolerance);
    }

    private static void assertLayer(Tensor found, Path folder, String name, int layer) throws IOException {
        NpyFile expected = NpyFile.read(folder.resolve(name + ".npy"));
        int size = expected.values().length / expected.size(0);
        float[] values = Arrays.copyOfRange(expected.values(), layer * size, (layer + 1) * size);
        assertThat(Tolerance.largestDifference(Tensors.toArray(found), values))
                .as("%s %s", name, layer)
                .isLessThanOrEqualTo(5e-6);
    }
}
