package io.tiepoint.train.network;

import java.util.ArrayList;
import java.util.List;

/** How a matcher learns where keypoints lie. */
public enum PositionEncoder {
    /** Queries and keys of self-attention are turned by angles of the position, so that only differences count (LightGlue). */
    ROTARY(2),
    /** The same with the keypoints' scale and orientation beside their position, as LightGlue takes SIFT's. */
    ROTARY_WITH_SCALE_AND_ORIENTATION(4),
    /**
     * A network of five layers makes a vector of the position, which is added to the descriptor (SuperGlue). Its hidden layers
     * are normalised one by one: the few pairs of a step make poor statistics of a batch.
     */
    ABSOLUTE(2),
    /** Not at all: descriptors have to do. */
    NONE(2);

    private static final int[] ABSOLUTE_WIDTHS = {32, 64, 128, 256};
    private static final double NORM_EPSILON = 1e-5;

    private final int channels;

    PositionEncoder(int channels) {
        this.channels = channels;
    }

    /** Numbers for each keypoint that the network takes: x, y and, with four of them, scale and orientation in radians. */
    public int channels() {
        return channels;
    }

    /** Whether positions turn queries and keys. */
    boolean isRotary() {
        return this == ROTARY || this == ROTARY_WITH_SCALE_AND_ORIENTATION;
    }

    List<ParameterSpec> parameters(int width, int headWidth) {
        if (isRotary()) {
            return List.of(new ParameterSpec(
                    "posenc.Wr.weight", List.of(headWidth / 2L, (long) channels), ParameterSpec.Init.NORMAL, 1));
        }
        List<ParameterSpec> specs = new ArrayList<>();
        if (this == ABSOLUTE) {
            long in = channels;
            for (int i = 0; i < ABSOLUTE_WIDTHS.length; i++) {
                specs.addAll(ParameterSpec.linear("kenc.encoder." + 3 * i, in, ABSOLUTE_WIDTHS[i]));
                specs.addAll(ParameterSpec.norm("kenc.encoder." + (3 * i + 1), ABSOLUTE_WIDTHS[i]));
                in = ABSOLUTE_WIDTHS[i];
            }
            // It starts as no change of the descriptors, as SuperGlue's does by its bias.
            specs.addAll(ParameterSpec.linear(
                    "kenc.encoder." + 3 * ABSOLUTE_WIDTHS.length, in, width, ParameterSpec.Init.CONSTANT, 0));
        }
        return specs;
    }

    /** Cosines and sines of the positions [B M channels]. */
    <T> Rotation<T> rotation(Ops<T> ops, T keypoints, int headWidth) {
        T angles = ops.reshape(ops.linear(keypoints, "posenc.Wr"), 0, 1, -1, headWidth / 2);
        return new Rotation<>(ops.cos(angles), ops.sin(angles));
    }

    /** The state that a keypoint starts with, given its descriptor's: [B M width]. */
    <T> T start(Ops<T> ops, T keypoints, T state) {
        if (this != ABSOLUTE) {
            return state;
        }
        T x = keypoints;
        for (int i = 0; i < ABSOLUTE_WIDTHS.length; i++) {
            T hidden = ops.linear(x, "kenc.encoder." + 3 * i);
            x = ops.relu(ops.layerNorm(hidden, "kenc.encoder." + (3 * i + 1), NORM_EPSILON));
        }
        return ops.add(state, ops.linear(x, "kenc.encoder." + 3 * ABSOLUTE_WIDTHS.length));
    }
}
