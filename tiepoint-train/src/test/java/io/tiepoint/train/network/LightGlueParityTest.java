package io.tiepoint.train.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.tiepoint.core.features.AdaptiveMatches;
import io.tiepoint.testkit.parity.MatcherCase;
import io.tiepoint.testkit.parity.MatcherOutcome;
import io.tiepoint.testkit.parity.NpyFile;
import io.tiepoint.testkit.parity.ParityRecord;
import io.tiepoint.train.torch.Precision;
import io.tiepoint.train.torch.Tensors;
import io.tiepoint.train.torch.Torch;
import io.tiepoint.train.torch.TorchMatcher;
import io.tiepoint.train.torch.TorchOps;
import io.tiepoint.train.torch.Weights;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** LightGlue at full depth against outputs of the reference code. Tolerances are those of the README beside the outputs. */
public class LightGlueParityTest {
    /** The networks of the reference's cases. */
    public static final List<String> NETWORKS =
            List.of("lightglue-256", "lightglue-128", "lightglue-128so", "lightglue-64x96");

    @BeforeAll
    static void load() {
        Torch.load(1);
    }

    /** All cases of all networks. */
    public static Stream<MatcherCase> cases() {
        return NETWORKS.stream().flatMap(network -> MatcherCase.all(network).stream());
    }

    /** The network that a case is of. */
    public static LightGlueNetwork network(MatcherCase example) {
        return new LightGlueNetwork(
                example.number("input_dim"),
                example.number("descriptor_dim"),
                example.number("n_layers"),
                example.number("heads"),
                example.hasScalesAndOrientations()
                        ? PositionEncoder.ROTARY_WITH_SCALE_AND_ORIENTATION
                        : PositionEncoder.ROTARY);
    }

    private static LightGlueNetwork.Start<Tensor> start(
            LightGlueNetwork network, Ops<Tensor> ops, MatcherCase example, int view) throws IOException {
        int count = example.count(view);
        return network.start(
                ops,
                Tensors.of(
                        example.normalised(view), 1, count, network.positions().channels()),
                Tensors.of(example.input("descriptors", view).values(), 1, count, network.inputSize()));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void findsTheReferencesMatchesInTheSameWay(MatcherCase example) throws IOException {
        LightGlueNetwork network = network(example);
        try (Weights weights = ReferenceWeights.of(network, example.network())) {
            TorchMatcher matcher = new TorchMatcher(network, weights, Precision.FLOAT32, example.adaptivity(), 0);
            AdaptiveMatches found = matcher.match(view(example, 0), view(example, 1));

            MatcherOutcome.assertSameMatches(
                    example, found.matches(), example.real("filter_threshold"), ParityRecord.LIBTORCH);
            MatcherOutcome.assertSameWay(example, found, ParityRecord.LIBTORCH);
        }
    }

    private static TorchMatcher.View view(MatcherCase example, int view) throws IOException {
        return new TorchMatcher.View(
                example.normalised(view), example.input("descriptors", view).values());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void givesTheReferencesAssignments(MatcherCase example) throws IOException {
        LightGlueNetwork network = network(example);
        try (Weights weights = ReferenceWeights.of(network, example.network());
                PointerScope scope = new PointerScope();
                NoGradGuard guard = new NoGradGuard()) {
            if (!example.has("log_assignment_layer0")) {
                assertThat(Math.min(example.count(0), example.count(1))).isZero();
                return;
            }
            TorchOps ops = new TorchOps(weights, Precision.FLOAT32);
            LightGlueNetwork.Start<Tensor> start0 = start(network, ops, example, 0);
            LightGlueNetwork.Start<Tensor> start1 = start(network, ops, example, 1);
            List<LightGlueNetwork.States<Tensor>> states = network.forward(ops, start0, start1, null);

            assertSame(network.logAssignment(ops, 0, states.get(0)), example, "log_assignment_layer0", 6e-5);
            if (!example.has("log_assignment_last")) {
                return;
            }
            int last = (int) example.output("stop").values()[0] - 1;
            LightGlueNetwork.States<Tensor> left =
                    example.adaptivity().drops() ? left(network, ops, example, last) : states.get(last);
            assertSame(network.logAssignment(ops, last, left), example, "log_assignment_last", 2.5e-4);
            if (example.has("last_desc0")) {
                assertClose(left.state0(), example, "last_desc0", 5e-6);
                assertClose(left.state1(), example, "last_desc1", 5e-6);
            }
        }
    }

    /** States after a layer of the keypoints that the reference had kept until then. */
    private static LightGlueNetwork.States<Tensor> left(
            LightGlueNetwork network, Ops<Tensor> ops, MatcherCase example, int last) throws IOException {
        LightGlueNetwork.Start<Tensor> start0 = start(network, ops, example, 0);
        LightGlueNetwork.Start<Tensor> start1 = start(network, ops, example, 1);
        for (int layer = 0; ; layer++) {
            LightGlueNetwork.States<Tensor> states = network.layer(
                    ops,
                    layer,
                    new LightGlueNetwork.States<>(start0.state(), start1.state()),
                    new LightGlueNetwork.Context<>(start0.rotation(), start1.rotation(), null));
            if (layer == last) {
                return states;
            }
            start0 = kept(states.state0(), start0, example.output("prune0").values(), layer + 1);
            start1 = kept(states.state1(), start1, example.output("prune1").values(), layer + 1);
        }
    }

    /** Of the keypoints that survived some rounds those that survive one more. */
    private static LightGlueNetwork.Start<Tensor> kept(
            Tensor state, LightGlueNetwork.Start<Tensor> before, float[] prune, int rounds) {
        int[] here =
                IntStream.range(0, prune.length).filter(i -> prune[i] >= rounds).toArray();
        long[] places = IntStream.range(0, here.length)
                .filter(place -> prune[here[place]] > rounds)
                .asLongStream()
                .toArray();
        Tensor chosen = Tensors.of(places, places.length);
        Rotation<Tensor> rotation = Objects.requireNonNull(before.rotation());
        return new LightGlueNetwork.Start<>(
                state.index_select(1, chosen),
                new Rotation<>(
                        rotation.cos().index_select(2, chosen), rotation.sin().index_select(2, chosen)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"lightglue-256", "lightglue-128", "lightglue-128so", "lightglue-64x96"})
    void givesTheReferencesStatesAfterEveryLayer(String name) throws IOException {
        MatcherCase mini = MatcherCase.open(name, "mini");
        LightGlueNetwork network = network(mini);
        try (Weights weights = ReferenceWeights.of(network, name);
                PointerScope scope = new PointerScope();
                NoGradGuard guard = new NoGradGuard()) {
            TorchOps ops = new TorchOps(weights, Precision.FLOAT32);
            LightGlueNetwork.Start<Tensor> start0 = start(network, ops, mini, 0);
            LightGlueNetwork.Start<Tensor> start1 = start(network, ops, mini, 1);
            assertAngles(mini, start0, 0);
            assertAngles(mini, start1, 1);
            LightGlueNetwork.Context<Tensor> context =
                    new LightGlueNetwork.Context<>(start0.rotation(), start1.rotation(), null);
            LightGlueNetwork.States<Tensor> states = new LightGlueNetwork.States<>(start0.state(), start1.state());
            for (int layer = 0; layer < network.layers(); layer++) {
                LightGlueNetwork.States<Tensor> own = network.afterSelfAttention(ops, layer, states, context);
                assertLayer(own.state0(), mini, "layers_self_desc0", layer);
                assertLayer(own.state1(), mini, "layers_self_desc1", layer);
                states = network.layer(ops, layer, states, context);
                assertLayer(states.state0(), mini, "layers_desc0", layer);
                assertLayer(states.state1(), mini, "layers_desc1", layer);
                assertLayer(matchability(network, ops, layer, states.state0()), mini, "layers_matchability0", layer);
                assertLayer(matchability(network, ops, layer, states.state1()), mini, "layers_matchability1", layer);
                if (layer < network.layers() - 1) {
                    Tensor confidence0 = ops.sigmoid(network.confidence(ops, layer, states.state0()));
                    Tensor confidence1 = ops.sigmoid(network.confidence(ops, layer, states.state1()));
                    assertLayer(confidence0, mini, "layers_token_confidence0", layer);
                    assertLayer(confidence1, mini, "layers_token_confidence1", layer);
                }
            }
            int last = network.layers() - 1;
            assertSame(network.similarity(ops, last, states), mini, "sim_last", 6e-5);
        }
    }

    private static Tensor matchability(LightGlueNetwork network, Ops<Tensor> ops, int layer, Tensor state) {
        return ops.sigmoid(network.matchability(ops, layer, state));
    }

    /** The reference holds each cosine and sine twice, for both channels of the pair that it turns. */
    private static void assertAngles(MatcherCase example, LightGlueNetwork.Start<Tensor> start, int view)
            throws IOException {
        NpyFile expected = example.output("posenc" + view);
        Rotation<Tensor> rotation = Objects.requireNonNull(start.rotation());
        float[] cos = Tensors.toArray(rotation.cos());
        float[] sin = Tensors.toArray(rotation.sin());
        float[] both = expected.values();
        float[] found = new float[both.length];
        for (int i = 0; i < found.length / 2; i++) {
            found[i] = cos[i / 2];
            found[found.length / 2 + i] = sin[i / 2];
        }
        ParityRecord.assertWithin(example + "/posenc" + view, ParityRecord.LIBTORCH, found, both, 2e-6);
    }

    private static void assertSame(Tensor found, MatcherCase example, String name, double tolerance)
            throws IOException {
        NpyFile expected = example.output(name);
        assertThat(found.shape()).containsExactly(1, expected.size(0), expected.size(1));
        assertClose(found, example, name, tolerance);
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

    private static void assertLayer(Tensor found, MatcherCase example, String name, int layer) throws IOException {
        NpyFile expected = example.output(name);
        int size = expected.values().length / expected.size(0);
        float[] values = Arrays.copyOfRange(expected.values(), layer * size, (layer + 1) * size);
        ParityRecord.assertWithin(example + "/" + name, ParityRecord.LIBTORCH, Tensors.toArray(found), values, 5e-6);
    }
}
