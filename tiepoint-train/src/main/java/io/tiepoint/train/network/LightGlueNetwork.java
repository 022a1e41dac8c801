package io.tiepoint.train.network;

import io.tiepoint.core.check.Check;
import java.util.ArrayList;
import java.util.List;

/**
 * LightGlue: layers of self-attention with rotary relative positions and bidirectional cross-attention, each followed by an
 * assignment with matchability. Tensor names are those of the released weights.
 *
 * @see <a href="https://arxiv.org/abs/2306.13643">Lindenberger et al., LightGlue, 2023, section 3</a>
 */
public final class LightGlueNetwork implements Network {
    private static final double NORM_EPSILON = 1e-5;
    private static final double START_TEMPERATURE = 0.06;
    private static final double SMALL = 0.1;

    private final int inputSize;
    private final int width;
    private final int layers;
    private final int heads;
    private final int headWidth;

    /**
     * Makes the architecture, without weights.
     *
     * @param inputSize D, length of the descriptors
     * @param width of the states; a multiple of twice the number of heads
     * @param layers each of self- and cross-attention
     * @param heads of each attention
     */
    public LightGlueNetwork(int inputSize, int width, int layers, int heads) {
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
    }

    /** Length of the descriptors that it takes. */
    public int inputSize() {
        return inputSize;
    }

    /** Number of layers. */
    public int layers() {
        return layers;
    }

    @Override
    public List<ParameterSpec> parameters() {
        List<ParameterSpec> specs = new ArrayList<>();
        specs.add(new ParameterSpec("posenc.Wr.weight", List.of(headWidth / 2L, 2L), ParameterSpec.Init.NORMAL, 1));
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

    /** Cosines and sines of the rotary encoding, each [B 1 M headWidth/2]. */
    private record Rotation<T>(T cos, T sin) {}

    /**
     * States of the keypoints after every layer.
     *
     * @param keypoints0 [B M 2] normalised: (k - size/2) / (max(size)/2)
     * @param descriptors0 [B M D]
     * @param keypoints1 [B N 2]
     * @param descriptors1 [B N D]
     */
    public <T> List<States<T>> forward(Ops<T> ops, T keypoints0, T descriptors0, T keypoints1, T descriptors1) {
        Rotation<T> rotation0 = rotation(ops, keypoints0);
        Rotation<T> rotation1 = rotation(ops, keypoints1);
        T state0 = inputSize == width ? descriptors0 : ops.linear(descriptors0, "input_proj");
        T state1 = inputSize == width ? descriptors1 : ops.linear(descriptors1, "input_proj");
        List<States<T>> all = new ArrayList<>();
        for (int i = 0; i < layers; i++) {
            String self = "transformers." + i + ".self_attn";
            state0 = selfAttention(ops, self, state0, rotation0);
            state1 = selfAttention(ops, self, state1, rotation1);
            States<T> crossed = crossAttention(ops, "transformers." + i + ".cross_attn", state0, state1);
            state0 = crossed.state0();
            state1 = crossed.state1();
            all.add(crossed);
        }
        return all;
    }

    private <T> Rotation<T> rotation(Ops<T> ops, T keypoints) {
        T angles = ops.reshape(ops.linear(keypoints, "posenc.Wr"), 0, 1, -1, headWidth / 2);
        return new Rotation<>(ops.cos(angles), ops.sin(angles));
    }

    private <T> T selfAttention(Ops<T> ops, String block, T state, Rotation<T> rotation) {
        // Rows of Wqkv are ordered head, channel, {q, k, v}.
        T qkv = ops.permute(ops.reshape(ops.linear(state, block + ".Wqkv"), 0, -1, heads, headWidth, 3), 0, 2, 1, 3, 4);
        T query = rotate(ops, part(ops, qkv, 0), rotation);
        T key = rotate(ops, part(ops, qkv, 1), rotation);
        T value = part(ops, qkv, 2);
        T similarity = ops.scale(ops.matmul(query, ops.transposeLast(key, 4)), 1 / StrictMath.sqrt(headWidth));
        T message = ops.linear(merge(ops, ops.matmul(ops.softmax(similarity, -1), value)), block + ".out_proj");
        return residual(ops, block, state, message);
    }

    /** One of q, k and v: [B heads M headWidth 3] to [B heads M headWidth]. */
    private <T> T part(Ops<T> ops, T qkv, int index) {
        return ops.reshape(ops.slice(qkv, 4, index, index + 1), 0, 0, -1, headWidth);
    }

    /**
     * Turns each pair of channels by its angle. The result holds first all first and then all second channels of the pairs,
     * not in turn as the reference does: the same order in query and key leaves their products as they are.
     */
    private <T> T rotate(Ops<T> ops, T x, Rotation<T> rotation) {
        T pairs = ops.reshape(x, 0, 0, -1, headWidth / 2, 2);
        T first = ops.reshape(ops.slice(pairs, 4, 0, 1), 0, 0, -1, headWidth / 2);
        T second = ops.reshape(ops.slice(pairs, 4, 1, 2), 0, 0, -1, headWidth / 2);
        return ops.concat(
                List.of(
                        ops.sub(ops.mul(first, rotation.cos()), ops.mul(second, rotation.sin())),
                        ops.add(ops.mul(second, rotation.cos()), ops.mul(first, rotation.sin()))),
                3);
    }

    private <T> States<T> crossAttention(Ops<T> ops, String block, T state0, T state1) {
        double scale = StrictMath.pow(headWidth, -0.25);
        T qk0 = ops.scale(split(ops, ops.linear(state0, block + ".to_qk")), scale);
        T qk1 = ops.scale(split(ops, ops.linear(state1, block + ".to_qk")), scale);
        T value0 = split(ops, ops.linear(state0, block + ".to_v"));
        T value1 = split(ops, ops.linear(state1, block + ".to_v"));
        T similarity = ops.matmul(qk0, ops.transposeLast(qk1, 4));
        T message0 = ops.matmul(ops.softmax(similarity, -1), value1);
        T message1 = ops.matmul(ops.softmax(ops.transposeLast(similarity, 4), -1), value0);
        return new States<>(
                residual(ops, block, state0, ops.linear(merge(ops, message0), block + ".to_out")),
                residual(ops, block, state1, ops.linear(merge(ops, message1), block + ".to_out")));
    }

    /** [B M width] to [B heads M headWidth]. */
    private <T> T split(Ops<T> ops, T x) {
        return ops.permute(ops.reshape(x, 0, -1, heads, headWidth), 0, 2, 1, 3);
    }

    /** [B heads M headWidth] to [B M width]. */
    private <T> T merge(Ops<T> ops, T x) {
        return ops.reshape(ops.permute(x, 0, 2, 1, 3), 0, -1, width);
    }

    private <T> T residual(Ops<T> ops, String block, T state, T message) {
        T hidden = ops.linear(ops.concat(List.of(state, message), 2), block + ".ffn.0");
        hidden = ops.gelu(ops.layerNorm(hidden, block + ".ffn.1", NORM_EPSILON));
        return ops.add(state, ops.linear(hidden, block + ".ffn.3"));
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
        T similarity = similarity(ops, layer, states);
        T logit0 = matchability(ops, layer, states.state0());
        T logit1 = ops.transposeLast(matchability(ops, layer, states.state1()), 3);
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
