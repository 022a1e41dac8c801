package io.tiepoint.match.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.tiepoint.core.model.ModelFormatException;
import io.tiepoint.core.model.OnnxOutline;
import io.tiepoint.core.random.Draws;
import io.tiepoint.core.random.Seed;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Damaged files whose cards say that they are whole: ONNX Runtime must not be what finds out. */
class DamagedModelTest {
    @TempDir
    private Path folder;

    private static void assertRefused(GraphProto.Builder graph, String... parts) {
        assertThatThrownBy(() -> OnnxOutline.of(TestModels.onnx(graph), "x.onnx"))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageStartingWith("x.onnx: ")
                .hasMessageContainingAll(parts)
                .hasMessageNotContaining("\n");
    }

    private static GraphProto.Builder withInitializer(TensorProto.Builder tensor) {
        return TestModels.extractor().addInitializer(tensor.setName("added"));
    }

    @Test
    void theOutlineNamesConstantsAndOperators() throws IOException {
        OnnxOutline outline = OnnxOutline.of(TestModels.onnx(TestModels.extractor()), "x.onnx");
        assertThat(outline.initializers().keySet()).containsExactly("spot", "bias", "patch", "tiny", "axes");
        OnnxOutline.Initializer spot =
                java.util.Objects.requireNonNull(outline.initializers().get("spot"));
        assertThat(spot.shape()).containsExactly(1L, 1L, 7L, 7L);
        assertThat(spot.dataType()).isEqualTo(OnnxOutline.FLOAT);
        assertThat(spot.length()).isEqualTo(4 * 49);
        assertThat(outline.operators()).containsEntry("Conv", 2).containsEntry("Add", 2);
    }

    @Test
    void tensorsHaveAsManyValuesAsTheirShapeSays() {
        TensorProto.Builder floats = TensorProto.newBuilder()
                .setDataType(1)
                .addDims(3)
                .addFloatData(1)
                .addFloatData(2);
        assertRefused(withInitializer(floats), "tensor added: expected as many values as shape [3]", "found 2 values");
        TensorProto.Builder raw = TensorProto.newBuilder()
                .setDataType(1)
                .addDims(3)
                .setRawData(com.google.protobuf.ByteString.copyFrom(new byte[8]));
        assertRefused(withInitializer(raw), "tensor added: ", "found 8 bytes");
        for (long size : new long[] {-1, Long.MAX_VALUE, 1L << 32}) {
            TensorProto.Builder large =
                    TensorProto.newBuilder().setDataType(1).addDims(size).addDims(1L << 32);
            assertRefused(withInitializer(large), "tensor added: ");
        }
        assertRefused(withInitializer(TensorProto.newBuilder().setDataType(99).addDims(0)), "data type 99");
    }

    @Test
    void noTensorLiesInAnotherFile() {
        TensorProto.Builder external = TensorProto.newBuilder()
                .setDataType(1)
                .addDims(1)
                .setDataLocation(TensorProto.DataLocation.EXTERNAL)
                .addExternalData(
                        StringStringEntryProto.newBuilder().setKey("location").setValue("/etc/passwd"));
        assertRefused(withInitializer(external), "found one that names another file");
        assertRefused(
                TestModels.extractor()
                        .addNode(NodeProto.newBuilder()
                                .setOpType("Constant")
                                .addOutput("c")
                                .addAttribute(AttributeProto.newBuilder()
                                        .setName("value")
                                        .setT(external))),
                "found one that names another file");
    }

    @Test
    void graphsAreNotNestedWithoutEnd() {
        GraphProto.Builder graph = TestModels.extractor();
        for (int depth = 0; depth < 100; depth++) {
            graph = GraphProto.newBuilder()
                    .addNode(NodeProto.newBuilder()
                            .setOpType("If")
                            .addAttribute(AttributeProto.newBuilder()
                                    .setName("then_branch")
                                    .setG(graph)));
        }
        assertRefused(graph, "expected graphs at most 8 deep");
        assertRefused(
                TestModels.extractor().addInitializer(TestModels.extractor().getInitializer(0)),
                "spot: expected one initializer of this name, found two");
    }

    @Test
    void aFileThatIsCutOffAnywhereIsRefused() {
        byte[] whole = TestModels.onnx(TestModels.matcher());
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            try {
                OnnxOutline outline = OnnxOutline.of(cut, "x.onnx");
                assertThat(outline.operators())
                        .as("cut behind the graph, at " + length)
                        .containsKey("Pad");
            } catch (ModelFormatException e) {
                assertThat(e).hasMessageStartingWith("x.onnx: ").hasMessageNotContaining("\n");
            }
        }
    }

    /** The graph without its large tensors, so that most changes hit its structure. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void changedFilesAreOpenedOrRefusedWithASentence(long seed) throws IOException {
        Draws draws = new Seed(seed).draws();
        byte[] whole = TestModels.onnx(TestModels.matcher());
        for (int trial = 0; trial < 100; trial++) {
            byte[] changed = whole.clone();
            for (int i = 0; i <= draws.nextInt(3); i++) {
                int at = draws.nextInt(changed.length);
                changed[at] = (byte) (draws.nextInt(2) == 0 ? draws.nextInt(256) : changed[at] ^ 1 << draws.nextInt(8));
            }
            Path file = TestModels.write(
                    folder.resolve("changed.onnx"),
                    changed,
                    TestModels.matcherCard(changed).toJson());
            try (OnnxMatcher matcher = OnnxMatcher.open(file, MatcherOptions.DEFAULT)) {
                assertThat(List.of(matcher.name())).containsExactly("spots-matcher");
            } catch (ModelFormatException e) {
                assertThat(e).hasMessageStartingWith(file + ": ").hasMessageNotContaining("\n");
            }
        }
    }
}
