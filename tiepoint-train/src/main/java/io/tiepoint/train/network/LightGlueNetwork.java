package io.tiepoint.train.network;

import io.tiepoint.core.check.Check;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * LightGlue: layers of self-attention with rotary relative positions and bidirectional cross-attention, each followed by an
 * assignment with matchability. Tensor names are those of the released weights.
 *
 * @see <a href="https://arxiv.org/abs/2306.13643">Lindenberger et al., LightGlue, 2023, section 3</a>
 */
public final class LightGlueNetwork implements MatcherNetwork {
    private static final double START_TEMPERATURE = 0.06;
    private static final double SMALL = 0.1;

    private final int inputSize;
    private final int width;
    private final int layers;
    private final int heads;
    private final int headWidth;
    private final PositionEncoder positions;

    /** With rotary positions. */
    public LightGlueNetwork(int inputSize, int width, int layers, int heads) {
        this(inputSize, width, layers, heads, PositionEncoder.ROTARY);
    }

    /**
     * Makes the architecture, without weights.
     *
     * @param inputSize D, length of the descriptors
     * @param width of the states; a multiple of twice the number of heads
     * @param layers each of self- and cross-attention
     * @param heads of each attention
     * @param positions how it learns where keypoints lie
     */
    public LightGlueNetwork(int inputSize, int width, int layers, int heads, PositionEncoder positions) {
        Check.that(layers > 0, "layers: expected > 0, found %s", layers);
        Check.that(
                heads > 0 && width % (2 * heads) == 0,
                "width: expected a multiple of 2 x heads = %s, found %s",
                2 * heads,
                width);
        this.inputSize = inputSize;
        this.width = width;
        this.layers = layers;
        this.heads = heads;
        this.headWidth = width / heads;
        this.positions = positions;
    }

    @Override
    public int inputSize() {
        return inputSize;
    }

    /** How it learns where keypoints lie. */
    public PositionEncoder positions() {
        return positions;
    }

    @Override
    public int layers() {
        return layers;
    }

    @Override
    public List<ParameterSpec> parameters() {
        List<ParameterSpec> specs = new ArrayList<>(positions.parameters(width, headWidth));
        if (inputSize != width) {
            specs.addAll(ParameterSpec.linear("input_proj", inputSize, width));
        }
        for (int i = 0; i < layers; i++) {
            String self = "transformers." + i + ".self_attn";
            specs.addAll(ParameterSpec.linear(self + ".Wqkv", width, 3L * width));
            specs.addAll(ParameterSpec.linear(self + ".out_proj", width, width));
            specs.addAll(feedForward(self));
            String cross = "transformers." + i + ".cross_attn";
            specs.addAll(ParameterSpec.linear(cross + ".to_qk", width, width));
            specs.addAll(ParameterSpec.linear(cross + ".to_v", width, width));
            specs.addAll(ParameterSpec.linear(cross + ".to_out", width, width));
            specs.addAll(feedForward(cross));
        }
        for (int i = 0; i < layers; i++) {
            specs.addAll(ParameterSpec.linear("log_assignment." + i + ".matchability", width, 1));
            specs.addAll(finalProjection("log_assignment." + i + ".final_proj"));
        }
        for (int i = 0; i < layers - 1; i++) {
            specs.addAll(ParameterSpec.linear("token_confidence." + i + ".token.0", width, 1));
        }
        return specs;
    }

    /**
     * Where the states start as the descriptors themselves, the assignment starts as the dual softmax of their similarities:
     * a matcher already, which the layers then improve. It learns in thousands of steps what takes many more from noise.
     */
    private List<ParameterSpec> finalProjection(String layer) {
        if (inputSize != width) {
            return ParameterSpec.linear(layer, width, width);
        }
        double scale = StrictMath.sqrt(StrictMath.sqrt(width) / START_TEMPERATURE);
        return ParameterSpec.linear(layer, width, width, ParameterSpec.Init.DIAGONAL, scale);
    }

    private List<ParameterSpec> feedForward(String block) {
        List<ParameterSpec> specs = new ArrayList<>();
        specs.addAll(ParameterSpec.linear(block + ".ffn.0", 2L * width, 2L * width));
        specs.addAll(ParameterSpec.norm(block + ".ffn.1", 2L * width));
        // Each block starts as a small change of the states.
        specs.addAll(ParameterSpec.linear(
                block + ".ffn.3", 2L * width, width, ParameterSpec.Init.UNIFORM, SMALL / StrictMath.sqrt(2.0 * width)));
        return specs;
    }

    /**
     * What both images' keypoints become.
     *
     * @param state0 [B M width]
     * @param state1 [B N width]
     */
    public record States<T>(T state0, T state1) {}

    /**
     * What one image's keypoints start with.
     *
     * @param state [B M width]
     * @param rotation of queries and keys; null where positions do not turn them
     */
    public record Start<T>(T state, @Nullable Rotation<T> rotation) {}

    /**
     * What the layers start from.
     *
     * @param keypoints [B M 2] normalised: (k - size/2) / (max(size)/2); with scale and orientation [B M 4]
     * @param descriptors [B M D]
     */
    public <T> Start<T> start(Ops<T> ops, T keypoints, T descriptors) {
        T state = inputSize == width ? descriptors : ops.linear(descriptors, "input_proj");
        return new Start<>(
                positions.start(ops, keypoints, state),
                positions.isRotary() ? positions.rotation(ops, keypoints, headWidth) : null);
    }

    /** How both images' keypoints lie and which of them are real: what does not change from layer to layer. */
    public record Context<T>(
            @Nullable Rotation<T> rotation0,
            @Nullable Rotation<T> rotation1,
            @Nullable Masks<T> masks) {}

    /**
     * States of the keypoints after every layer.
     *
     * @param keypoints0 [B M 2] normalised: (k - size/2) / (max(size)/2)
     * @param descriptors0 [B M D]
     * @param keypoints1 [B N 2]
     * @param descriptors1 [B N D]
     */
    public <T> List<States<T>> forward(Ops<T> ops, T keypoints0, T descriptors0, T keypoints1, T descriptors1) {
        return forward(ops, start(ops, keypoints0, descriptors0), start(ops, keypoints1, descriptors1), null);
    }

    /** States of the keypoints after every layer; in a batch of unequal numbers the masks say which keypoints are real. */
    public <T> List<States<T>> forward(Ops<T> ops, Start<T> start0, Start<T> start1, @Nullable Masks<T> masks) {
        Context<T> context = new Context<>(start0.rotation(), start1.rotation(), masks);
        States<T> states = new States<>(start0.state(), start1.state());
        List<States<T>> all = new ArrayList<>();
        for (int i = 0; i < layers; i++) {
            states = layer(ops, i, states, context);
            all.add(states);
        }
        return all;
    }

    /** States after one more layer. */
    public <T> States<T> layer(Ops<T> ops, int layer, States<T> states, Context<T> context) {
        States<T> own = afterSelfAttention(ops, layer, states, context);
        String block = "transformers." + layer + ".cross_attn";
        States<T> crossed = ops.crossAttention(own, block, heads, context.masks());
        return new States<>(
                ops.updated(own.state0(), crossed.state0(), block + ".to_out", block),
                ops.updated(own.state1(), crossed.state1(), block + ".to_out", block));
    }

    /** States between a layer's two attentions. */
    <T> States<T> afterSelfAttention(Ops<T> ops, int layer, States<T> states, Context<T> context) {
        String block = "transformers." + layer + ".self_attn";
        Masks<T> masks = context.masks();
        T attended0 = ops.selfAttention(
                states.state0(), block + ".Wqkv", heads, context.rotation0(), masks == null ? null : masks.bias0());
        T state0 = ops.updated(states.state0(), attended0, block + ".out_proj", block);
        T attended1 = ops.selfAttention(
                states.state1(), block + ".Wqkv", heads, context.rotation1(), masks == null ? null : masks.bias1());
        return new States<>(state0, ops.updated(states.state1(), attended1, block + ".out_proj", block));
    }

    /**
     * Similarities of the assignment after a layer.
     *
     * @return [B M N] before any softmax
     */
    public <T> T similarity(Ops<T> ops, int layer, States<T> states) {
        String projection = "log_assignment." + layer + ".final_proj";
        double scale = StrictMath.pow(width, -0.25);
        T projected0 = ops.scale(ops.linear(states.state0(), projection), scale);
        T projected1 = ops.scale(ops.linear(states.state1(), projection), scale);
        return ops.matmul(projected0, ops.transposeLast(projected1, 3));
    }

    /** Logit of "this keypoint has a match": [B M width] to [B M 1]. */
    public <T> T matchability(Ops<T> ops, int layer, T state) {
        return ops.linear(state, "log_assignment." + layer + ".matchability");
    }

    /** Logit of "this keypoint's match will not change any more": [B M width] to [B M 1]; not after the last layer. */
    public <T> T confidence(Ops<T> ops, int layer, T state) {
        return ops.linear(state, "token_confidence." + layer + ".token.0");
    }

    /**
     * Log-probability of every match and, in the last row and column, of no match (equation 8).
     *
     * @return [B M+1 N+1]; the last corner is 0
     */
    public <T> T logAssignment(Ops<T> ops, int layer, States<T> states) {
        return logAssignment(ops, layer, states, null);
    }

    /** The same in a batch of unequal numbers of keypoints. */
    public <T> T logAssignment(Ops<T> ops, int layer, States<T> states, @Nullable Masks<T> masks) {
        T similarity = similarity(ops, layer, states);
        if (masks != null) {
            similarity = ops.add(similarity, ops.reshape(masks.bias0(), 0, -1, 1));
            similarity = ops.add(similarity, ops.reshape(masks.bias1(), 0, 1, -1));
        }
        T logit0 = matchability(ops, layer, states.state0());
        return logAssignment(ops, similarity, logit0, matchability(ops, layer, states.state1()));
    }

    /** From similarities [B M N] and logits of matchability [B M 1] and [B N 1]. */
    static <T> T logAssignment(Ops<T> ops, T similarity, T logit0, T logitOf1) {
        T logit1 = ops.transposeLast(logitOf1, 3);
        T certainty = ops.add(ops.logSigmoid(logit0), ops.logSigmoid(logit1));
        T both = ops.add(ops.logSoftmax(similarity, 2), ops.logSoftmax(similarity, 1));
        T column = ops.logSigmoid(ops.scale(logit0, -1));
        T row = ops.logSigmoid(ops.scale(logit1, -1));
        T corner = ops.scale(ops.slice(row, 2, 0, 1), 0);
        return ops.concat(
                List.of(ops.concat(List.of(ops.add(both, certainty), column), 2), ops.concat(List.of(row, corner), 2)),
                1);
    }
}
