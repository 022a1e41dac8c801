package io.tiepoint.match.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.tiepoint.core.model.ModelCard;
import io.tiepoint.core.model.ModelFormatException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StrictModelTest {
    @TempDir
    private Path folder;

    private void assertRefused(Path file, String... parts) {
        assertThatThrownBy(
                        () -> OnnxExtractor.open(file, ExtractorOptions.DEFAULT).close())
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContainingAll(parts)
                .hasMessageNotContaining("\n");
    }

    /** The extractor with a changed graph, and a card that is right but for what may be changed in it. */
    private Path changed(UnaryOperator<GraphProto.Builder> graph, UnaryOperator<String> card) throws IOException {
        byte[] onnx = TestModels.onnx(graph.apply(TestModels.extractor()));
        return TestModels.write(
                folder.resolve("changed.onnx"),
                onnx,
                card.apply(TestModels.extractorCard(onnx).toJson()));
    }

    @Test
    void opensWhatKeepsTheContract() throws IOException {
        try (OnnxExtractor extractor = OnnxExtractor.open(TestModels.writeExtractor(folder), ExtractorOptions.DEFAULT);
                OnnxMatcher matcher = OnnxMatcher.open(TestModels.writeMatcher(folder), MatcherOptions.DEFAULT)) {
            assertThat(extractor.name()).isEqualTo("spots");
            assertThat(matcher.card().kind()).isEqualTo(ModelCard.Kind.MATCHER);
        }
    }

    @Test
    void refusesWhatIsNoFileOrHasNoCard() throws IOException {
        assertRefused(folder.resolve("none.onnx"), "none.onnx: expected a model file, found no such file");
        assertRefused(folder, folder + ": expected a model file, found a folder");
        Path file = TestModels.writeExtractor(folder);
        Files.delete(ModelCard.besides(file));
        assertRefused(file, "spots.card.json: expected the model card of spots.onnx, found no such file");
        Path empty = Files.write(file, new byte[0]);
        assertRefused(empty, "spots.onnx: expected a model file of 1 to ", "found 0 bytes");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 100, 5000, -1})
    void refusesADamagedFile(int position) throws IOException {
        Path file = TestModels.writeExtractor(folder);
        byte[] bytes = Files.readAllBytes(file);
        bytes[position < 0 ? bytes.length - 1 : position] ^= 4;
        Path damaged = Files.write(file, bytes);

        assertRefused(damaged, "spots.onnx: expected the file of its card with SHA-256", "damaged");
    }

    @Test
    void refusesATruncatedFile() throws IOException {
        Path file = TestModels.writeExtractor(folder);
        byte[] bytes = Files.readAllBytes(file);
        Path truncated = Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));

        assertRefused(truncated, "spots.onnx: expected the file of its card with SHA-256", "damaged");
    }

    @Test
    void refusesOtherBytesEvenWithTheirHash() throws IOException {
        byte[] whole = TestModels.onnx(TestModels.extractor());
        byte[] text = "This is a letter, not a network.".getBytes(StandardCharsets.UTF_8);
        for (byte[] bytes : new byte[][] {text, Arrays.copyOf(whole, whole.length / 2), new byte[100]}) {
            Path file = TestModels.write(
                    folder.resolve("foreign.onnx"),
                    bytes,
                    TestModels.extractorCard(bytes).toJson());

            assertRefused(file, "foreign.onnx: expected ");
        }
    }

    @Test
    void refusesOtherNames() throws IOException {
        Path input = changed(
                graph -> {
                    graph.setInput(0, graph.getInput(0).toBuilder().setName("picture"));
                    for (int node : new int[] {0, 5}) {
                        graph.setNode(node, graph.getNode(node).toBuilder().setInput(0, "picture"));
                    }
                    return graph;
                },
                card -> card);
        assertRefused(input, "changed.onnx: inputs: expected [image], found [picture]");

        Path output = changed(graph -> graph.removeOutput(1), card -> card);
        assertRefused(output, "changed.onnx: outputs: expected [descriptors, heatmap], found [heatmap]");
    }

    @Test
    void refusesOtherShapesAndTypes() throws IOException {
        Path threeChannels =
                changed(graph -> graph.setInput(0, TestModels.value("image", -1, -1, -1, -1)), card -> card);
        assertRefused(
                threeChannels, "changed.onnx: input image: expected shape [-1, 1, -1, -1], found [-1, -1, -1, -1]");

        Path fixed = changed(graph -> graph.setInput(0, TestModels.value("image", 1, 1, 480, 640)), card -> card);
        assertRefused(fixed, "changed.onnx: input image: expected shape [-1, 1, -1, -1], found [1, 1, 480, 640]");

        Path doubles = changed(
                graph -> {
                    var type = graph.getInput(0).getType().toBuilder();
                    type.getTensorTypeBuilder().setElemType(TensorProto.DataType.DOUBLE.getNumber());
                    return graph.setInput(0, graph.getInput(0).toBuilder().setType(type));
                },
                card -> card);
        assertRefused(doubles, "changed.onnx: expected a model that ONNX Runtime can open, found ");
    }

    @Test
    void refusesAHeatmapOfAnotherSizeThanTheImage() throws IOException {
        Path file = changed(
                graph -> {
                    var conv = graph.getNode(0).toBuilder();
                    conv.setAttribute(0, conv.getAttribute(0).toBuilder().setInts(0, 4));
                    return graph.setNode(0, conv);
                },
                card -> card);

        assertRefused(file, "changed.onnx: output heatmap: expected shape [1, 32, 32], found [1, 33, 32]");
    }

    @Test
    void refusesACardThatSaysOtherwise() throws IOException {
        assertRefused(
                changed(graph -> graph, card -> card.replace("\"descriptorSize\" : 16", "\"descriptorSize\" : 64")),
                "changed.onnx: output descriptors: expected shape [-1, 64, -1, -1], found [-1, 16, -1, -1]");
        assertRefused(
                changed(graph -> graph, card -> card.replace("CORNER", "CENTRE")),
                "changed.onnx: pixelFrame: expected CORNER, found CENTRE");
        assertRefused(
                changed(graph -> graph, card -> card.replace("\"stride\" : 8", "\"stride\" : 16")),
                "changed.onnx: output descriptors: expected shape [1, 16, 4, 4], found [1, 16, 8, 8]");
        assertRefused(
                changed(graph -> graph, card -> card.replace("\"nmsRadiusPx\" : 4", "\"nmsRadiusPx\" : -4")),
                "changed.onnx: detection: nmsRadiusPx: expected >= 0 px, found -4");
        assertRefused(
                changed(graph -> graph, card -> card.replace("EXTRACTOR", "MATCHER")),
                "changed.onnx: kind: expected EXTRACTOR, found MATCHER");
        assertRefused(
                changed(graph -> graph, card -> card.replace("\"heatmap\"", "\"heat\"")),
                "changed.onnx: output heatmap: expected no such output as the card says");
    }

    @Test
    void refusesACardThatIsNone() throws IOException {
        assertRefused(changed(graph -> graph, card -> "hello"), "changed.card.json: expected a model card, found ");
        assertRefused(changed(graph -> graph, card -> "{}"), "changed.card.json: expected a model card, found ");
        assertRefused(
                changed(graph -> graph, card -> card.replaceFirst("\"inputs\" : \\[[^]]*][^]]*]", "\"inputs\" : null")),
                "expected a model card without null");
        assertRefused(
                changed(graph -> graph, card -> card.replace("tiepoint-model/1", "tiepoint-model/9")),
                "changed.card.json: format: expected tiepoint-model/1, found tiepoint-model/9");
        Path file = changed(graph -> graph, card -> card);
        Path ignored = Files.write(ModelCard.besides(file), new byte[] {(byte) 0xff, (byte) 0xfe, 0});
        assertRefused(file, "changed.card.json: expected a model card in UTF-8");
    }

    @Test
    void aMatcherIsNoExtractor() throws IOException {
        assertRefused(TestModels.writeMatcher(folder), "spots-matcher.onnx: ", "expected");
    }
}
