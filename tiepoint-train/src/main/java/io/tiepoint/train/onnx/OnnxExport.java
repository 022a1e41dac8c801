package io.tiepoint.train.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.fasterxml.jackson.databind.JsonNode;
import io.tiepoint.core.check.Check;
import io.tiepoint.core.geometry.PixelFrame;
import io.tiepoint.core.model.ModelCard;
import io.tiepoint.core.model.Sha256;
import io.tiepoint.train.network.ExtractorNetwork;
import io.tiepoint.train.network.LightGlueNetwork;
import io.tiepoint.train.network.MatcherNetwork;
import io.tiepoint.train.network.SuperGlueNetwork;
import io.tiepoint.train.torch.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes trained networks as {@code .onnx} files, each with its model card: all that inference needs. */
public final class OnnxExport {
    private static final int ANY = -1;

    /**
     * What a card says beside what the graph shows.
     *
     * @param name such as {@code tiepoint-s}
     * @param trainedOn in a word: what images, from whom
     * @param licence of the weights, an SPDX identifier
     * @param training recipe, seed, steps, minutes, commit
     * @param evaluation figures, with how they were measured
     */
    public record Provenance(String name, String trainedOn, String licence, JsonNode training, JsonNode evaluation) {}

    private OnnxExport() {}

    /**
     * Writes {@code name.onnx} and {@code name.card.json}: image [B 1 H W] to heatmap [B H W] and descriptors [B D H/8 W/8], and
     * reliability [B H/8 W/8] where the network gives it.
     *
     * @param detection whose profile weighs by reliability if the network gives it, and only then
     * @return the {@code .onnx} file
     */
    public static Path extractor(
            ExtractorNetwork network,
            Weights weights,
            ModelCard.Detection detection,
            Provenance provenance,
            Path folder)
            throws IOException {
        GraphProto.Builder graph = GraphProto.newBuilder().setName(provenance.name());
        OnnxOps ops = new OnnxOps(graph, parameters(weights));
        ExtractorNetwork.Outputs<String> outputs = network.forward(ops, "image");
        String heatmap = ExtractorNetwork.heatmap(ops, outputs.logits(), detection.profile());
        ops.nameOutput(ops.squeeze(heatmap, 1), "heatmap");
        ops.nameOutput(ops.l2Normalize(outputs.descriptors(), 1), "descriptors");
        int d = network.descriptorSize();
        String reliability = outputs.reliability();
        Check.that(
                detection.profile().weighsByReliability() == (reliability != null),
                "profile: expected one that %s by reliability, found %s",
                reliability == null ? "does not weigh" : "weighs",
                detection.profile());
        List<ModelCard.TensorSpec> in = List.of(new ModelCard.TensorSpec("image", List.of(ANY, 1, ANY, ANY)));
        List<ModelCard.TensorSpec> out = new ArrayList<>(List.of(
                new ModelCard.TensorSpec("heatmap", List.of(ANY, ANY, ANY)),
                new ModelCard.TensorSpec("descriptors", List.of(ANY, d, ANY, ANY))));
        if (reliability != null) {
            ops.nameOutput(ops.squeeze(reliability, 1), "reliability");
            out.add(new ModelCard.TensorSpec("reliability", List.of(ANY, ANY, ANY)));
        }
        Path file = write(graph, in, out, provenance.name(), folder);
        ModelCard card = new ModelCard(
                ModelCard.FORMAT,
                provenance.name(),
                ModelCard.Kind.EXTRACTOR,
                Sha256.of(file),
                in,
                out,
                d,
                ExtractorNetwork.CELL,
                PixelFrame.CORNER,
                detection,
                provenance.trainedOn(),
                provenance.licence(),
                provenance.training(),
                provenance.evaluation());
        writeText(ModelCard.besides(file), card.toJson());
        return file;
    }

    /** A matcher of keypoints in {@link PixelFrame#CORNER}, as Tiepoint's own are. */
    public static Path matcher(MatcherNetwork network, Weights weights, Provenance provenance, Path folder)
            throws IOException {
        return matcher(network, weights, PixelFrame.CORNER, provenance, folder);
    }

    /**
     * Writes {@code name.onnx} and {@code name.card.json} of LightGlue or SuperGlue.
     *
     * @param frame of the keypoints that the weights were trained with
     * @return the {@code .onnx} file
     */
    public static Path matcher(
            MatcherNetwork network, Weights weights, PixelFrame frame, Provenance provenance, Path folder)
            throws IOException {
        if (network instanceof LightGlueNetwork lightGlue) {
            return lightGlue(lightGlue, weights, frame, provenance, folder);
        }
        if (network instanceof SuperGlueNetwork superGlue) {
            return superGlue(superGlue, weights, frame, provenance, folder);
        }
        throw new IllegalArgumentException("network: expected LightGlue or SuperGlue, found "
                + network.getClass().getSimpleName());
    }

    /**
     * Writes {@code name.onnx} and {@code name.card.json}: normalised keypoints [1 M 2], [1 N 2] and descriptors [1 M D],
     * [1 N D] to log_assignment [1 K+1 L+1], which stops early and drops keypoints as its input {@code adaptivity} says
     * ({@link AdaptiveGraph}).
     *
     * @param frame of the keypoints that the weights were trained with
     * @return the {@code .onnx} file
     */
    private static Path lightGlue(
            LightGlueNetwork network, Weights weights, PixelFrame frame, Provenance provenance, Path folder)
            throws IOException {
        GraphProto.Builder graph = GraphProto.newBuilder().setName(provenance.name());
        new AdaptiveGraph(network, new OnnxOps(graph, parameters(weights))).write();
        int d = network.inputSize();
        int channels = network.positions().channels();
        List<ModelCard.TensorSpec> in = List.of(
                new ModelCard.TensorSpec("keypoints0", List.of(1, ANY, channels)),
                new ModelCard.TensorSpec("keypoints1", List.of(1, ANY, channels)),
                new ModelCard.TensorSpec("descriptors0", List.of(1, ANY, d)),
                new ModelCard.TensorSpec("descriptors1", List.of(1, ANY, d)),
                new ModelCard.TensorSpec("adaptivity", List.of(2)));
        List<ModelCard.TensorSpec> out = List.of(
                new ModelCard.TensorSpec("log_assignment", List.of(1, ANY, ANY)),
                new ModelCard.TensorSpec("kept0", List.of(ANY)),
                new ModelCard.TensorSpec("kept1", List.of(ANY)),
                new ModelCard.TensorSpec("prune0", List.of(ANY)),
                new ModelCard.TensorSpec("prune1", List.of(ANY)),
                new ModelCard.TensorSpec("layers", List.of(2)));
        Path file = write(graph, in, out, provenance.name(), folder);
        return withMatcherCard(file, in, out, d, frame, provenance);
    }

    /**
     * Writes {@code name.onnx} and {@code name.card.json}: normalised keypoints [1 M 2], [1 N 2], their scores [1 M 1],
     * [1 N 1] and descriptors [1 M D], [1 N D] to log_assignment [1 M+1 N+1].
     *
     * @param frame of the keypoints that the weights were trained with
     * @return the {@code .onnx} file
     */
    private static Path superGlue(
            SuperGlueNetwork network, Weights weights, PixelFrame frame, Provenance provenance, Path folder)
            throws IOException {
        GraphProto.Builder graph = GraphProto.newBuilder().setName(provenance.name());
        OnnxOps ops = new OnnxOps(graph, parameters(weights));
        LightGlueNetwork.States<String> states = new LightGlueNetwork.States<>(
                network.start(ops, "keypoints0", "scores0", "descriptors0"),
                network.start(ops, "keypoints1", "scores1", "descriptors1"));
        for (int layer = 0; layer < network.layers(); layer++) {
            states = network.layer(ops, layer, states);
        }
        ops.nameOutput(network.logAssignment(ops, network.similarity(ops, states)), "log_assignment");
        int d = network.inputSize();
        List<ModelCard.TensorSpec> in = List.of(
                new ModelCard.TensorSpec("keypoints0", List.of(1, ANY, 2)),
                new ModelCard.TensorSpec("keypoints1", List.of(1, ANY, 2)),
                new ModelCard.TensorSpec("scores0", List.of(1, ANY, 1)),
                new ModelCard.TensorSpec("scores1", List.of(1, ANY, 1)),
                new ModelCard.TensorSpec("descriptors0", List.of(1, ANY, d)),
                new ModelCard.TensorSpec("descriptors1", List.of(1, ANY, d)));
        List<ModelCard.TensorSpec> out = List.of(new ModelCard.TensorSpec("log_assignment", List.of(1, ANY, ANY)));
        Path file = write(graph, in, out, provenance.name(), folder);
        return withMatcherCard(file, in, out, d, frame, provenance);
    }

    private static Path withMatcherCard(
            Path file,
            List<ModelCard.TensorSpec> inputs,
            List<ModelCard.TensorSpec> outputs,
            int descriptorSize,
            PixelFrame frame,
            Provenance provenance)
            throws IOException {
        ModelCard card = new ModelCard(
                ModelCard.FORMAT,
                provenance.name(),
                ModelCard.Kind.MATCHER,
                Sha256.of(file),
                inputs,
                outputs,
                descriptorSize,
                ExtractorNetwork.CELL,
                frame,
                null,
                provenance.trainedOn(),
                provenance.licence(),
                provenance.training(),
                provenance.evaluation());
        writeText(ModelCard.besides(file), card.toJson());
        return file;
    }

    static Map<String, OnnxOps.Parameter> parameters(Weights weights) {
        Map<String, float[]> values = weights.values();
        Map<String, OnnxOps.Parameter> parameters = new LinkedHashMap<>();
        weights.specs().forEach(spec -> {
            float[] found = values.getOrDefault(spec.name(), new float[0]);
            parameters.put(spec.name(), new OnnxOps.Parameter(spec.shape(), found));
        });
        return parameters;
    }

    static Path write(
            GraphProto.Builder graph,
            List<ModelCard.TensorSpec> inputs,
            List<ModelCard.TensorSpec> outputs,
            String name,
            Path folder)
            throws IOException {
        inputs.forEach(spec -> graph.addInput(info(spec)));
        outputs.forEach(spec -> graph.addOutput(info(spec)));
        byte[] bytes = ModelProto.newBuilder()
                .setIrVersion(9)
                .setProducerName("tiepoint")
                .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(OnnxOps.OPSET))
                .addOpsetImport(OperatorSetIdProto.newBuilder()
                        .setDomain(OnnxOps.MICROSOFT)
                        .setVersion(1))
                .setGraph(graph)
                .build()
                .toByteArray();
        Path file = folder.resolve(name + ".onnx");
        Path temporary = folder.resolve(name + ".onnx.tmp");
        Files.write(temporary, bytes);
        Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        return file;
    }

    private static void writeText(Path file, String text) throws IOException {
        Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
        Files.writeString(temporary, text);
        Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    private static ValueInfoProto info(ModelCard.TensorSpec spec) {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
        for (int i = 0; i < spec.shape().size(); i++) {
            int size = spec.shape().get(i);
            TensorShapeProto.Dimension.Builder dimension = TensorShapeProto.Dimension.newBuilder();
            shape.addDim(size == ANY ? dimension.setDimParam(spec.name() + "_" + i) : dimension.setDimValue(size));
        }
        return ValueInfoProto.newBuilder()
                .setName(spec.name())
                .setType(TypeProto.newBuilder()
                        .setTensorType(TypeProto.Tensor.newBuilder()
                                .setElemType(TensorProto.DataType.FLOAT.getNumber())
                                .setShape(shape)))
                .build();
    }
}
