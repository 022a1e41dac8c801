package io.tiepoint.train.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtException;
import io.tiepoint.core.model.ModelCard;
import io.tiepoint.testkit.Tolerance;
import io.tiepoint.train.network.CompactExtractor;
import io.tiepoint.train.network.ExtractorNetwork;
import io.tiepoint.train.network.SuperPointNetwork;
import io.tiepoint.train.torch.Precision;
import io.tiepoint.train.torch.Tensors;
import io.tiepoint.train.torch.TestWeights;
import io.tiepoint.train.torch.Torch;
import io.tiepoint.train.torch.TorchOps;
import io.tiepoint.train.torch.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Extractors in libtorch against their exported files in ONNX Runtime. */
class ExtractorParityTest {
    private static final ModelCard.Detection DETECTION = new ModelCard.Detection(0.01f, 4, 4);

    @TempDir
    private Path folder;

    @BeforeAll
    static void load() {
        Torch.load(1);
    }

    static OnnxExport.Provenance provenance(String name) {
        return new OnnxExport.Provenance(
                name,
                "procedural images",
                "Apache-2.0",
                ModelCard.emptyObject().put("steps", 3),
                ModelCard.emptyObject().put("score", 0.5));
    }

    private static CompactExtractor compact() {
        return new CompactExtractor(List.of(8, 8), List.of(16, 12), 16, 24);
    }

    private static void assertSame(ExtractorNetwork network, Weights weights, OrtModel model, OrtModel.Array image)
            throws OrtException {
        float[] heatmap;
        float[] descriptors;
        try (PointerScope scope = new PointerScope();
                NoGradGuard guard = new NoGradGuard()) {
            TorchOps ops = new TorchOps(weights, Precision.FLOAT32);
            ExtractorNetwork.Outputs<Tensor> outputs = network.forward(ops, Tensors.of(image.values(), image.shape()));
            heatmap = Tensors.toArray(ExtractorNetwork.heatmap(ops, outputs.logits()));
            descriptors = Tensors.toArray(ops.l2Normalize(outputs.descriptors(), 1));
            assertThat(Tensors.toArray(ExtractorNetwork.heatmap(
                            ops, network.detect(ops, Tensors.of(image.values(), image.shape())))))
                    .isEqualTo(heatmap);
        }
        Map<String, OrtModel.Array> found = model.run(Map.of("image", image));
        OrtModel.Array foundHeatmap = Objects.requireNonNull(found.get("heatmap"));
        OrtModel.Array foundDescriptors = Objects.requireNonNull(found.get("descriptors"));
        long[] shape = image.shape();
        assertThat(foundHeatmap.shape()).containsExactly(shape[0], shape[2], shape[3]);
        assertThat(foundDescriptors.shape())
                .containsExactly(shape[0], network.descriptorSize(), shape[2] / 8, shape[3] / 8);
        assertThat(Tolerance.largestDifference(foundHeatmap.values(), heatmap)).isLessThanOrEqualTo(1e-5);
        assertThat(Tolerance.largestDifference(foundDescriptors.values(), descriptors))
                .isLessThanOrEqualTo(1e-5);
    }

    private static OrtModel.Array image(int batch, int height, int width) {
        return new OrtModel.Array(TestWeights.uniform(batch * height * width, height + width), batch, 1, height, width);
    }

    @Test
    void compactExtractorGivesTheSameInBothForEverySizeAndBatch() throws IOException, OrtException {
        CompactExtractor network = compact();
        try (Weights weights = TestWeights.random(network, 1);
                OrtModel model = new OrtModel(
                        OnnxExport.extractor(network, weights, DETECTION, provenance("compact"), folder))) {
            assertSame(network, weights, model, image(1, 32, 48));
            assertSame(network, weights, model, image(1, 48, 32));
            assertSame(network, weights, model, image(3, 16, 24));
            assertSame(network, weights, model, image(1, 8, 8));
            assertSame(network, weights, model, image(1, 120, 160));
        }
    }

    @Test
    void superPointGivesTheSameInBoth() throws IOException, OrtException {
        SuperPointNetwork network = new SuperPointNetwork();
        try (Weights weights = TestWeights.random(network, 2);
                OrtModel model = new OrtModel(
                        OnnxExport.extractor(network, weights, DETECTION, provenance("superpoint"), folder))) {
            assertSame(network, weights, model, image(1, 32, 48));
            assertSame(network, weights, model, image(2, 24, 8));
        }
    }

    /** Without biases a black image gives the descriptor 0, which no normalisation may turn into NaN. */
    @Test
    void blackImageGivesTheSameInBoth() throws IOException, OrtException {
        CompactExtractor network = compact();
        try (Weights weights = Weights.initial(network, new io.tiepoint.core.random.Seed(3));
                OrtModel model =
                        new OrtModel(OnnxExport.extractor(network, weights, DETECTION, provenance("black"), folder))) {
            assertSame(network, weights, model, new OrtModel.Array(new float[16 * 24], 1, 1, 16, 24));
        }
    }

    @Test
    void cardSaysWhatTheGraphIs() throws Exception {
        CompactExtractor network = compact();
        try (Weights weights = TestWeights.random(network, 4)) {
            OnnxExport.Provenance provenance = provenance("card");
            Path file = OnnxExport.extractor(network, weights, DETECTION, provenance, folder);
            ModelCard card = ModelCard.read(ModelCard.besides(file));

            assertThat(file).isEqualTo(folder.resolve("card.onnx"));
            assertThat(card.name()).isEqualTo("card");
            assertThat(card.kind()).isEqualTo(ModelCard.Kind.EXTRACTOR);
            assertThat(card.descriptorSize()).isEqualTo(24);
            assertThat(card.stride()).isEqualTo(8);
            assertThat(card.detection()).isEqualTo(DETECTION);
            assertThat(card.training()).isEqualTo(provenance.training());
            assertThat(card.evaluation()).isEqualTo(provenance.evaluation());
            assertThat(card.sha256()).isEqualTo(sha256(file));
            assertAgrees(card, file);
            try (var files = Files.list(folder)) {
                assertThat(files).containsExactlyInAnyOrder(file, ModelCard.besides(file));
            }
        }
    }

    static String sha256(Path file) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    }

    static void assertAgrees(ModelCard card, Path file) throws OrtException {
        try (OrtModel model = new OrtModel(file)) {
            assertThat(model.inputs()).hasSameSizeAs(card.inputs());
            for (ModelCard.TensorSpec spec : card.inputs()) {
                assertThat(model.inputs())
                        .containsEntry(
                                spec.name(),
                                spec.shape().stream().map(Long::valueOf).toList());
            }
            assertThat(model.outputs()).hasSameSizeAs(card.outputs());
            for (ModelCard.TensorSpec spec : card.outputs()) {
                assertThat(model.outputs())
                        .containsEntry(
                                spec.name(),
                                spec.shape().stream().map(Long::valueOf).toList());
            }
        }
    }
}
