package io.tiepoint.train.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.tiepoint.testkit.SharedFiles;
import io.tiepoint.testkit.Tolerance;
import io.tiepoint.testkit.parity.NpyFile;
import io.tiepoint.testkit.parity.ParityRecord;
import io.tiepoint.train.torch.Precision;
import io.tiepoint.train.torch.Tensors;
import io.tiepoint.train.torch.Torch;
import io.tiepoint.train.torch.TorchOps;
import io.tiepoint.train.torch.Weights;
import java.io.IOException;
import java.util.Map;
import java.util.function.BiFunction;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Single operations of the networks against outputs of the reference code. */
class OperationsParityTest {
    private static final double TIGHT = 2e-6;

    @BeforeAll
    static void load() {
        Torch.load(1);
    }

    private static NpyFile file(String name) throws IOException {
        return NpyFile.read(SharedFiles.get("parity/ops/" + name + ".npy"));
    }

    /** The norm's weights stand for those of any network; the other operations have none. */
    private static float[] computed(BiFunction<TorchOps, NpyFile, Tensor> operation, NpyFile input) throws IOException {
        Network norm = () -> ParameterSpec.norm("norm", 16);
        Map<String, float[]> values = Map.of(
                "norm.weight", file("layernorm/in_weight").values(),
                "norm.bias", file("layernorm/in_bias").values());
        try (Weights weights = Weights.of(norm, values, "the case");
                PointerScope scope = new PointerScope();
                NoGradGuard guard = new NoGradGuard()) {
            return Tensors.toArray(operation.apply(new TorchOps(weights, Precision.FLOAT32), input));
        }
    }

    private static void assertClose(float[] found, String name) throws IOException {
        ParityRecord.assertWithin(
                "ops/" + name, ParityRecord.LIBTORCH, found, file(name).values(), TIGHT);
    }

    private static Tensor tensor(NpyFile file) {
        return Tensors.of(file.values(), file.shape());
    }

    @Test
    void activationsAreTheReferences() throws IOException {
        NpyFile x = file("activations/in_x");

        assertClose(computed((ops, in) -> ops.gelu(tensor(in)), x), "activations/out_gelu_exact");
        assertClose(computed((ops, in) -> ops.sigmoid(tensor(in)), x), "activations/out_sigmoid");
        assertClose(computed((ops, in) -> ops.logSigmoid(tensor(in)), x), "activations/out_logsigmoid");
    }

    @Test
    void layerNormIsTheReferences() throws IOException {
        assertClose(
                computed((ops, in) -> ops.layerNorm(tensor(in), "norm", 1e-5), file("layernorm/in_x")),
                "layernorm/out_eps1e-5");
    }

    @Test
    void theDoubleSoftmaxIsTheReferences() throws IOException {
        NpyFile z0 = file("double-softmax/in_z0");
        NpyFile z1 = file("double-softmax/in_z1");
        float[] found = computed(
                (ops, in) -> LightGlueNetwork.logAssignment(
                        ops,
                        Tensors.of(in.values(), 1, in.size(0), in.size(1)),
                        Tensors.of(z0.values(), 1, z0.size(0), 1),
                        Tensors.of(z1.values(), 1, z1.size(0), 1)),
                file("double-softmax/in_sim"));

        assertClose(found, "double-softmax/out");
    }

    /**
     * The reference keeps the two channels of a pair beside each other, and this case gives either of them an angle of its own;
     * ours has one angle for both. So each is compared after a turn by its own.
     */
    @Test
    void theRotationIsTheReferences() throws IOException {
        NpyFile x = file("rotary/in_t");
        float[] expected = file("rotary/out").values();
        int width = x.size(2);
        for (int second = 0; second < 2; second++) {
            float[] halves = turned(x, second);
            for (int i = 0; i < halves.length / 2; i++) {
                int row = i / (width / 2);
                int pair = i % (width / 2);
                assertThat(halves[row * width + second * (width / 2) + pair])
                        .isCloseTo(expected[row * width + 2 * pair + second], Tolerance.within(TIGHT));
            }
        }
    }

    private static float[] turned(NpyFile x, int offset) throws IOException {
        float[] both = file("rotary/in_freqs_cos_sin").values();
        float[] cos = new float[both.length / 4];
        float[] sin = new float[both.length / 4];
        for (int i = 0; i < cos.length; i++) {
            cos[i] = both[2 * i + offset];
            sin[i] = both[both.length / 2 + 2 * i + offset];
        }
        int heads = x.size(0);
        int count = x.size(1);
        int width = x.size(2);
        return computed(
                (ops, in) -> Attention.rotate(
                        ops,
                        Tensors.of(in.values(), 1, heads, count, width),
                        new Rotation<>(
                                Tensors.of(cos, 1, 1, count, width / 2), Tensors.of(sin, 1, 1, count, width / 2)),
                        width),
                x);
    }
}
