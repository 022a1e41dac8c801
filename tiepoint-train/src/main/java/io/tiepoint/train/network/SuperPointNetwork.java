package io.tiepoint.train.network;

import java.util.ArrayList;
import java.util.List;

/**
 * SuperPoint in full size, 1,300,865 parameters, with the tensor names of the released weights.
 *
 * @see <a href="https://arxiv.org/abs/1712.07629">DeTone et al., SuperPoint, 2018</a>
 */
public final class SuperPointNetwork implements ExtractorNetwork {
    private static final int DESCRIPTOR_SIZE = 256;
    private static final int[][] BLOCKS = {{1, 64, 64}, {64, 64, 64}, {64, 128, 128}, {128, 128, 128}};

    @Override
    public int descriptorSize() {
        return DESCRIPTOR_SIZE;
    }

    @Override
    public List<ParameterSpec> parameters() {
        List<ParameterSpec> specs = new ArrayList<>();
        for (int block = 0; block < BLOCKS.length; block++) {
            int[] widths = BLOCKS[block];
            specs.addAll(ParameterSpec.conv("conv" + (block + 1) + "a", widths[0], widths[1], 3));
            specs.addAll(ParameterSpec.conv("conv" + (block + 1) + "b", widths[1], widths[2], 3));
        }
        specs.addAll(ParameterSpec.conv("convPa", 128, 256, 3));
        specs.addAll(ParameterSpec.conv("convPb", 256, DUSTBIN + 1, 1));
        specs.addAll(ParameterSpec.conv("convDa", 128, 256, 3));
        specs.addAll(ParameterSpec.conv("convDb", 256, DESCRIPTOR_SIZE, 1));
        return specs;
    }

    @Override
    public <T> Outputs<T> forward(Ops<T> ops, T images) {
        T shared = encode(ops, images);
        return new Outputs<>(head(ops, shared, "convP"), head(ops, shared, "convD"));
    }

    @Override
    public <T> T detect(Ops<T> ops, T images) {
        return head(ops, encode(ops, images), "convP");
    }

    private static <T> T encode(Ops<T> ops, T images) {
        T x = images;
        for (int block = 1; block <= BLOCKS.length; block++) {
            x = ops.relu(ops.conv2d(x, "conv" + block + "a", 1));
            x = ops.relu(ops.conv2d(x, "conv" + block + "b", 1));
            if (block < BLOCKS.length) {
                x = ops.maxPool2(x);
            }
        }
        return x;
    }

    private static <T> T head(Ops<T> ops, T shared, String name) {
        return ops.conv2d(ops.relu(ops.conv2d(shared, name + "a", 1)), name + "b", 1);
    }
}
