package io.tiepoint.train.network;

import io.tiepoint.core.check.Check;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * SuperGlue: absolute positions, layers of attention, 18 as published, to the own image and to the other one in turn, and optimal transport with
 * a dustbin. Tensor names are those of the released weights; normalisations use the statistics of their training.
 *
 * @see <a href="https://arxiv.org/abs/1911.11763">Sarlin et al., SuperGlue, 2020</a>
 */
public final class SuperGlueNetwork implements MatcherNetwork {
    /** Iterations of the optimal transport with which SuperGlue was trained. */
    public static final int PUBLISHED_ITERATIONS = 100;

    /** Heads of each attention. */
    public static final int HEADS = 4;

    private static final int PUBLISHED_WIDTH = 256;
    private static final int PUBLISHED_LAYERS = 18;
    private static final int[] ENCODER_WIDTHS = {3, 32, 64, 128, 256};
    private static final double NORM_EPSILON = 1e-5;

    /** From positions over half of the image's longer side, as LightGlue takes them, to positions over 0.7 of it. */
    private static final double POSITION_SCALE = 0.5 / 0.7;

    private final int width;
    private final int layers;
    private final int iterations;

    /** With the published number of iterations. */
    public SuperGlueNetwork() {
        this(PUBLISHED_ITERATIONS);
    }

    /**
     * In the published size.
     *
     * @param iterations of the optimal transport
     */
    public SuperGlueNetwork(int iterations) {
        this(PUBLISHED_WIDTH, PUBLISHED_LAYERS, iterations);
    }

    /**
     * Makes the architecture, without weights.
     *
     * @param width of the states and of the descriptors; a multiple of {@link #HEADS}
     * @param layers of attention to the own image and to the other one in turn
     * @param iterations of the optimal transport
     */
    public SuperGlueNetwork(int width, int layers, int iterations) {
        Check.that(width > 0 && width % HEADS == 0, "width: expected a multiple of %s heads, found %s", HEADS, width);
        Check.that(layers > 0, "layers: expected > 0, found %s", layers);
        Check.that(iterations > 0, "iterations: expected > 0, found %s", iterations);
        this.width = width;
        this.layers = layers;
        this.iterations = iterations;
    }

    @Override
    public int inputSize() {
        return width;
    }

    @Override
    public int layers() {
        return layers;
    }

    @Override
    public List<ParameterSpec> parameters() {
        List<ParameterSpec> specs = new ArrayList<>();
        specs.add(new ParameterSpec("bin_score", List.of(), ParameterSpec.Init.CONSTANT, 1));
        int last = ENCODER_WIDTHS.length - 1;
        for (int i = 0; i < last; i++) {
            specs.addAll(ParameterSpec.pointwise("kenc.encoder." + 3 * i, ENCODER_WIDTHS[i], ENCODER_WIDTHS[i + 1]));
            specs.addAll(ParameterSpec.batchNorm("kenc.encoder." + (3 * i + 1), ENCODER_WIDTHS[i + 1]));
        }
        specs.addAll(ParameterSpec.pointwise("kenc.encoder." + 3 * last, ENCODER_WIDTHS[last], width));
        for (int layer = 0; layer < layers; layer++) {
            String block = "gnn.layers." + layer;
            specs.addAll(ParameterSpec.pointwise(block + ".attn.merge", width, width));
            for (int i = 0; i < 3; i++) {
                specs.addAll(ParameterSpec.pointwise(block + ".attn.proj." + i, width, width));
            }
            specs.addAll(ParameterSpec.pointwise(block + ".mlp.0", 2L * width, 2L * width));
            specs.addAll(ParameterSpec.batchNorm(block + ".mlp.1", 2L * width));
            specs.addAll(ParameterSpec.pointwise(block + ".mlp.3", 2L * width, width));
        }
        specs.addAll(ParameterSpec.pointwise("final_proj", width, width));
        return specs;
    }

    /**
     * What the layers start from: the descriptor and the encoded position and score.
     *
     * @param keypoints [B M 2] normalised as for LightGlue: (k - size/2) / (max(size)/2)
     * @param scores [B M 1] of the detector
     * @param descriptors [B M width]
     */
    public <T> T start(Ops<T> ops, T keypoints, T scores, T descriptors) {
        return ops.add(descriptors, encode(ops, keypoints, scores));
    }

    /** The encoded position and score alone: [B M width]. */
    <T> T encode(Ops<T> ops, T keypoints, T scores) {
        T x = ops.concat(List.of(ops.scale(keypoints, POSITION_SCALE), scores), 2);
        int last = ENCODER_WIDTHS.length - 1;
        for (int i = 0; i < last; i++) {
            x = ops.relu(ops.linearBatchNorm(x, "kenc.encoder." + 3 * i, "kenc.encoder." + (3 * i + 1), NORM_EPSILON));
        }
        return ops.linear(x, "kenc.encoder." + 3 * last);
    }

    /** States after one more layer; both images attend to what there was before it. */
    public <T> LightGlueNetwork.States<T> layer(Ops<T> ops, int layer, LightGlueNetwork.States<T> states) {
        return layer(ops, layer, states, null);
    }

    /** The same in a batch of unequal numbers of keypoints. */
    public <T> LightGlueNetwork.States<T> layer(
            Ops<T> ops, int layer, LightGlueNetwork.States<T> states, @Nullable Masks<T> masks) {
        Source<T> source0 = new Source<>(states.state0(), masks == null ? null : masks.bias0());
        Source<T> source1 = new Source<>(states.state1(), masks == null ? null : masks.bias1());
        boolean cross = layer % 2 == 1;
        String block = "gnn.layers." + layer;
        T delta0 = delta(ops, block, states.state0(), cross ? source1 : source0);
        T delta1 = delta(ops, block, states.state1(), cross ? source0 : source1);
        return new LightGlueNetwork.States<>(ops.add(states.state0(), delta0), ops.add(states.state1(), delta1));
    }

    /** What is attended to: states [B N width] and what is added to the similarities with each [B N]; null for nothing. */
    private record Source<T>(T state, @Nullable T bias) {}

    private <T> T delta(Ops<T> ops, String block, T state, Source<T> attendedTo) {
        T source = attendedTo.state();
        T query = split(ops, ops.linear(state, block + ".attn.proj.0"));
        T key = split(ops, ops.linear(source, block + ".attn.proj.1"));
        T value = split(ops, ops.linear(source, block + ".attn.proj.2"));
        T similarity = ops.scale(ops.matmul(query, ops.transposeLast(key, 4)), 1 / StrictMath.sqrt(headWidth()));
        if (attendedTo.bias() != null) {
            similarity = ops.add(similarity, ops.reshape(attendedTo.bias(), 0, 1, 1, -1));
        }
        T attended = ops.permute(ops.matmul(ops.softmax(similarity, -1), value), 0, 2, 3, 1);
        T message = ops.linear(ops.reshape(attended, 0, -1, width), block + ".attn.merge");
        T hidden = ops.linearBatchNorm(
                ops.concat(List.of(state, message), 2), block + ".mlp.0", block + ".mlp.1", NORM_EPSILON);
        return ops.linear(ops.relu(hidden), block + ".mlp.3");
    }

    private int headWidth() {
        return width / HEADS;
    }

    /** [B M width] to [B heads M width/heads]; the head is the inner one of a channel's two numbers. */
    private <T> T split(Ops<T> ops, T x) {
        return ops.permute(ops.reshape(x, 0, -1, headWidth(), HEADS), 0, 3, 1, 2);
    }

    /**
     * Similarities of the optimal transport.
     *
     * @return [B M N]
     */
    public <T> T similarity(Ops<T> ops, LightGlueNetwork.States<T> states) {
        T product = ops.matmul(projected(ops, states.state0()), ops.transposeLast(projected(ops, states.state1()), 3));
        return ops.scale(product, 1 / StrictMath.sqrt(width));
    }

    /** What is compared in the end: [B M width]. */
    <T> T projected(Ops<T> ops, T state) {
        return ops.linear(state, "final_proj");
    }

    /**
     * Log of the transport between the keypoints and, in the last row and column, the dustbins; each real entry is the log of a
     * match's probability (section 3.3).
     *
     * @param similarity [B M N]
     * @return [B M+1 N+1]
     */
    public <T> T logAssignment(Ops<T> ops, T similarity) {
        return logAssignment(ops, similarity, null);
    }

    /** The same in a batch of unequal numbers of keypoints. */
    public <T> T logAssignment(Ops<T> ops, T similarity, @Nullable Masks<T> masks) {
        T bin = ops.reshape(ops.parameter("bin_score"), 1, 1, 1);
        T noRows = ops.scale(ops.slice(similarity, 2, 0, 1), 0);
        T noColumns = ops.scale(ops.slice(similarity, 1, 0, 1), 0);
        // Each keypoint has the mass 1, the dustbin of either image as much as the other image has keypoints.
        T zeroRows = masks == null ? noRows : ops.reshape(masks.bias0(), 0, -1, 1);
        T zeroColumns = masks == null ? noColumns : ops.reshape(masks.bias1(), 0, 1, -1);
        T among = masks == null ? similarity : ops.add(ops.add(similarity, zeroRows), zeroColumns);
        T wide = ops.concat(List.of(among, ops.add(zeroRows, bin)), 2);
        T corner = ops.add(ops.slice(noRows, 1, 0, 1), bin);
        T scores = ops.concat(List.of(wide, ops.concat(List.of(ops.add(zeroColumns, bin), corner), 2)), 1);
        T logM = ops.logSumExp(zeroRows, 1);
        T logN = ops.logSumExp(zeroColumns, 2);
        T norm = ops.scale(ops.logSumExp(ops.concat(List.of(logM, logN), 1), 1), -1);
        T logRows = ops.concat(List.of(ops.add(zeroRows, norm), ops.add(logN, norm)), 1);
        T logColumns = ops.concat(List.of(ops.add(zeroColumns, norm), ops.add(logM, norm)), 2);
        return ops.sub(ops.sinkhorn(scores, logRows, logColumns, iterations), norm);
    }
}
