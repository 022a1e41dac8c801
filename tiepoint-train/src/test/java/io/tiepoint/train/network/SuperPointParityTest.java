package io.tiepoint.train.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.tiepoint.testkit.SharedFiles;
import io.tiepoint.testkit.Tolerance;
import io.tiepoint.testkit.parity.NpyFile;
import io.tiepoint.train.torch.Precision;
import io.tiepoint.train.torch.Tensors;
import io.tiepoint.train.torch.Torch;
import io.tiepoint.train.torch.TorchOps;
import io.tiepoint.train.torch.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** SuperPoint against outputs of Magic Leap's reference code. Tolerances are those of the README beside the outputs. */
class SuperPointParityTest {
    @BeforeAll
    static void load() {
        Torch.load(1);
    }

    /** Image c has 117x155 px: what is left over beyond the last whole cell falls away. */
    @ParameterizedTest
    @ValueSource(strings = {"tiny", "a", "b", "c"})
    void givesTheReferencesOutputs(String image) throws IOException {
        NpyFile input = NpyFile.read(SharedFiles.get("parity/images/" + image + ".npy"));
        NpyFile semi = NpyFile.read(output(image, "semi"));
        NpyFile desc = NpyFile.read(output(image, "desc"));
        SuperPointNetwork network = new SuperPointNetwork();
        try (Weights weights = ReferenceWeights.of(network, "superpoint");
                PointerScope scope = new PointerScope();
                NoGradGuard guard = new NoGradGuard()) {
            TorchOps ops = new TorchOps(weights, Precision.FLOAT32);
            ExtractorNetwork.Outputs<Tensor> outputs =
                    network.forward(ops, Tensors.of(input.values(), 1, 1, input.size(0), input.size(1)));

            assertThat(outputs.logits().shape()).containsExactly(1, 65, semi.size(1), semi.size(2));
            assertThat(Tolerance.largestDifference(Tensors.toArray(outputs.logits()), semi.values()))
                    .isLessThanOrEqualTo(2.5e-4);
            float[] descriptors = Tensors.toArray(ops.l2Normalize(outputs.descriptors(), 1));
            assertThat(Tolerance.largestDifference(descriptors, desc.values())).isLessThanOrEqualTo(6e-6);
            if (!image.equals("tiny")) {
                NpyFile heat = NpyFile.read(output(image, "heat"));
                Tensor heatmap = ExtractorNetwork.heatmap(ops, outputs.logits());
                assertThat(Tolerance.largestDifference(Tensors.toArray(heatmap), heat.values()))
                        .isLessThanOrEqualTo(5e-5);
            }
        }
    }

    private static Path output(String image, String name) {
        String file = "superpoint/" + image + "/" + name + ".npy";
        Path parity = SharedFiles.get("parity");
        Path large = parity.resolve("big").resolve(file);
        return Files.exists(large) ? large : SharedFiles.get("parity/" + file);
    }
}
