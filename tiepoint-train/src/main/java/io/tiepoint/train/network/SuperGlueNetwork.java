package io.tiepoint.train.network;

import io.tiepoint.core.check.Check;
import java.util.ArrayList;
import java.util.List;

/**
 * SuperGlue: absolute positions, 18 layers of attention to the own image and to the other one in turn, and optimal transport with
 * a dustbin. Tensor names are those of the released weights; normalisations use the statistics of their training.
 *
 * @see <a href="https://arxiv.org/abs/1911.11763">Sarlin et al., SuperGlue, 2020</a>
 */
public final class SuperGlueNetwork implements Network {
    /** Iterations of the optimal transport with which SuperGlue was trained. */
    public static final int PUBLISHED_ITERATIONS = 100;

    private static final int WIDTH = 256;
    private static final int HEADS = 4;
    private static final int HEAD_WIDTH = WIDTH / HEADS;
    private static final int LAYERS = 18;
    private static final int[] ENCODER_WIDTHS = {3, 32, 64, 128, 256, WIDTH};
    private static final double NORM_EPSILON = 1e-5;

    /** From positions over half of the image's longer side, as LightGlue takes them, to positions over 0.7 of it. */
    private static final double POSITION_SCALE = 0.5 / 0.7;

    private final int iterations;

    /** With the published number of iterations. */
    public SuperGlueNetwork() {
        this(PUBLISHED_ITERATIONS);
    }

    /**
     * Makes the architecture, without weights.
     *
     * @param iterations of the optimal transport
     */
    public SuperGlueNetwork(int iterations) {
        Check.that(iterations > 0, "iterations: expected > 0, found %s", iterations);
        this.iterations = iterations;
    }

    /** Length of the descriptors that it takes. */
    public int inputSize() {
        return WIDTH;
    }

    /** Number of layers. */
    public int layers() {
        return LAYERS;
    }

    @Override
    public List<ParameterSpec> parameters() {
        List<ParameterSpec> specs = new ArrayList<>();
        specs.add(new ParameterSpec("bin_score", List.of(), ParameterSpec.Init.CONSTANT, 1));
        int last = ENCODER_WIDTHS.length - 2;
        for (int i = 0; i <= last; i++) {
            specs.addAll(ParameterSpec.pointwise("kenc.encoder." + 3 * i, ENCODER_WIDTHS[i], ENCODER_WIDTHS[i + 1]));
            if (i < last) {
                specs.addAll(ParameterSpec.batchNorm("kenc.encoder." + (3 * i + 1), ENCODER_WIDTHS[i + 1]));
            }
        }
        for (int layer = 0; layer < LAYERS; layer++) {
            String block = "gnn.layers." + layer;
            specs.addAll(ParameterSpec.pointwise(block + ".attn.merge", WIDTH, WIDTH));
            for (int i = 0; i < 3; i++) {
                specs.addAll(ParameterSpec.pointwise(block + ".attn.proj." + i, WIDTH, WIDTH));
            }
            specs.addAll(ParameterSpec.pointwise(block + ".mlp.0", 2 * WIDTH, 2 * WIDTH));
            specs.addAll(ParameterSpec.batchNorm(block + ".mlp.1", 2 * WIDTH));
            specs.addAll(ParameterSpec.pointwise(block + ".mlp.3", 2 * WIDTH, WIDTH));
        }
        specs.addAll(ParameterSpec.pointwise("final_proj", WIDTH, WIDTH));
        return specs;
    }

    /**
     * What the layers start from: the descriptor and the encoded position and score.
     *
     * @param keypoints [B M 2] normalised as for LightGlue: (k - size/2) / (max(size)/2)
     * @param scores [B M 1] of the detector
     * @param descriptors [B M 256]
     */
    public <T> T start(Ops<T> ops, T keypoints, T scores, T descriptors) {
        return ops.add(descriptors, encode(ops, keypoints, scores));
    }

    /** The encoded position and score alone: [B M 256]. */
    <T> T encode(Ops<T> ops, T keypoints, T scores) {
        T x = ops.concat(List.of(ops.scale(keypoints, POSITION_SCALE), scores), 2);
        int last = ENCODER_WIDTHS.length - 2;
        for (int i = 0; i < last; i++) {
            x = ops.relu(ops.linearBatchNorm(x, "kenc.encoder." + 3 * i, "kenc.encoder." + (3 * i + 1), NORM_EPSILON));
        }
        return ops.linear(x, "kenc.encoder." + 3 * last);
    }

    /** States after one more layer; both images attend to what there was before it. */
    public <T> LightGlueNetwork.States<T> layer(Ops<T> ops, int layer, LightGlueNetwork.States<T> states) {
        boolean cross = layer % 2 == 1;
        String block = "gnn.layers." + layer;
        T delta0 = delta(ops, block, states.state0(), cross ? states.state1() : states.state0());
        T delta1 = delta(ops, block, states.state1(), cross ? states.state0() : states.state1());
        return new LightGlueNetwork.States<>(ops.add(states.state0(), delta0), ops.add(states.state1(), delta1));
    }

    private static <T> T delta(Ops<T> ops, String block, T state, T source) {
        T query = split(ops, ops.linear(state, block + ".attn.proj.0"));
        T key = split(ops, ops.linear(source, block + ".attn.proj.1"));
        T value = split(ops, ops.linear(source, block + ".attn.proj.2"));
        T similarity = ops.scale(ops.matmul(query, ops.transposeLast(key, 4)), 1 / StrictMath.sqrt(HEAD_WIDTH));
        T attended = ops.permute(ops.matmul(ops.softmax(similarity, -1), value), 0, 2, 3, 1);
        T message = ops.linear(ops.reshape(attended, 0, -1, WIDTH), block + ".attn.merge");
        T hidden = ops.linearBatchNorm(
                ops.concat(List.of(state, message), 2), block + ".mlp.0", block + ".mlp.1", NORM_EPSILON);
        return ops.linear(ops.relu(hidden), block + ".mlp.3");
    }

    /** [B M 256] to [B 4 M 64]; the head is the inner one of a channel's two numbers. */
    private static <T> T split(Ops<T> ops, T x) {
        return ops.permute(ops.reshape(x, 0, -1, HEAD_WIDTH, HEADS), 0, 3, 1, 2);
    }

    /**
     * Similarities of the optimal transport.
     *
     * @return [B M N]
     */
    public <T> T similarity(Ops<T> ops, LightGlueNetwork.States<T> states) {
        T product = ops.matmul(projected(ops, states.state0()), ops.transposeLast(projected(ops, states.state1()), 3));
        return ops.scale(product, 1 / StrictMath.sqrt(WIDTH));
    }

    /** What is compared in the end: [B M 256]. */
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
        T bin = ops.reshape(ops.parameter("bin_score"), 1, 1, 1);
        T column = ops.add(ops.scale(ops.slice(similarity, 2, 0, 1), 0), bin);
        T wide = ops.concat(List.of(similarity, column), 2);
        T scores = ops.concat(List.of(wide, ops.add(ops.scale(ops.slice(wide, 1, 0, 1), 0), bin)), 1);
        // Each keypoint has the mass 1, the dustbin of either image as much as the other image has keypoints.
        T zeroRows = ops.scale(ops.slice(similarity, 2, 0, 1), 0);
        T zeroColumns = ops.scale(ops.slice(similarity, 1, 0, 1), 0);
        T logM = ops.logSumExp(zeroRows, 1);
        T logN = ops.logSumExp(zeroColumns, 2);
        T norm = ops.scale(ops.logSumExp(ops.concat(List.of(logM, logN), 1), 1), -1);
        T logRows = ops.concat(List.of(ops.add(zeroRows, norm), ops.add(logN, norm)), 1);
        T logColumns = ops.concat(List.of(ops.add(zeroColumns, norm), ops.add(logM, norm)), 2);
        return ops.sub(ops.sinkhorn(scores, logRows, logColumns, iterations), norm);
    }
}
