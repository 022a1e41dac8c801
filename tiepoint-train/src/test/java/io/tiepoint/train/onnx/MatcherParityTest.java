package io.tiepoint.train.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtException;
import io.tiepoint.core.model.ModelCard;
import io.tiepoint.testkit.Tolerance;
import io.tiepoint.train.network.LightGlueNetwork;
import io.tiepoint.train.torch.Precision;
import io.tiepoint.train.torch.Tensors;
import io.tiepoint.train.torch.TestWeights;
import io.tiepoint.train.torch.Torch;
import io.tiepoint.train.torch.TorchOps;
import io.tiepoint.train.torch.Weights;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** LightGlue in libtorch against its exported file in ONNX Runtime. */
class MatcherParityTest {
    @TempDir
    private Path folder;

    @BeforeAll
    static void load() {
        Torch.load(1);
    }

    private static Map<String, OrtModel.Array> inputs(int m, int n, int d) {
        return Map.of(
                "keypoints0", new OrtModel.Array(TestWeights.gaussian(2 * m, m), 1, m, 2),
                "keypoints1", new OrtModel.Array(TestWeights.gaussian(2 * n, n + 100), 1, n, 2),
                "descriptors0", new OrtModel.Array(TestWeights.unitRows(m, d, m + 200), 1, m, d),
                "descriptors1", new OrtModel.Array(TestWeights.unitRows(n, d, n + 300), 1, n, d),
                "adaptivity", new OrtModel.Array(new float[] {2, -1}, 2));
    }

    private static float[] torchAssignment(LightGlueNetwork network, Weights weights, Map<String, OrtModel.Array> in) {
        try (PointerScope scope = new PointerScope();
                NoGradGuard guard = new NoGradGuard()) {
            TorchOps ops = new TorchOps(weights, Precision.FLOAT32);
            List<LightGlueNetwork.States<Tensor>> states = network.forward(
                    ops,
                    tensor(in, "keypoints0"),
                    tensor(in, "descriptors0"),
                    tensor(in, "keypoints1"),
                    tensor(in, "descriptors1"));
            int last = network.layers() - 1;
            return Tensors.toArray(network.logAssignment(ops, last, states.get(last)));
        }
    }

    private static Tensor tensor(Map<String, OrtModel.Array> in, String name) {
        OrtModel.Array array = java.util.Objects.requireNonNull(in.get(name));
        return Tensors.of(array.values(), array.shape());
    }

    @ParameterizedTest
    @CsvSource({"16, 16, 2, 2", "12, 16, 2, 2", "24, 8, 1, 1", "8, 24, 3, 3"})
    void givesTheSameInBothForAnyNumbersOfKeypoints(int d, int width, int layers, int heads)
            throws IOException, OrtException {
        LightGlueNetwork network = new LightGlueNetwork(d, width, layers, heads);
        int[][] counts = {{7, 11}, {11, 7}, {1, 5}, {5, 1}, {1, 1}, {40, 40}, {1500, 700}};
        try (Weights weights = TestWeights.random(network, 5);
                OrtModel model = new OrtModel(
                        OnnxExport.matcher(network, weights, ExtractorParityTest.provenance("m"), folder))) {
            for (int[] count : counts) {
                Map<String, OrtModel.Array> in = inputs(count[0], count[1], d);
                OrtModel.Array found = model.run(in, "log_assignment");

                assertThat(found.shape()).containsExactly(1, count[0] + 1, count[1] + 1);
                assertThat(Tolerance.largestDifference(found.values(), torchAssignment(network, weights, in)))
                        .isLessThanOrEqualTo(1e-4);
                assertThat(found.values()[found.values().length - 1]).isZero();
            }
        }
    }

    @Test
    void cardSaysWhatTheGraphIs() throws Exception {
        LightGlueNetwork network = new LightGlueNetwork(12, 16, 2, 2);
        try (Weights weights = TestWeights.random(network, 6)) {
            Path file = OnnxExport.matcher(network, weights, ExtractorParityTest.provenance("card"), folder);
            ModelCard card = ModelCard.read(ModelCard.besides(file));

            assertThat(card.kind()).isEqualTo(ModelCard.Kind.MATCHER);
            assertThat(card.descriptorSize()).isEqualTo(12);
            assertThat(card.detection()).isNull();
            assertThat(card.sha256()).isEqualTo(ExtractorParityTest.sha256(file));
            ExtractorParityTest.assertAgrees(card, file);
        }
    }
}
