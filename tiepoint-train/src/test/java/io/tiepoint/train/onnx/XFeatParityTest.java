package io.tiepoint.train.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnxruntime.OrtException;
import io.tiepoint.core.features.DescriptorMap;
import io.tiepoint.core.features.DetectionProfile;
import io.tiepoint.core.features.Keypoints;
import io.tiepoint.core.features.LocalFeatures;
import io.tiepoint.core.features.ReliabilityMap;
import io.tiepoint.core.image.GrayImage;
import io.tiepoint.core.image.ImageFiles;
import io.tiepoint.core.model.ModelCard;
import io.tiepoint.testkit.SharedFiles;
import io.tiepoint.testkit.parity.FeatureOutcome;
import io.tiepoint.testkit.parity.NpyFile;
import io.tiepoint.testkit.parity.ParityRecord;
import io.tiepoint.train.network.ExtractorNetwork;
import io.tiepoint.train.network.ReferenceWeights;
import io.tiepoint.train.network.XFeatNetwork;
import io.tiepoint.train.torch.Precision;
import io.tiepoint.train.torch.Tensors;
import io.tiepoint.train.torch.TestWeights;
import io.tiepoint.train.torch.Torch;
import io.tiepoint.train.torch.TorchOps;
import io.tiepoint.train.torch.Weights;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * XFeat against outputs of the reference code, in libtorch and as a graph. Tolerances are those of the README beside the outputs;
 * where it names none, four times what it observed.
 */
class XFeatParityTest {
    private static final double NETWORK = 6e-4;
    private static final double RELIABILITY = 4e-5;
    private static final double RESIZED = 3.5e-5;
    private static final DetectionProfile PROFILE = DetectionProfile.XFEAT;

    @TempDir
    private Path folder;

    @BeforeAll
    static void load() {
        Torch.load(1);
    }

    private static GrayImage image(String name) throws IOException {
        return ImageFiles.readGray(SharedFiles.get("parity/images/" + name + ".png"));
    }

    private static NpyFile output(String image, String name) throws IOException {
        return NpyFile.read(SharedFiles.get("parity/xfeat/" + image + "/" + name + ".npy"));
    }

    /** The three outputs of the network by the reference's names. */
    private static void assertOutputs(String image, String where, Map<String, float[]> found) throws IOException {
        assertThat(found).hasSize(3);
        for (Map.Entry<String, float[]> entry : found.entrySet()) {
            String name = entry.getKey();
            ParityRecord.assertWithin(
                    "xfeat/" + image + "/" + name,
                    where,
                    entry.getValue(),
                    output(image, name).values(),
                    name.equals("reliability") ? RELIABILITY : NETWORK);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "b", "c"})
    void resizesAsTheReferenceDoes(String image) throws IOException {
        NpyFile expected = output(image, "resized_input");
        GrayImage seen = PROFILE.seen(image(image));

        assertThat(seen.height()).isEqualTo(expected.size(0));
        assertThat(seen.width()).isEqualTo(expected.size(1));
        ParityRecord.assertWithin(
                "xfeat/" + image + "/resized_input", ParityRecord.JAVA, seen.pixels(), expected.values(), RESIZED);
    }

    @ParameterizedTest
    @CsvSource({"a, 224, 320", "b, 192, 288", "c, 96, 128"})
    void givesTheReferencesOutputsAndFeaturesInLibtorch(String name, int height, int width) throws IOException {
        XFeatNetwork network = new XFeatNetwork();
        GrayImage image = image(name);
        GrayImage seen = PROFILE.seen(image);
        try (Weights weights = ReferenceWeights.of(network, "xfeat");
                PointerScope scope = new PointerScope();
                NoGradGuard guard = new NoGradGuard()) {
            TorchOps ops = new TorchOps(weights, Precision.FLOAT32);
            Tensor input = Tensors.of(seen.pixels(), 1, 1, height, width);
            ExtractorNetwork.Outputs<Tensor> outputs = network.forward(ops, input);
            float[] reliability = Tensors.toArray(Objects.requireNonNull(outputs.reliability()));

            assertThat(outputs.logits().shape()).containsExactly(1, 65, height / 8, width / 8);
            assertThat(outputs.descriptors().shape()).containsExactly(1, 64, height / 8, width / 8);
            assertThat(Tensors.toArray(network.detect(ops, input))).isEqualTo(Tensors.toArray(outputs.logits()));
            assertOutputs(
                    name,
                    ParityRecord.LIBTORCH,
                    Map.of(
                            "feats", Tensors.toArray(outputs.descriptors()),
                            "keypoint_logits", Tensors.toArray(outputs.logits()),
                            "reliability", reliability));

            ReliabilityMap map = new ReliabilityMap(reliability, height / 8, width / 8, 8);
            float[] heatmap = Tensors.toArray(ExtractorNetwork.heatmap(ops, outputs.logits(), PROFILE));
            DescriptorMap descriptors = new DescriptorMap(
                    Tensors.toArray(ops.l2Normalize(outputs.descriptors(), 1)), 64, height / 8, width / 8, 8);
            for (int most : new int[] {4096, 100}) {
                Keypoints found =
                        PROFILE.select(heatmap, map, PROFILE.published().withMaxKeypoints(most));
                FeatureOutcome.assertSameFeatures(
                        "xfeat/" + name + (most == 100 ? "/top100" : "/default"),
                        ParityRecord.LIBTORCH,
                        new LocalFeatures(
                                PROFILE.inImage(found, seen.size(), image.size()),
                                descriptors.sample(found, PROFILE.sampling(), seen.size()),
                                image.size()));
            }
        }
    }

    /** The graph's values before the heatmap and before the normalisation of the descriptors. */
    @ParameterizedTest
    @ValueSource(strings = {"a", "b", "c"})
    void givesTheReferencesOutputsInOnnxRuntime(String name) throws IOException, OrtException {
        XFeatNetwork network = new XFeatNetwork();
        GraphProto.Builder graph = GraphProto.newBuilder().setName("xfeat");
        Map<String, String> names = new LinkedHashMap<>();
        List<ModelCard.TensorSpec> in = List.of(new ModelCard.TensorSpec("image", List.of(-1, 1, -1, -1)));
        List<ModelCard.TensorSpec> out = List.of(
                new ModelCard.TensorSpec("feats", List.of(-1, 64, -1, -1)),
                new ModelCard.TensorSpec("keypoint_logits", List.of(-1, 65, -1, -1)),
                new ModelCard.TensorSpec("reliability", List.of(-1, 1, -1, -1)));
        try (Weights weights = ReferenceWeights.of(network, "xfeat")) {
            OnnxOps ops = new OnnxOps(graph, OnnxExport.parameters(weights));
            ExtractorNetwork.Outputs<String> outputs = network.forward(ops, "image");
            names.put("feats", outputs.descriptors());
            names.put("keypoint_logits", outputs.logits());
            names.put("reliability", Objects.requireNonNull(outputs.reliability()));
            names.forEach((output, value) -> ops.nameOutput(value, output));
        }
        GrayImage seen = PROFILE.seen(image(name));
        try (OrtModel model = new OrtModel(OnnxExport.write(graph, in, out, "xfeat", folder))) {
            Map<String, float[]> found = new LinkedHashMap<>();
            model.run(Map.of("image", new OrtModel.Array(seen.pixels(), 1, 1, seen.height(), seen.width())))
                    .forEach((output, array) -> found.put(output, array.values()));
            assertOutputs(name, ParityRecord.ONNX_RUNTIME, found);
        }
    }

    /** Mean and standard deviation are those of one image. */
    @Test
    void takesEveryImageOfABatchForItself() throws IOException, OrtException {
        XFeatNetwork network = new XFeatNetwork();
        try (Weights weights = TestWeights.random(network, 5);
                OrtModel model = new OrtModel(OnnxExport.extractor(
                        network,
                        weights,
                        ModelCard.Detection.of(PROFILE),
                        ExtractorParityTest.provenance("xfeat"),
                        folder))) {
            float[] dark = TestWeights.uniform(32 * 64, 1);
            float[] both = new float[2 * dark.length];
            for (int i = 0; i < dark.length; i++) {
                both[i] = dark[i];
                both[dark.length + i] = 0.3f + 0.5f * dark[dark.length - 1 - i];
            }
            Map<String, OrtModel.Array> alone = model.run(Map.of("image", new OrtModel.Array(dark, 1, 1, 32, 64)));
            Map<String, OrtModel.Array> together = model.run(Map.of("image", new OrtModel.Array(both, 2, 1, 32, 64)));
            for (String output : List.of("heatmap", "descriptors", "reliability")) {
                float[] expected = Objects.requireNonNull(alone.get(output)).values();
                float[] found = Objects.requireNonNull(together.get(output)).values();
                assertThat(found).hasSize(2 * expected.length);
                assertThat(Arrays.copyOf(found, expected.length)).containsExactly(expected, within(1e-6f));
            }
        }
    }
}
