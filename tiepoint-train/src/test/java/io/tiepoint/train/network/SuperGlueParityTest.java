package io.tiepoint.train.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.tiepoint.core.features.LogAssignment;
import io.tiepoint.core.features.Matches;
import io.tiepoint.testkit.SharedFiles;
import io.tiepoint.testkit.parity.MatcherCase;
import io.tiepoint.testkit.parity.MatcherOutcome;
import io.tiepoint.testkit.parity.NpyFile;
import io.tiepoint.testkit.parity.ParityRecord;
import io.tiepoint.train.torch.AdamW;
import io.tiepoint.train.torch.Precision;
import io.tiepoint.train.torch.Tensors;
import io.tiepoint.train.torch.Torch;
import io.tiepoint.train.torch.TorchOps;
import io.tiepoint.train.torch.Weights;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** SuperGlue against outputs of the reference code. Tolerances are those of the README beside the outputs. */
public class SuperGlueParityTest {
    @BeforeAll
    static void load() {
        Torch.load(1);
    }

    /** All cases. */
    public static Stream<MatcherCase> cases() {
        return MatcherCase.all("superglue").stream();
    }

    private static Tensor start(SuperGlueNetwork network, Ops<Tensor> ops, MatcherCase example, int view)
            throws IOException {
        return network.start(
                ops,
                keypoints(example, view),
                scores(example, view),
                Tensors.of(example.input("descriptors", view).values(), 1, example.count(view), 256));
    }

    private static Tensor keypoints(MatcherCase example, int view) throws IOException {
        return Tensors.of(example.normalised(view), 1, example.count(view), 2);
    }

    private static Tensor scores(MatcherCase example, int view) throws IOException {
        return Tensors.of(example.input("scores", view).values(), 1, example.count(view), 1);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void givesTheReferencesAssignments(MatcherCase example) throws IOException {
        int rows = example.count(0);
        int columns = example.count(1);
        if (rows == 0 || columns == 0) {
            MatcherOutcome.assertSameMatches(
                    example, Matches.NONE, example.real("match_threshold"), ParityRecord.LIBTORCH);
            return;
        }
        SuperGlueNetwork network = new SuperGlueNetwork(example.number("sinkhorn_iterations"));
        try (Weights weights = ReferenceWeights.of(network, "superglue");
                PointerScope scope = new PointerScope();
                NoGradGuard guard = new NoGradGuard()) {
            TorchOps ops = new TorchOps(weights, Precision.FLOAT32);
            LightGlueNetwork.States<Tensor> states =
                    new LightGlueNetwork.States<>(start(network, ops, example, 0), start(network, ops, example, 1));
            boolean layersKnown = example.has("layers_desc0");
            if (layersKnown) {
                for (int view = 0; view < 2; view++) {
                    Tensor encoded = network.encode(ops, keypoints(example, view), scores(example, view));
                    assertClose(encoded.transpose(1, 2), example, "kenc" + view, 5e-6);
                }
            }
            for (int layer = 0; layer < network.layers(); layer++) {
                states = network.layer(ops, layer, states);
                if (layersKnown) {
                    assertLayer(states.state0(), example, "layers_desc0", layer);
                    assertLayer(states.state1(), example, "layers_desc1", layer);
                }
            }
            if (layersKnown) {
                assertClose(network.projected(ops, states.state0()).transpose(1, 2), example, "mdesc0", 6e-5);
                assertClose(network.projected(ops, states.state1()).transpose(1, 2), example, "mdesc1", 6e-5);
            }
            Tensor similarity = network.similarity(ops, states);
            Tensor assignment = network.logAssignment(ops, similarity);

            assertClose(similarity, example, "scores_before_ot", 2e-4);
            assertThat(assignment.shape()).containsExactly(1, rows + 1, columns + 1);
            assertClose(assignment, example, "log_assignment", 2e-4);
            Matches mutual = LogAssignment.wrap(Tensors.toArray(assignment), rows, columns)
                    .mutual(0);
            MatcherOutcome.assertSameMatches(example, mutual, example.real("match_threshold"), ParityRecord.LIBTORCH);
        }
    }

    private static void assertClose(Tensor found, MatcherCase example, String name, double tolerance)
            throws IOException {
        ParityRecord.assertWithin(
                example + "/" + name,
                ParityRecord.LIBTORCH,
                Tensors.toArray(found),
                example.output(name).values(),
                tolerance);
    }

    /** The reference's [256 M] beside ours [1 M 256]. */
    private static void assertLayer(Tensor found, MatcherCase example, String name, int layer) throws IOException {
        NpyFile expected = example.output(name);
        int size = expected.values().length / expected.size(0);
        float[] values = Arrays.copyOfRange(expected.values(), layer * size, (layer + 1) * size);
        ParityRecord.assertWithin(
                example + "/" + name, ParityRecord.LIBTORCH, Tensors.toArray(found.transpose(1, 2)), values, 5e-6);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 20, 100})
    void transportsAsTheReferenceDoes(int iterations) throws IOException {
        NpyFile scores = NpyFile.read(SharedFiles.get("parity/ops/sinkhorn/in_scores.npy"));
        NpyFile expected = NpyFile.read(SharedFiles.get("parity/ops/sinkhorn/out_iterations" + iterations + ".npy"));
        Network bin = () -> List.of(new ParameterSpec("bin_score", List.of(), ParameterSpec.Init.CONSTANT, 1));
        try (Weights weights = Weights.of(bin, Map.of("bin_score", new float[] {0.7f}), "the case");
                PointerScope scope = new PointerScope();
                NoGradGuard guard = new NoGradGuard()) {
            Tensor found = new SuperGlueNetwork(iterations)
                    .logAssignment(
                            new TorchOps(weights, Precision.FLOAT32),
                            Tensors.of(scores.values(), 1, scores.size(0), scores.size(1)));
            ParityRecord.assertWithin(
                    "ops/sinkhorn/out_iterations" + iterations,
                    ParityRecord.LIBTORCH,
                    Tensors.toArray(found),
                    expected.values(),
                    1e-5);
        }
    }

    @Test
    void trainingMovesParametersButNotStatistics() {
        SuperGlueNetwork network = new SuperGlueNetwork(3);
        try (Weights weights = Weights.initial(network, new io.tiepoint.core.random.Seed(1));
                PointerScope scope = new PointerScope()) {
            assertThat(network.parameters()).hasSize(339);
            TorchOps ops = new TorchOps(weights, Precision.FLOAT32);
            float[] values = new float[5 * 256];
            Arrays.fill(values, 0.1f);
            LightGlueNetwork.States<Tensor> states = new LightGlueNetwork.States<>(
                    network.start(
                            ops,
                            Tensors.of(new float[10], 1, 5, 2),
                            Tensors.of(new float[5], 1, 5, 1),
                            Tensors.of(values, 1, 5, 256)),
                    network.start(
                            ops,
                            Tensors.of(new float[10], 1, 5, 2),
                            Tensors.of(new float[5], 1, 5, 1),
                            Tensors.of(values, 1, 5, 256)));
            states = network.layer(ops, 1, network.layer(ops, 0, states));
            network.logAssignment(ops, network.similarity(ops, states)).mean().backward();
            assertThat(ops.parameter("bin_score").grad().defined()).isTrue();
            assertThat(ops.parameter("gnn.layers.0.mlp.1.weight").grad().defined())
                    .isTrue();
            assertThat(ops.parameter("gnn.layers.0.mlp.1.running_mean").grad().defined())
                    .isFalse();
            try (AdamW optimizer = new AdamW(weights, 0.1, 5)) {
                assertThat(optimizer.step(0.1)).isPositive();
            }
            float[] variances = new float[512];
            Arrays.fill(variances, 1);
            assertThat(weights.values())
                    .containsEntry("gnn.layers.0.mlp.1.running_var", variances)
                    .doesNotContainEntry("gnn.layers.0.mlp.1.weight", variances);
        }
    }
}
