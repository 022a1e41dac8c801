package io.tiepoint.match.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.tiepoint.core.features.DetectionProfile;
import io.tiepoint.core.geometry.PixelFrame;
import io.tiepoint.core.model.ModelCard;
import io.tiepoint.core.model.ModelCard.TensorSpec;
import io.tiepoint.core.random.Draws;
import io.tiepoint.core.random.Seed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** Networks of a few operators that keep the contract, written by hand: a blob detector with random descriptors, and a matcher. */
public final class TestModels {
    /** Length of their descriptors. */
    public static final int DIMENSION = 16;

    private static final int STRIDE = 8;
    private static final int KERNEL = 7;

    private TestModels() {}

    /** A heatmap that answers to bright and dark spots, and descriptors of 24x24 px around each cell. */
    public static GraphProto.Builder extractor() {
        float[] spot = new float[KERNEL * KERNEL];
        double sum = 0;
        for (int i = 0; i < spot.length; i++) {
            int dx = i % KERNEL - KERNEL / 2;
            int row = i / KERNEL;
            int dy = row - KERNEL / 2;
            spot[i] = (float) Math.exp(-(dx * dx + dy * dy) / 4.0);
            sum += spot[i];
        }
        for (int i = 0; i < spot.length; i++) {
            spot[i] = (float) (40 * (spot[i] / sum - 1.0 / spot.length)); // nothing where the image is even
        }
        Draws draws = new Seed(1).child("descriptors").draws();
        float[] patch = new float[DIMENSION * 24 * 24];
        for (int i = 0; i < patch.length; i++) {
            // Every second value takes the one before back, so that brightness does not count.
            patch[i] = i % 2 == 0 ? (float) draws.nextGaussian() : -patch[i - 1];
        }
        return GraphProto.newBuilder()
                .setName("extractor")
                .addInput(value("image", -1, 1, -1, -1))
                .addInitializer(floats("spot", spot, 1, 1, KERNEL, KERNEL))
                .addInitializer(floats("bias", new float[] {-7}, 1))
                .addInitializer(floats("patch", patch, DIMENSION, 1, 24, 24))
                .addInitializer(floats("tiny", new float[] {1e-6f}, 1))
                .addInitializer(longs("axes", 1))
                .addNode(node("Conv", "response", "image", "spot").addAttribute(ints("pads", 3, 3, 3, 3)))
                .addNode(node("Abs", "strength", "response"))
                .addNode(node("Add", "logit", "strength", "bias"))
                .addNode(node("Sigmoid", "probability", "logit"))
                .addNode(node("Squeeze", "heatmap", "probability", "axes"))
                .addNode(node("Conv", "cells", "image", "patch")
                        .addAttribute(ints("strides", STRIDE, STRIDE))
                        .addAttribute(ints("pads", 8, 8, 8, 8)))
                .addNode(node("Add", "shifted", "cells", "tiny"))
                .addNode(node("LpNormalization", "descriptors", "shifted")
                        .addAttribute(integer("axis", 1))
                        .addAttribute(integer("p", 2)))
                .addOutput(value("heatmap", -1, -1, -1))
                .addOutput(value("descriptors", -1, DIMENSION, -1, -1));
    }

    /** The extractor with a third output, as {@link io.tiepoint.core.features.DetectionProfile#XFEAT} needs it. */
    public static GraphProto.Builder reliableExtractor() {
        return extractor()
                .addNode(node("AveragePool", "shares", "probability")
                        .addAttribute(ints("kernel_shape", STRIDE, STRIDE))
                        .addAttribute(ints("strides", STRIDE, STRIDE)))
                .addNode(node("Sigmoid", "sure", "shares"))
                .addNode(node("Squeeze", "reliability", "sure", "axes"))
                .addOutput(value("reliability", -1, -1, -1));
    }

    /** Log dual softmax of {@code 40 descriptors0 descriptors1 + keypoints0 keypoints1}, with log 0.05 for "no match". */
    public static GraphProto.Builder matcher() {
        return GraphProto.newBuilder()
                .setName("matcher")
                .addInput(value("keypoints0", 1, -1, 2))
                .addInput(value("keypoints1", 1, -1, 2))
                .addInput(value("descriptors0", 1, -1, DIMENSION))
                .addInput(value("descriptors1", 1, -1, DIMENSION))
                .addInitializer(floats("sharpness", new float[] {40}, 1))
                .addInitializer(floats("dustbin", new float[] {(float) Math.log(0.05)}))
                .addInitializer(longs("pads", 0, 0, 0, 0, 1, 1))
                .addNode(node("Transpose", "turned", "descriptors1").addAttribute(ints("perm", 0, 2, 1)))
                .addNode(node("Transpose", "places", "keypoints1").addAttribute(ints("perm", 0, 2, 1)))
                .addNode(node("MatMul", "cosine", "descriptors0", "turned"))
                .addNode(node("MatMul", "nearness", "keypoints0", "places"))
                .addNode(node("Mul", "sharp", "cosine", "sharpness"))
                .addNode(node("Add", "logit", "sharp", "nearness"))
                .addNode(node("LogSoftmax", "rows", "logit").addAttribute(integer("axis", 2)))
                .addNode(node("LogSoftmax", "columns", "logit").addAttribute(integer("axis", 1)))
                .addNode(node("Add", "assignment", "rows", "columns"))
                .addNode(node("Pad", "log_assignment", "assignment", "pads", "dustbin"))
                .addOutput(value("log_assignment", 1, -1, -1));
    }

    /** The bytes of a model file. */
    public static byte[] onnx(GraphProto.Builder graph) {
        return ModelProto.newBuilder()
                .setIrVersion(8)
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(17))
                .setGraph(graph)
                .build()
                .toByteArray();
    }

    /** What is true of {@link #extractor}. */
    public static ModelCard extractorCard(byte[] onnx) {
        return extractorCard(
                onnx,
                List.of(
                        new TensorSpec("heatmap", List.of(-1, -1, -1)),
                        new TensorSpec("descriptors", List.of(-1, DIMENSION, -1, -1))),
                new ModelCard.Detection(0.005f, 4, 4));
    }

    /** What is true of {@link #reliableExtractor}. */
    public static ModelCard reliableExtractorCard(byte[] onnx) {
        return extractorCard(
                onnx,
                List.of(
                        new TensorSpec("heatmap", List.of(-1, -1, -1)),
                        new TensorSpec("descriptors", List.of(-1, DIMENSION, -1, -1)),
                        new TensorSpec("reliability", List.of(-1, -1, -1))),
                ModelCard.Detection.of(DetectionProfile.XFEAT));
    }

    private static ModelCard extractorCard(byte[] onnx, List<TensorSpec> outputs, ModelCard.Detection detection) {
        return new ModelCard(
                ModelCard.FORMAT,
                "spots",
                ModelCard.Kind.EXTRACTOR,
                sha256(onnx),
                List.of(new TensorSpec("image", List.of(-1, 1, -1, -1))),
                outputs,
                DIMENSION,
                STRIDE,
                PixelFrame.CORNER,
                detection,
                "nothing",
                "Apache-2.0",
                ModelCard.emptyObject(),
                ModelCard.emptyObject());
    }

    /** What is true of {@link #matcher}. */
    public static ModelCard matcherCard(byte[] onnx) {
        return new ModelCard(
                ModelCard.FORMAT,
                "spots-matcher",
                ModelCard.Kind.MATCHER,
                sha256(onnx),
                List.of(
                        new TensorSpec("keypoints0", List.of(1, -1, 2)),
                        new TensorSpec("keypoints1", List.of(1, -1, 2)),
                        new TensorSpec("descriptors0", List.of(1, -1, DIMENSION)),
                        new TensorSpec("descriptors1", List.of(1, -1, DIMENSION))),
                List.of(new TensorSpec("log_assignment", List.of(1, -1, -1))),
                DIMENSION,
                STRIDE,
                PixelFrame.CORNER,
                null,
                "nothing",
                "Apache-2.0",
                ModelCard.emptyObject(),
                ModelCard.emptyObject());
    }

    /** Writes the extractor and its card. */
    public static Path writeExtractor(Path folder) throws IOException {
        byte[] onnx = onnx(extractor());
        return write(folder.resolve("spots.onnx"), onnx, extractorCard(onnx).toJson());
    }

    /** Writes the extractor with reliability, and its card. */
    public static Path writeReliableExtractor(Path folder) throws IOException {
        byte[] onnx = onnx(reliableExtractor());
        return write(
                folder.resolve("reliable.onnx"),
                onnx,
                reliableExtractorCard(onnx).toJson());
    }

    /** Writes the matcher and its card. */
    public static Path writeMatcher(Path folder) throws IOException {
        byte[] onnx = onnx(matcher());
        return write(
                folder.resolve("spots-matcher.onnx"), onnx, matcherCard(onnx).toJson());
    }

    static Path write(Path file, byte[] onnx, String card) throws IOException {
        Path ignored = Files.writeString(ModelCard.besides(file), card);
        return Files.write(file, onnx);
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    static ValueInfoProto value(String name, int... shape) {
        TensorShapeProto.Builder dimensions = TensorShapeProto.newBuilder();
        for (int i = 0; i < shape.length; i++) {
            TensorShapeProto.Dimension.Builder dimension = TensorShapeProto.Dimension.newBuilder();
            dimensions.addDim(shape[i] < 0 ? dimension.setDimParam(name + i) : dimension.setDimValue(shape[i]));
        }
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder()
                        .setTensorType(TypeProto.Tensor.newBuilder()
                                .setElemType(TensorProto.DataType.FLOAT.getNumber())
                                .setShape(dimensions)))
                .build();
    }

    private static NodeProto.Builder node(String operator, String output, String... inputs) {
        return NodeProto.newBuilder()
                .setOpType(operator)
                .setName(output)
                .addAllInput(Arrays.asList(inputs))
                .addOutput(output);
    }

    private static AttributeProto ints(String name, long... values) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.INTS)
                .addAllInts(Arrays.stream(values).boxed().toList())
                .build();
    }

    private static AttributeProto integer(String name, long value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.INT)
                .setI(value)
                .build();
    }

    private static TensorProto floats(String name, float[] values, long... shape) {
        TensorProto.Builder tensor = TensorProto.newBuilder()
                .setName(name)
                .setDataType(TensorProto.DataType.FLOAT.getNumber())
                .addAllDims(Arrays.stream(shape).boxed().toList());
        for (float value : values) {
            tensor.addFloatData(value);
        }
        return tensor.build();
    }

    private static TensorProto longs(String name, long... values) {
        return TensorProto.newBuilder()
                .setName(name)
                .setDataType(TensorProto.DataType.INT64.getNumber())
                .addDims(values.length)
                .addAllInt64Data(Arrays.stream(values).boxed().toList())
                .build();
    }
}
