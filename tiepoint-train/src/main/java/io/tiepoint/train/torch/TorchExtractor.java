package io.tiepoint.train.torch;

import io.tiepoint.core.check.Check;
import io.tiepoint.core.features.DescriptorMap;
import io.tiepoint.core.features.KeypointSelection;
import io.tiepoint.core.features.Keypoints;
import io.tiepoint.core.features.LocalFeatures;
import io.tiepoint.core.image.GrayImage;
import io.tiepoint.train.network.ExtractorNetwork;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;

/** An extractor network at work inside training: images of one size in, local features out, without gradients. */
public final class TorchExtractor {
    private final ExtractorNetwork network;
    private final TorchOps ops;

    /** Works with weights that someone else closes. */
    public TorchExtractor(ExtractorNetwork network, Weights weights, Precision precision) {
        this.network = network;
        this.ops = new TorchOps(weights, precision);
    }

    /** Puts images of one size into a tensor [B 1 H W]. */
    public static Tensor batch(List<GrayImage> images) {
        int width = images.get(0).width();
        int height = images.get(0).height();
        float[] pixels = new float[images.size() * width * height];
        for (int i = 0; i < images.size(); i++) {
            GrayImage image = images.get(i);
            Check.that(
                    image.width() == width && image.height() == height,
                    "image %s: expected %sx%s px like the first one, found %s",
                    i,
                    width,
                    height,
                    image.size());
            System.arraycopy(image.pixels(), 0, pixels, i * width * height, width * height);
        }
        return Tensors.of(pixels, images.size(), 1, height, width);
    }

    /** Extracts from images of one size, a multiple of 8 px. */
    public List<LocalFeatures> extract(List<GrayImage> images, KeypointSelection selection) {
        float[] heatmaps;
        float[] descriptors;
        int width = images.get(0).width();
        int height = images.get(0).height();
        try (PointerScope scope = new PointerScope();
                NoGradGuard guard = new NoGradGuard()) {
            ExtractorNetwork.Outputs<Tensor> outputs = network.forward(ops, batch(images));
            heatmaps = Tensors.toArray(ExtractorNetwork.heatmap(ops, outputs.logits()));
            descriptors = Tensors.toArray(ops.l2Normalize(outputs.descriptors(), 1));
        }
        int dimension = network.descriptorSize();
        int rows = height / ExtractorNetwork.CELL;
        int columns = width / ExtractorNetwork.CELL;
        int cells = dimension * rows * columns;
        return IntStream.range(0, images.size())
                .parallel()
                .mapToObj(i -> {
                    float[] heatmap =
                            java.util.Arrays.copyOfRange(heatmaps, i * width * height, (i + 1) * width * height);
                    Keypoints keypoints = selection.select(heatmap, width, width, height);
                    float[] map = java.util.Arrays.copyOfRange(descriptors, i * cells, (i + 1) * cells);
                    return new LocalFeatures(
                            keypoints,
                            new DescriptorMap(map, dimension, rows, columns, ExtractorNetwork.CELL).sample(keypoints),
                            images.get(i).size());
                })
                .toList();
    }
}
