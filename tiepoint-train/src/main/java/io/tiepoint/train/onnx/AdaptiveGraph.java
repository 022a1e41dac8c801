package io.tiepoint.train.onnx;

import ai.onnx.proto.OnnxMl.TensorProto;
import io.tiepoint.core.features.Adaptivity;
import io.tiepoint.train.network.LightGlueNetwork;
import io.tiepoint.train.network.Rotation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * LightGlue as a graph that decides for itself, after each layer, whether the matches are settled and which keypoints go on: each
 * layer after the first one lies in a branch that only runs if it is needed (not in one another: ONNX Runtime takes exponential
 * time to open those). Its input {@code adaptivity} has two numbers: the
 * share of confident keypoints above which it stops (above 1: never, and confidence protects no keypoint), and the matchability
 * up to which a keypoint is dropped (below 0: none is). The outputs are {@code log_assignment} of the keypoints that are left,
 * their indices {@code kept0}, {@code kept1}, for each keypoint one more than the layers after which it was kept {@code prune0},
 * {@code prune1}, and how many layers were begun and how many there are, {@code layers}.
 *
 * @see <a href="https://arxiv.org/abs/2306.13643">Lindenberger et al., LightGlue, 2023, section 3.3</a>
 */
final class AdaptiveGraph {
    private static final int FLOAT = TensorProto.DataType.FLOAT.getNumber();
    private static final int INT64 = TensorProto.DataType.INT64.getNumber();
    private static final int BOOL = TensorProto.DataType.BOOL.getNumber();

    private final LightGlueNetwork network;
    private final OnnxOps ops;
    private final String share;
    private final String limit;
    private final String protects;
    private final String total;

    AdaptiveGraph(LightGlueNetwork network, OnnxOps ops) {
        this.network = network;
        this.ops = ops;
        share = ops.slice("adaptivity", 0, 0, 1);
        limit = ops.slice("adaptivity", 0, 1, 2);
        protects = ops.node("LessOrEqual", List.of(share, number(1)));
        total = cast(ops.add(count("keypoints0"), count("keypoints1")), FLOAT);
    }

    /** One view's keypoints that are left: states, [K] int64 indices, and [M] float32 layers that each took part in. */
    private record View(String state, String indices, String layers) {}

    /** Both views, whether more layers are to run, and how many were begun. */
    private record Progress(View view0, View view1, String goesOn, String begun) {
        static final List<Integer> TYPES = List.of(FLOAT, INT64, FLOAT, FLOAT, INT64, FLOAT, BOOL, FLOAT);

        List<String> values() {
            return List.of(
                    view0.state, view0.indices, view0.layers, view1.state, view1.indices, view1.layers, goesOn, begun);
        }

        static Progress of(List<String> values) {
            return new Progress(
                    new View(values.get(0), values.get(1), values.get(2)),
                    new View(values.get(3), values.get(4), values.get(5)),
                    values.get(6),
                    values.get(7));
        }
    }

    void write() {
        LightGlueNetwork.Start<String> start0 = network.start(ops, "keypoints0", "descriptors0");
        LightGlueNetwork.Start<String> start1 = network.start(ops, "keypoints1", "descriptors1");
        LightGlueNetwork.Context<String> context =
                new LightGlueNetwork.Context<>(start0.rotation(), start1.rotation(), null);
        Progress progress = after(
                0,
                new Progress(view(start0.state(), "keypoints0"), view(start1.state(), "keypoints1"), "", ""),
                context);
        for (int i = 1; i < network.layers(); i++) {
            int layer = i;
            Progress before = progress;
            progress = Progress.of(ops.choose(
                    before.goesOn,
                    Progress.TYPES,
                    () -> after(layer, before, left(context, before)).values(),
                    before::values));
        }
        Progress last = progress;
        String logAssignment = ops.choose(
                        none(last.view0, last.view1),
                        List.of(FLOAT),
                        () -> List.of(nothing(last.view0, last.view1)),
                        () -> List.of(assigned(last)))
                .get(0);
        ops.nameOutput(logAssignment, "log_assignment");
        ops.nameOutput(cast(last.view0.indices, FLOAT), "kept0");
        ops.nameOutput(cast(last.view1.indices, FLOAT), "kept1");
        ops.nameOutput(last.view0.layers, "prune0");
        ops.nameOutput(last.view1.layers, "prune1");
        ops.nameOutput(ops.concat(List.of(last.begun, number(network.layers())), 0), "layers");
    }

    private View view(String state, String keypoints) {
        String count = count(keypoints);
        String indices = ops.node("Range", List.of(whole(0), ops.squeeze(count, 0), whole(1)));
        return new View(state, indices, ops.node("Expand", List.of(number(1), count)));
    }

    /** [1] int64: how many keypoints a view has. */
    private String count(String keypoints) {
        return ops.slice(ops.node("Shape", List.of(keypoints)), 0, 1, 2);
    }

    /** The rotations of the keypoints that are left. */
    private LightGlueNetwork.Context<String> left(LightGlueNetwork.Context<String> context, Progress progress) {
        return new LightGlueNetwork.Context<>(
                left(context.rotation0(), progress.view0), left(context.rotation1(), progress.view1), null);
    }

    private @Nullable Rotation<String> left(@Nullable Rotation<String> rotation, View view) {
        return rotation == null
                ? null
                : new Rotation<>(gather(rotation.cos(), view.indices, 2), gather(rotation.sin(), view.indices, 2));
    }

    /** One more layer, and what it decides. */
    private Progress after(int layer, Progress before, LightGlueNetwork.Context<String> context) {
        LightGlueNetwork.States<String> states = network.layer(
                ops, layer, new LightGlueNetwork.States<>(before.view0.state, before.view1.state), context);
        View view0 = new View(states.state0(), before.view0.indices, before.view0.layers);
        View view1 = new View(states.state1(), before.view1.indices, before.view1.layers);
        if (layer == network.layers() - 1) {
            return new Progress(view0, view1, no(), number(layer + 1));
        }
        String confidence0 = flat(ops.sigmoid(network.confidence(ops, layer, states.state0())));
        String confidence1 = flat(ops.sigmoid(network.confidence(ops, layer, states.state1())));
        String settled = settled(layer, confidence0, confidence1);
        View next0 = dropped(layer, view0, confidence0, settled);
        View next1 = dropped(layer, view1, confidence1, settled);
        String none = none(next0, next1);
        String goesOn = ops.node("Not", List.of(ops.node("Or", List.of(settled, none))));
        // Where nothing is left the next layer counts as begun.
        return new Progress(next0, next1, goesOn, ops.add(number(layer + 1), cast(none, FLOAT)));
    }

    /** [1] bool: whether the share of all keypoints, dropped ones included, that are confident enough is large enough. */
    private String settled(int layer, String confidence0, String confidence1) {
        String unsure = ops.add(below(layer, confidence0), below(layer, confidence1));
        String confident = ops.sub(number(1), ops.node("Div", List.of(unsure, total)));
        return ops.node("Greater", List.of(confident, share));
    }

    private String below(int layer, String confidence) {
        String unsure = cast(ops.node("Less", List.of(confidence, threshold(layer))), FLOAT);
        return ops.node("ReduceSum", List.of(unsure, ops.longs(0)));
    }

    private String threshold(int layer) {
        return number(Adaptivity.confidenceThreshold(layer, network.layers()));
    }

    /** The keypoints that may have a match or are not sure of having none; all of them where the matches are settled. */
    private View dropped(int layer, View view, String confidence, String settled) {
        String matchability = flat(ops.sigmoid(network.matchability(ops, layer, view.state)));
        String unsure = ops.node("LessOrEqual", List.of(confidence, threshold(layer)));
        String matchable = ops.node("Greater", List.of(matchability, limit));
        String kept = ops.node("Or", List.of(matchable, ops.node("And", List.of(unsure, protects))));
        String places = flat(ops.node("NonZero", List.of(ops.node("Or", List.of(kept, settled)))));
        String indices = gather(view.indices, places, 0);
        String rounds = ops.sub(number(layer + 2), cast(settled, FLOAT));
        String layers = ops.node("Expand", List.of(rounds, ops.node("Shape", List.of(indices))));
        return new View(
                gather(view.state, places, 1),
                indices,
                ops.node("ScatterElements", List.of(view.layers, indices, layers)));
    }

    /** Bool: whether either view has no keypoint left. */
    private String none(View view0, View view1) {
        return ops.node("Or", List.of(isEmpty(view0), isEmpty(view1)));
    }

    private String isEmpty(View view) {
        return ops.node("Less", List.of(ops.node("Shape", List.of(view.indices)), ops.longs(1)));
    }

    /** The assignment with the parameters of the last layer that ran. */
    private String assigned(Progress last) {
        String layer = cast(ops.sub(last.begun, number(1)), INT64);
        int deepest = network.layers() - 1;
        for (String name :
                List.of("final_proj.weight", "final_proj.bias", "matchability.weight", "matchability.bias")) {
            String all = ops.stacked(
                    "log_assignment." + name,
                    java.util.stream.IntStream.rangeClosed(0, deepest)
                            .mapToObj(i -> "log_assignment." + i + "." + name)
                            .toList());
            ops.substitute("log_assignment." + deepest + "." + name, ops.squeeze(gather(all, layer, 0), 0));
        }
        return network.logAssignment(ops, deepest, new LightGlueNetwork.States<>(last.view0.state, last.view1.state));
    }

    private String nothing(View view0, View view1) {
        String one = ops.longs(1);
        String rows = ops.add(ops.node("Shape", List.of(view0.indices)), one);
        String columns = ops.add(ops.node("Shape", List.of(view1.indices)), one);
        return ops.node("Expand", List.of(number(0), ops.concat(List.of(one, rows, columns), 0)));
    }

    private String gather(String values, String indices, int axis) {
        return ops.node("Gather", List.of(values, indices), OnnxOps.integer("axis", axis));
    }

    private String flat(String x) {
        return ops.reshape(x, -1);
    }

    private String cast(String x, int type) {
        return ops.node("Cast", List.of(x), OnnxOps.integer("to", type));
    }

    /** [1] bool: false. */
    private String no() {
        return ops.node("Less", List.of(number(1), number(1)));
    }

    /** [1] float32. */
    private String number(double value) {
        return ops.floats("one_number_" + (float) value, List.of(1L), new float[] {(float) value});
    }

    /** A scalar int64. */
    private String whole(long value) {
        return ops.squeeze(ops.longs(value), 0);
    }
}
