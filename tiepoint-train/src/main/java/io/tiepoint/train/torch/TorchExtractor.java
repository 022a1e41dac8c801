package io.tiepoint.train.torch;

import io.tiepoint.core.check.Check;
import io.tiepoint.core.features.CornerRefinement;
import io.tiepoint.core.features.DescriptorMap;
import io.tiepoint.core.features.KeypointSelection;
import io.tiepoint.core.features.Keypoints;
import io.tiepoint.core.features.LocalFeatures;
import io.tiepoint.core.image.GrayImage;
import io.tiepoint.core.image.ImageSize;
import io.tiepoint.core.random.Draws;
import io.tiepoint.core.random.Seed;
import io.tiepoint.train.network.ExtractorNetwork;
import java.util.Arrays;
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

    /**
     * Extracts exactly so many keypoints from each image, as training needs them: random positions fill up what the detector
     * does not find (glue-factory, {@code force_num_keypoints}).
     *
     * @param images of one size, a multiple of 8 px
     * @param seeds of the random positions, one for each image
     */
    public List<LocalFeatures> extract(List<GrayImage> images, KeypointSelection selection, List<Seed> seeds) {
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
                    float[] heatmap = Arrays.copyOfRange(heatmaps, i * width * height, (i + 1) * width * height);
                    float[] map = Arrays.copyOfRange(descriptors, i * cells, (i + 1) * cells);
                    Keypoints keypoints = filled(
                            CornerRefinement.refine(images.get(i), selection.select(heatmap, width, width, height)),
                            selection.maxKeypoints(),
                            images.get(i).size(),
                            seeds.get(i).draws());
                    return new LocalFeatures(
                            keypoints,
                            new DescriptorMap(map, dimension, rows, columns, ExtractorNetwork.CELL).sample(keypoints),
                            images.get(i).size());
                })
                .toList();
    }

    private static Keypoints filled(Keypoints keypoints, int count, ImageSize size, Draws draws) {
        float[] positions = Arrays.copyOf(keypoints.positions(), 2 * count);
        for (int i = keypoints.size(); i < count; i++) {
            positions[2 * i] = (float) draws.nextDouble(0, size.width());
            positions[2 * i + 1] = (float) draws.nextDouble(0, size.height());
        }
        return Keypoints.of(positions, Arrays.copyOf(keypoints.scores(), count));
    }
}
