package io.tiepoint.train.network;

import io.tiepoint.core.check.Check;
import java.util.ArrayList;
import java.util.List;

/**
 * The network of {@code tiepoint-s}: the image's 4x4 blocks become channels, a few 3x3 convolutions at 1/4 and then 1/8 of the
 * resolution, and SuperPoint's two heads. The detector's head also sees the 1/4 resolution, since it has to tell 64 pixels of a
 * cell apart. About 0.7 GFLOP for 240x320 px, an 18th of SuperPoint's.
 */
public final class CompactExtractor implements ExtractorNetwork {
    private static final int UNSHUFFLE = 4;

    private final int[] quarterWidths;
    private final int[] eighthWidths;
    private final int headWidth;
    private final int descriptorSize;

    /**
     * Makes the architecture, without weights.
     *
     * @param quarterWidths channels of the convolutions at 1/4 of the resolution
     * @param eighthWidths channels of those at 1/8; the first one halves the resolution
     * @param headWidth channels inside each head
     * @param descriptorSize D
     */
    public CompactExtractor(
            List<Integer> quarterWidths, List<Integer> eighthWidths, int headWidth, int descriptorSize) {
        Check.that(!quarterWidths.isEmpty(), "quarterWidths: expected at least one, found none");
        Check.that(!eighthWidths.isEmpty(), "eighthWidths: expected at least one, found none");
        this.quarterWidths = quarterWidths.stream().mapToInt(Integer::intValue).toArray();
        this.eighthWidths = eighthWidths.stream().mapToInt(Integer::intValue).toArray();
        this.headWidth = headWidth;
        this.descriptorSize = descriptorSize;
    }

    @Override
    public int descriptorSize() {
        return descriptorSize;
    }

    @Override
    public List<ParameterSpec> parameters() {
        List<ParameterSpec> specs = new ArrayList<>();
        long channels = UNSHUFFLE * UNSHUFFLE;
        for (int i = 0; i < quarterWidths.length; i++) {
            specs.addAll(ParameterSpec.conv("quarter." + i, channels, quarterWidths[i], 3));
            channels = quarterWidths[i];
        }
        for (int i = 0; i < eighthWidths.length; i++) {
            specs.addAll(ParameterSpec.conv("eighth." + i, channels, eighthWidths[i], 3));
            channels = eighthWidths[i];
        }
        specs.addAll(ParameterSpec.conv("detector.fine", quarterWidths[quarterWidths.length - 1], headWidth, 3));
        specs.addAll(ParameterSpec.conv("detector.0", channels + headWidth, headWidth, 3));
        specs.addAll(ParameterSpec.conv("detector.1", headWidth, DUSTBIN + 1, 1));
        specs.addAll(ParameterSpec.conv("descriptor.0", channels, headWidth, 3));
        specs.addAll(ParameterSpec.conv("descriptor.1", headWidth, descriptorSize, 1));
        return specs;
    }

    @Override
    public <T> Outputs<T> forward(Ops<T> ops, T images) {
        T quarter = quarter(ops, images);
        T eighth = eighth(ops, quarter);
        return new Outputs<>(detector(ops, quarter, eighth), head(ops, eighth, "descriptor"));
    }

    @Override
    public <T> T detect(Ops<T> ops, T images) {
        T quarter = quarter(ops, images);
        return detector(ops, quarter, eighth(ops, quarter));
    }

    private <T> T quarter(Ops<T> ops, T images) {
        T x = ops.pixelUnshuffle(images, UNSHUFFLE);
        for (int i = 0; i < quarterWidths.length; i++) {
            x = ops.relu(ops.conv2d(x, "quarter." + i, 1));
        }
        return x;
    }

    private <T> T eighth(Ops<T> ops, T quarter) {
        T x = quarter;
        for (int i = 0; i < eighthWidths.length; i++) {
            x = ops.relu(ops.conv2d(x, "eighth." + i, i == 0 ? 2 : 1));
        }
        return x;
    }

    private static <T> T detector(Ops<T> ops, T quarter, T eighth) {
        T fine = ops.relu(ops.conv2d(quarter, "detector.fine", 2));
        return head(ops, ops.concat(List.of(eighth, fine), 1), "detector");
    }

    private static <T> T head(Ops<T> ops, T shared, String name) {
        return ops.conv2d(ops.relu(ops.conv2d(shared, name + ".0", 1)), name + ".1", 1);
    }
}
