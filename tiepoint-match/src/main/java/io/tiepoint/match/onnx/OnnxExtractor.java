package io.tiepoint.match.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.tiepoint.core.features.CornerRefinement;
import io.tiepoint.core.features.DescriptorMap;
import io.tiepoint.core.features.Descriptors;
import io.tiepoint.core.features.DetectionProfile;
import io.tiepoint.core.features.FeatureExtractor;
import io.tiepoint.core.features.KeypointSelection;
import io.tiepoint.core.features.Keypoints;
import io.tiepoint.core.features.LocalFeatures;
import io.tiepoint.core.features.ReliabilityMap;
import io.tiepoint.core.image.GrayImage;
import io.tiepoint.core.model.ModelCard;
import io.tiepoint.core.model.ModelCard.TensorSpec;
import io.tiepoint.core.model.ModelFormatException;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A learned detector and descriptor from an {@code .onnx} file.
 *
 * <p>The network takes {@code image} [B 1 H W], float32 in [0, 1], H and W multiples of the stride, and gives {@code heatmap}
 * [B H W], the probability of a keypoint in each pixel, and {@code descriptors} [B D H/S W/S], each of norm 1. Images of other
 * sizes are continued to the right and below by their last pixels; no keypoint lies there. With the published profiles of
 * SuperPoint ({@link DetectionProfile}) the network takes images of any size as they are, and gives whole cells. With XFeat's it
 * takes the resized image, and also gives {@code reliability} [B H/S W/S], which counts in the scores.
 */
public final class OnnxExtractor implements FeatureExtractor {
    private static final int PROBE_CELLS = 4;

    private static final String RELIABILITY = "reliability";

    private final ModelSession session;
    private final KeypointSelection selection;
    private final DetectionProfile profile;
    private final DirectBuffers buffers = new DirectBuffers();

    private OnnxExtractor(ModelSession session, KeypointSelection selection, DetectionProfile profile) {
        this.session = session;
        this.selection = selection;
        this.profile = profile;
    }

    /**
     * Opens a model file with its card beside it.
     *
     * @throws ModelFormatException if the file, the card and the contract do not agree, or the file is damaged
     */
    public static OnnxExtractor open(Path onnx, ExtractorOptions options) throws IOException {
        return open(ModelFile.read(onnx), options);
    }

    static OnnxExtractor open(ModelFile file, ExtractorOptions options) throws ModelFormatException {
        ModelCard card = file.card();
        ModelCard.Detection detection = detection(file);
        KeypointSelection selection = selection(file, detection, options);
        ModelSession session = ModelSession.open(
                file,
                options.threads(),
                ModelCard.Kind.EXTRACTOR,
                List.of(new TensorSpec("image", List.of(-1, 1, -1, -1))),
                outputs(card, detection.profile()));
        OnnxExtractor extractor = new OnnxExtractor(session, selection, detection.profile());
        try {
            extractor.probe();
            return extractor;
        } catch (IllegalStateException e) {
            extractor.close();
            throw new ModelFormatException(String.valueOf(e.getMessage()), e);
        }
    }

    private static List<TensorSpec> outputs(ModelCard card, DetectionProfile profile) {
        TensorSpec heatmap = new TensorSpec("heatmap", List.of(-1, -1, -1));
        TensorSpec descriptors = new TensorSpec("descriptors", List.of(-1, card.descriptorSize(), -1, -1));
        return profile.weighsByReliability()
                ? List.of(heatmap, descriptors, new TensorSpec(RELIABILITY, List.of(-1, -1, -1)))
                : List.of(heatmap, descriptors);
    }

    private static ModelCard.Detection detection(ModelFile file) throws ModelFormatException {
        ModelCard.Detection detection = file.card().detection();
        if (detection == null) {
            throw new ModelFormatException(
                    file.source() + ": detection: expected how the heatmap becomes keypoints, found null");
        }
        return detection;
    }

    private static KeypointSelection selection(ModelFile file, ModelCard.Detection detection, ExtractorOptions options)
            throws ModelFormatException {
        try {
            return new KeypointSelection(
                    options.maxKeypoints(), detection.threshold(), detection.nmsRadiusPx(), detection.borderPx());
        } catch (IllegalArgumentException e) {
            throw new ModelFormatException(file.source() + ": detection: " + e.getMessage(), e);
        }
    }

    /** Runs the network once on a small image: shapes that it leaves open are known only then. */
    private void probe() {
        int stride = session.card().stride();
        int width = Math.max(PROBE_CELLS * stride, profile.smallestImagePx(stride));
        int height = Math.max(PROBE_CELLS * stride - 1, profile.smallestImagePx(stride));
        LocalFeatures ignored = run(GrayImage.wrap(width, height, new float[width * height]), selection);
    }

    /** What the model says about itself. */
    public ModelCard card() {
        return session.card();
    }

    @Override
    public String name() {
        return session.card().name();
    }

    @Override
    public LocalFeatures extract(GrayImage image) {
        return extract(image, selection);
    }

    /** Extracts, but turns the heatmap into keypoints as this selection says and not as the card does. */
    public LocalFeatures extract(GrayImage image, KeypointSelection other) {
        int smallest = Math.max(
                2 * other.borderPx() + 1, profile.smallestImagePx(session.card().stride()));
        if (image.width() < smallest || image.height() < smallest) {
            return new LocalFeatures(
                    Keypoints.NONE, Descriptors.wrap(0, session.card().descriptorSize(), new float[0]), image.size());
        }
        return run(image, other);
    }

    private LocalFeatures run(GrayImage image, KeypointSelection keypointSelection) {
        GrayImage seen = profile.seen(image);
        LocalFeatures found = runOnSeen(seen, keypointSelection);
        Keypoints keypoints = profile.inImage(found.keypoints(), seen.size(), image.size());
        return new LocalFeatures(keypoints, found.descriptors(), image.size());
    }

    private LocalFeatures runOnSeen(GrayImage image, KeypointSelection keypointSelection) {
        int stride = session.card().stride();
        int dimension = session.card().descriptorSize();
        boolean asItIs = profile.takesImageAsItIs();
        int rows = (image.height() + (asItIs ? 0 : stride - 1)) / stride;
        int columns = (image.width() + (asItIs ? 0 : stride - 1)) / stride;
        int height = asItIs ? image.height() : rows * stride;
        int width = asItIs ? image.width() : columns * stride;
        FloatBuffer input = buffers.take(Math.multiplyExact(width, height));
        fill(input, image, width, height);
        try (OnnxTensor tensor = session.tensor(input, 1, 1, height, width);
                OrtSession.Result result = session.run(Map.of("image", tensor))) {
            float[] heatmap = session.output(result, "heatmap", 1, (long) rows * stride, (long) columns * stride);
            float[] descriptors = session.output(result, "descriptors", 1, dimension, rows, columns);
            Keypoints keypoints;
            if (profile.weighsByReliability()) {
                float[] values = session.output(result, RELIABILITY, 1, rows, columns);
                keypoints =
                        profile.select(heatmap, new ReliabilityMap(values, rows, columns, stride), keypointSelection);
            } else {
                keypoints = keypoints(image, heatmap, columns * stride, keypointSelection);
            }
            return new LocalFeatures(
                    keypoints,
                    new DescriptorMap(descriptors, dimension, rows, columns, stride)
                            .sample(keypoints, profile.sampling(), image.size()),
                    image.size());
        } catch (OrtException e) {
            throw session.failure("extract from an image of " + image.size() + " px", e);
        } finally {
            buffers.giveBack(input);
        }
    }

    private Keypoints keypoints(GrayImage image, float[] heatmap, int width, KeypointSelection keypointSelection) {
        Keypoints found = profile.select(heatmap, width, image.size(), keypointSelection);
        return profile == DetectionProfile.TIEPOINT ? CornerRefinement.refine(image, found) : found.bestFirst();
    }

    private static void fill(FloatBuffer input, GrayImage image, int width, int height) {
        float[] pixels = image.pixels();
        float[] row = new float[width];
        for (int y = 0; y < height; y++) {
            int from = Math.min(y, image.height() - 1) * image.width();
            System.arraycopy(pixels, from, row, 0, image.width());
            java.util.Arrays.fill(row, image.width(), width, pixels[from + image.width() - 1]);
            input.put(row);
        }
        input.rewind();
    }

    @Override
    public void close() {
        session.close();
    }
}
