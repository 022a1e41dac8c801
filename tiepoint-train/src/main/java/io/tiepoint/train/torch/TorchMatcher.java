package io.tiepoint.train.torch;

import io.tiepoint.core.check.Check;
import io.tiepoint.core.features.AdaptiveMatches;
import io.tiepoint.core.features.Adaptivity;
import io.tiepoint.core.features.LogAssignment;
import io.tiepoint.core.features.Matches;
import io.tiepoint.train.network.LightGlueNetwork;
import io.tiepoint.train.network.Rotation;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/** A LightGlue network at work in libtorch on one pair, without gradients: stops early and drops keypoints as it may. */
public final class TorchMatcher {
    private final LightGlueNetwork network;
    private final TorchOps ops;
    private final Adaptivity adaptivity;
    private final double minScore;

    /** Works with weights that someone else closes. */
    public TorchMatcher(
            LightGlueNetwork network, Weights weights, Precision precision, Adaptivity adaptivity, double minScore) {
        this.network = network;
        this.ops = new TorchOps(weights, precision);
        this.adaptivity = adaptivity;
        this.minScore = minScore;
    }

    /**
     * What the network takes of one view.
     *
     * @param keypoints [M 2] normalised; with scale and orientation [M 4]
     * @param descriptors [M D]
     */
    @SuppressWarnings("ArrayRecordComponent") // a carrier; never compared
    public record View(float[] keypoints, float[] descriptors) {}

    /** What is left of a view: states, rotation and the keypoints' indices. */
    @SuppressWarnings("ArrayRecordComponent") // a carrier; never compared
    private record Left(Tensor state, @Nullable Rotation<Tensor> rotation, int[] indices) {}

    /** Matches two views. */
    public AdaptiveMatches match(View view0, View view1) {
        int count0 = view0.keypoints.length / network.positions().channels();
        int count1 = view1.keypoints.length / network.positions().channels();
        if (count0 == 0 || count1 == 0) {
            return AdaptiveMatches.none(count0, count1, adaptivity, network.layers());
        }
        int[] layers0 = new int[count0];
        int[] layers1 = new int[count1];
        Arrays.fill(layers0, adaptivity.drops() ? 1 : network.layers());
        Arrays.fill(layers1, adaptivity.drops() ? 1 : network.layers());
        try (PointerScope scope = new PointerScope();
                NoGradGuard guard = new NoGradGuard()) {
            Left left0 = start(view0, count0);
            Left left1 = start(view1, count1);
            int last = network.layers() - 1;
            for (int layer = 0; ; layer++) {
                LightGlueNetwork.States<Tensor> states = network.layer(
                        ops,
                        layer,
                        new LightGlueNetwork.States<>(left0.state, left1.state),
                        new LightGlueNetwork.Context<>(left0.rotation, left1.rotation, null));
                left0 = new Left(states.state0(), left0.rotation, left0.indices);
                left1 = new Left(states.state1(), left1.rotation, left1.indices);
                if (layer == last || stops(layer, states, count0 + count1)) {
                    return AdaptiveMatches.of(matches(layer, left0, left1), layer + 1, layers0, layers1);
                }
                if (adaptivity.drops()) {
                    left0 = dropped(layer, left0, layers0);
                    left1 = dropped(layer, left1, layers1);
                    if (left0.indices.length == 0 || left1.indices.length == 0) {
                        return AdaptiveMatches.of(Matches.NONE, layer + 2, layers0, layers1);
                    }
                }
            }
        }
    }

    private Left start(View view, int count) {
        Check.that(
                view.descriptors.length == count * network.inputSize(),
                "descriptors: expected shape [%s %s], found %s values",
                count,
                network.inputSize(),
                view.descriptors.length);
        LightGlueNetwork.Start<Tensor> start = network.start(
                ops,
                Tensors.of(view.keypoints, 1, count, network.positions().channels()),
                Tensors.of(view.descriptors, 1, count, network.inputSize()));
        return new Left(
                start.state(), start.rotation(), IntStream.range(0, count).toArray());
    }

    private float[] confidence(int layer, Tensor state) {
        return Tensors.toArray(ops.sigmoid(network.confidence(ops, layer, state)));
    }

    private boolean stops(int layer, LightGlueNetwork.States<Tensor> states, int total) {
        if (!adaptivity.stops()) {
            return false;
        }
        int unsure = 0;
        float threshold = Adaptivity.confidenceThreshold(layer, network.layers());
        for (Tensor state : new Tensor[] {states.state0(), states.state1()}) {
            for (float confidence : confidence(layer, state)) {
                unsure += confidence < threshold ? 1 : 0;
            }
        }
        return 1 - (float) unsure / total > adaptivity.stopShare();
    }

    private Left dropped(int layer, Left left, int[] layers) {
        float[] matchability = Tensors.toArray(ops.sigmoid(network.matchability(ops, layer, left.state)));
        float[] confidence = adaptivity.stops() ? confidence(layer, left.state) : new float[0];
        float threshold = Adaptivity.confidenceThreshold(layer, network.layers());
        long[] places = IntStream.range(0, matchability.length)
                .filter(i -> matchability[i] > adaptivity.dropLimit()
                        || (confidence.length > 0 && confidence[i] <= threshold))
                .asLongStream()
                .toArray();
        int[] indices =
                Arrays.stream(places).mapToInt(i -> left.indices[(int) i]).toArray();
        for (int index : indices) {
            layers[index]++;
        }
        Tensor chosen = Tensors.of(places, places.length);
        Rotation<Tensor> rotation = left.rotation;
        return new Left(
                left.state.index_select(1, chosen),
                rotation == null
                        ? null
                        : new Rotation<>(
                                rotation.cos().index_select(2, chosen),
                                rotation.sin().index_select(2, chosen)),
                indices);
    }

    private Matches matches(int layer, Left left0, Left left1) {
        float[] values = Tensors.toArray(
                network.logAssignment(ops, layer, new LightGlueNetwork.States<>(left0.state, left1.state)));
        return LogAssignment.wrap(values, left0.indices.length, left1.indices.length)
                .mutual(minScore)
                .renamed(left0.indices, left1.indices);
    }
}
