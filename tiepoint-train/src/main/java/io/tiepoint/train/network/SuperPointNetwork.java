package io.tiepoint.train.network;

import java.util.ArrayList;
import java.util.List;

/**
 * SuperPoint in full size, with the tensor names of the released weights: Magic Leap's with 1,300,865 parameters, and rpautrat's,
 * which normalises after each ReLU.
 *
 * @see <a href="https://arxiv.org/abs/1712.07629">DeTone et al., SuperPoint, 2018</a>
 */
public final class SuperPointNetwork implements ExtractorNetwork {
    /** D. */
    public static final int DESCRIPTOR_SIZE = 256;

    /** Channels inside each head. */
    public static final int HEAD_WIDTH = 256;

    private static final int[][] BLOCKS = {{1, 64, 64}, {64, 64, 64}, {64, 128, 128}, {128, 128, 128}};
    private static final double NORM_EPSILON = 1e-3;

    private final Variant variant;

    /** Whose SuperPoint. */
    public enum Variant {
        /** Magic Leap's {@code superpoint_v1}: convolution, ReLU. */
        MAGIC_LEAP,
        /** rpautrat's {@code superpoint_v6_from_tf}: convolution, ReLU, batch normalisation. */
        RPAUTRAT
    }

    /** Magic Leap's. */
    public SuperPointNetwork() {
        this(Variant.MAGIC_LEAP);
    }

    /** One of the variants. */
    public SuperPointNetwork(Variant variant) {
        this.variant = variant;
    }

    @Override
    public int descriptorSize() {
        return DESCRIPTOR_SIZE;
    }

    @Override
    public List<ParameterSpec> parameters() {
        List<ParameterSpec> specs = new ArrayList<>();
        for (int block = 0; block < BLOCKS.length; block++) {
            int[] widths = BLOCKS[block];
            specs.addAll(layer(encoderLayer(block, 0), widths[0], widths[1], 3));
            specs.addAll(layer(encoderLayer(block, 1), widths[1], widths[2], 3));
        }
        specs.addAll(layer(headLayer(true, 0), 128, HEAD_WIDTH, 3));
        specs.addAll(layer(headLayer(true, 1), HEAD_WIDTH, DUSTBIN + 1, 1));
        specs.addAll(layer(headLayer(false, 0), 128, HEAD_WIDTH, 3));
        specs.addAll(layer(headLayer(false, 1), HEAD_WIDTH, DESCRIPTOR_SIZE, 1));
        return specs;
    }

    private List<ParameterSpec> layer(String name, long in, long out, long kernel) {
        if (variant == Variant.MAGIC_LEAP) {
            return ParameterSpec.conv(name, in, out, kernel);
        }
        List<ParameterSpec> specs = new ArrayList<>(ParameterSpec.conv(name + ".conv", in, out, kernel));
        specs.addAll(ParameterSpec.batchNorm(name + ".bn", out));
        return specs;
    }

    private String encoderLayer(int block, int index) {
        return variant == Variant.MAGIC_LEAP
                ? "conv" + (block + 1) + (index == 0 ? "a" : "b")
                : "backbone." + block + "." + index;
    }

    private String headLayer(boolean detector, int index) {
        if (variant == Variant.MAGIC_LEAP) {
            return (detector ? "convP" : "convD") + (index == 0 ? "a" : "b");
        }
        return (detector ? "detector." : "descriptor.") + index;
    }

    @Override
    public <T> Outputs<T> forward(Ops<T> ops, T images) {
        T shared = encode(ops, images);
        return new Outputs<>(head(ops, shared, true), head(ops, shared, false));
    }

    @Override
    public <T> T detect(Ops<T> ops, T images) {
        return head(ops, encode(ops, images), true);
    }

    private <T> T encode(Ops<T> ops, T images) {
        T x = images;
        for (int block = 0; block < BLOCKS.length; block++) {
            x = activated(ops, x, encoderLayer(block, 0));
            x = activated(ops, x, encoderLayer(block, 1));
            if (block < BLOCKS.length - 1) {
                x = ops.maxPool2(x);
            }
        }
        return x;
    }

    private <T> T head(Ops<T> ops, T shared, boolean detector) {
        T hidden = activated(ops, shared, headLayer(detector, 0));
        String last = headLayer(detector, 1);
        return variant == Variant.MAGIC_LEAP
                ? ops.conv2d(hidden, last, 1)
                : ops.batchNorm(ops.conv2d(hidden, last + ".conv", 1), last + ".bn", NORM_EPSILON);
    }

    private <T> T activated(Ops<T> ops, T x, String layer) {
        return variant == Variant.MAGIC_LEAP
                ? ops.relu(ops.conv2d(x, layer, 1))
                : ops.batchNorm(ops.relu(ops.conv2d(x, layer + ".conv", 1)), layer + ".bn", NORM_EPSILON);
    }
}
