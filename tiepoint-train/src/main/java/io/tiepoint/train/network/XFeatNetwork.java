package io.tiepoint.train.network;

import java.util.ArrayList;
import java.util.List;

/**
 * XFeat, with the tensor names of the released weights: descriptors from a pyramid of three resolutions, with how reliable they
 * are, and keypoints from the 8x8 pixels of a cell alone. The image's own mean and standard deviation do not count. The weights of
 * the matcher that refines XFeat's dense matches belong to its state dict; no computation here needs them.
 *
 * @see <a href="https://arxiv.org/abs/2404.19174">Potje et al., XFeat, 2024</a>
 */
public final class XFeatNetwork implements ExtractorNetwork {
    /** D. */
    public static final int DESCRIPTOR_SIZE = 64;

    /** Sides of images are multiples of it, px. */
    public static final int MULTIPLE_PX = 32;

    private static final double NORM_EPSILON = 1e-5;
    private static final int SKIPPED = 4;
    private static final int FINE_WIDTH = 512;
    private static final int FINE_HIDDEN = 4;

    private static final List<Layer> BLOCK1 =
            List.of(new Layer(1, 4, 3, 1), new Layer(4, 8, 3, 2), new Layer(8, 8, 3, 1), new Layer(8, 24, 3, 2));
    private static final List<Layer> BLOCK2 = List.of(new Layer(24, 24, 3, 1), new Layer(24, 24, 3, 1));
    private static final List<Layer> BLOCK3 =
            List.of(new Layer(24, 64, 3, 2), new Layer(64, 64, 3, 1), new Layer(64, 64, 1, 1));
    private static final List<Layer> BLOCK4 =
            List.of(new Layer(64, 64, 3, 2), new Layer(64, 64, 3, 1), new Layer(64, 64, 3, 1));
    private static final List<Layer> BLOCK5 = List.of(
            new Layer(64, 128, 3, 2), new Layer(128, 128, 3, 1), new Layer(128, 128, 3, 1), new Layer(128, 64, 1, 1));
    private static final List<Layer> FUSION = List.of(new Layer(64, 64, 3, 1), new Layer(64, 64, 3, 1));
    private static final List<Layer> RELIABILITY = List.of(new Layer(64, 64, 1, 1), new Layer(64, 64, 1, 1));
    private static final List<Layer> KEYPOINTS =
            List.of(new Layer(64, 64, 1, 1), new Layer(64, 64, 1, 1), new Layer(64, 64, 1, 1));

    private static final String FUSION_NAME = "block_fusion";
    private static final String RELIABILITY_NAME = "heatmap_head";
    private static final String KEYPOINTS_NAME = "keypoint_head";

    /** Convolution without bias, batch normalisation that neither scales nor shifts, ReLU. */
    private record Layer(int in, int out, int kernel, int stride) {}

    @Override
    public int descriptorSize() {
        return DESCRIPTOR_SIZE;
    }

    @Override
    public List<ParameterSpec> parameters() {
        List<ParameterSpec> specs = new ArrayList<>(ParameterSpec.conv("skip1.1", 1, 24, 1));
        specs.addAll(block("block1", BLOCK1));
        specs.addAll(block("block2", BLOCK2));
        specs.addAll(block("block3", BLOCK3));
        specs.addAll(block("block4", BLOCK4));
        specs.addAll(block("block5", BLOCK5));
        specs.addAll(block(FUSION_NAME, FUSION));
        specs.addAll(ParameterSpec.conv(last(FUSION_NAME, FUSION), 64, DESCRIPTOR_SIZE, 1));
        specs.addAll(block(RELIABILITY_NAME, RELIABILITY));
        specs.addAll(ParameterSpec.conv(last(RELIABILITY_NAME, RELIABILITY), DESCRIPTOR_SIZE, 1, 1));
        specs.addAll(block(KEYPOINTS_NAME, KEYPOINTS));
        specs.addAll(ParameterSpec.conv(last(KEYPOINTS_NAME, KEYPOINTS), CELL * CELL, DUSTBIN + 1, 1));
        specs.addAll(fineMatcher());
        return specs;
    }

    private static List<ParameterSpec> block(String name, List<Layer> layers) {
        List<ParameterSpec> specs = new ArrayList<>();
        for (int i = 0; i < layers.size(); i++) {
            Layer layer = layers.get(i);
            String prefix = name + "." + i + ".layer.";
            specs.add(ParameterSpec.convWithoutBias(prefix + 0, layer.in, layer.out, layer.kernel));
            specs.addAll(ParameterSpec.statistics(prefix + 1, layer.out));
        }
        return specs;
    }

    /** Linear, normalisation, ReLU, four times, and a linear layer: two descriptors to 64 offsets. */
    private static List<ParameterSpec> fineMatcher() {
        List<ParameterSpec> specs = new ArrayList<>();
        for (int i = 0; i < FINE_HIDDEN; i++) {
            int in = i == 0 ? 2 * DESCRIPTOR_SIZE : FINE_WIDTH;
            specs.addAll(ParameterSpec.linear("fine_matcher." + 3 * i, in, FINE_WIDTH));
            specs.addAll(ParameterSpec.statistics("fine_matcher." + (3 * i + 1), FINE_WIDTH));
        }
        specs.addAll(ParameterSpec.linear("fine_matcher." + 3 * FINE_HIDDEN, FINE_WIDTH, CELL * CELL));
        return specs;
    }

    private static String last(String name, List<Layer> before) {
        return name + "." + before.size();
    }

    /** As {@link ExtractorNetwork#forward}; H and W are multiples of {@link #MULTIPLE_PX}. */
    @Override
    public <T> Outputs<T> forward(Ops<T> ops, T images) {
        T x = ops.instanceNorm(images, NORM_EPSILON);
        T skip = ops.conv2d(ops.averagePool(x, SKIPPED), "skip1.1", 1);
        T quarter = apply(ops, ops.add(apply(ops, x, "block1", BLOCK1), skip), "block2", BLOCK2);
        T eighth = apply(ops, quarter, "block3", BLOCK3);
        T sixteenth = apply(ops, eighth, "block4", BLOCK4);
        T thirtySecond = apply(ops, sixteenth, "block5", BLOCK5);
        T pyramid = ops.add(ops.add(eighth, ops.upsample(sixteenth, 2)), ops.upsample(thirtySecond, 4));
        T descriptors = head(ops, pyramid, FUSION_NAME, FUSION);
        T reliability = ops.sigmoid(head(ops, descriptors, RELIABILITY_NAME, RELIABILITY));
        return new Outputs<>(logits(ops, x), descriptors, reliability);
    }

    @Override
    public <T> T detect(Ops<T> ops, T images) {
        return logits(ops, ops.instanceNorm(images, NORM_EPSILON));
    }

    private static <T> T logits(Ops<T> ops, T normalised) {
        return head(ops, ops.pixelUnshuffle(normalised, CELL), KEYPOINTS_NAME, KEYPOINTS);
    }

    private static <T> T head(Ops<T> ops, T x, String name, List<Layer> layers) {
        return ops.conv2d(apply(ops, x, name, layers), last(name, layers), 1);
    }

    private static <T> T apply(Ops<T> ops, T x, String name, List<Layer> layers) {
        T result = x;
        for (int i = 0; i < layers.size(); i++) {
            String prefix = name + "." + i + ".layer.";
            T convolved = ops.conv2d(result, prefix + 0, layers.get(i).stride);
            result = ops.relu(ops.batchNorm(convolved, prefix + 1, NORM_EPSILON));
        }
        return result;
    }
}
