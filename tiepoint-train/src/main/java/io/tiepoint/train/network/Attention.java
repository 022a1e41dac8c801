package io.tiepoint.train.network;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** LightGlue's blocks of attention in single operations: what {@link Ops} computes where it has nothing faster. */
final class Attention {
    private static final double NORM_EPSILON = 1e-5;

    private Attention() {}

    /** {@link Ops#selfAttention}. */
    static <T> T self(
            Ops<T> ops, T state, String projection, int heads, @Nullable Rotation<T> rotation, @Nullable T bias) {
        int headWidth = Math.toIntExact(ops.size(projection + ".weight", 0)) / (3 * heads);
        T qkv = ops.permute(ops.reshape(ops.linear(state, projection), 0, -1, heads, headWidth, 3), 0, 2, 1, 3, 4);
        T query = part(ops, qkv, 0, headWidth);
        T key = part(ops, qkv, 1, headWidth);
        if (rotation != null) {
            query = rotate(ops, query, rotation, headWidth);
            key = rotate(ops, key, rotation, headWidth);
        }
        T value = part(ops, qkv, 2, headWidth);
        T similarity = ops.scale(ops.matmul(query, ops.transposeLast(key, 4)), 1 / StrictMath.sqrt(headWidth));
        return merge(ops, attend(ops, similarity, value, bias), heads * headWidth);
    }

    /** One of q, k and v: [B heads M headWidth 3] to [B heads M headWidth]. */
    private static <T> T part(Ops<T> ops, T qkv, int index, int headWidth) {
        return ops.reshape(ops.slice(qkv, 4, index, index + 1), 0, 0, -1, headWidth);
    }

    /**
     * Turns each pair of channels by its angle. The result holds first all first and then all second channels of the pairs,
     * not in turn as the reference does: the same order in query and key leaves their products as they are.
     */
    static <T> T rotate(Ops<T> ops, T x, Rotation<T> rotation, int headWidth) {
        T pairs = ops.reshape(x, 0, 0, -1, headWidth / 2, 2);
        T first = ops.reshape(ops.slice(pairs, 4, 0, 1), 0, 0, -1, headWidth / 2);
        T second = ops.reshape(ops.slice(pairs, 4, 1, 2), 0, 0, -1, headWidth / 2);
        return ops.concat(
                List.of(
                        ops.sub(ops.mul(first, rotation.cos()), ops.mul(second, rotation.sin())),
                        ops.add(ops.mul(second, rotation.cos()), ops.mul(first, rotation.sin()))),
                3);
    }

    /** {@link Ops#crossAttention}. */
    static <T> LightGlueNetwork.States<T> cross(
            Ops<T> ops, LightGlueNetwork.States<T> states, String block, int heads, @Nullable Masks<T> masks) {
        int width = Math.toIntExact(ops.size(block + ".to_qk.weight", 0));
        double scale = StrictMath.pow((double) width / heads, -0.25);
        T qk0 = ops.scale(split(ops, ops.linear(states.state0(), block + ".to_qk"), heads, width), scale);
        T qk1 = ops.scale(split(ops, ops.linear(states.state1(), block + ".to_qk"), heads, width), scale);
        T value0 = split(ops, ops.linear(states.state0(), block + ".to_v"), heads, width);
        T value1 = split(ops, ops.linear(states.state1(), block + ".to_v"), heads, width);
        T similarity = ops.matmul(qk0, ops.transposeLast(qk1, 4));
        T message0 = attend(ops, similarity, value1, masks == null ? null : masks.bias1());
        T message1 = attend(ops, ops.transposeLast(similarity, 4), value0, masks == null ? null : masks.bias0());
        return new LightGlueNetwork.States<>(merge(ops, message0, width), merge(ops, message1, width));
    }

    private static <T> T attend(Ops<T> ops, T similarity, T value, @Nullable T bias) {
        T biased = bias == null ? similarity : ops.add(similarity, ops.reshape(bias, 0, 1, 1, -1));
        return ops.matmul(ops.softmax(biased, -1), value);
    }

    /** [B M width] to [B heads M headWidth]. */
    private static <T> T split(Ops<T> ops, T x, int heads, int width) {
        return ops.permute(ops.reshape(x, 0, -1, heads, width / heads), 0, 2, 1, 3);
    }

    /** [B heads M headWidth] to [B M width]. */
    private static <T> T merge(Ops<T> ops, T x, int width) {
        return ops.reshape(ops.permute(x, 0, 2, 1, 3), 0, -1, width);
    }

    /** {@link Ops#updated}. */
    static <T> T updated(Ops<T> ops, T state, T attended, String projection, String block) {
        T message = ops.linear(attended, projection);
        T hidden = ops.linear(ops.concat(List.of(state, message), 2), block + ".ffn.0");
        hidden = ops.gelu(ops.layerNorm(hidden, block + ".ffn.1", NORM_EPSILON));
        return ops.add(state, ops.linear(hidden, block + ".ffn.3"));
    }
}
