package io.tiepoint.train.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import io.tiepoint.train.network.Ops;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The operations as nodes of an ONNX graph (operator set 20); a value is the name of an edge. */
final class OnnxOps implements Ops<String> {
    static final int OPSET = 20;

    private final GraphProto.Builder graph;
    private final Map<String, Parameter> parameters;
    private final Set<String> written = new HashSet<>();
    private int next;

    /**
     * A parameter's values.
     *
     * @param shape sizes, outermost first
     * @param values row-major
     */
    @SuppressWarnings("ArrayRecordComponent") // a carrier; never compared
    record Parameter(List<Long> shape, float[] values) {}

    OnnxOps(GraphProto.Builder graph, Map<String, Parameter> parameters) {
        this.graph = graph;
        this.parameters = parameters;
    }

    /** Gives a value the name of an output. */
    void nameOutput(String value, String name) {
        graph.addNode(NodeProto.newBuilder()
                .setOpType("Identity")
                .setName(name + "_out")
                .addInput(value)
                .addOutput(name));
    }

    /** Drops a dimension of size 1. */
    String squeeze(String x, int dimension) {
        return node("Squeeze", List.of(x, longs(dimension)));
    }

    private String node(String type, List<String> inputs, AttributeProto... attributes) {
        String output = type.toLowerCase(java.util.Locale.ROOT) + "_" + next++;
        graph.addNode(NodeProto.newBuilder()
                .setOpType(type)
                .setName(output)
                .addAllInput(inputs)
                .addOutput(output)
                .addAllAttribute(List.of(attributes)));
        return output;
    }

    private static AttributeProto ints(String name, long... values) {
        AttributeProto.Builder attribute =
                AttributeProto.newBuilder().setName(name).setType(AttributeProto.AttributeType.INTS);
        for (long value : values) {
            attribute.addInts(value);
        }
        return attribute.build();
    }

    private static AttributeProto integer(String name, long value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.INT)
                .setI(value)
                .build();
    }

    private static AttributeProto real(String name, double value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.FLOAT)
                .setF((float) value)
                .build();
    }

    private static AttributeProto text(String name, String value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.STRING)
                .setS(ByteString.copyFromUtf8(value))
                .build();
    }

    private String floats(String name, List<Long> shape, float[] values) {
        if (written.add(name)) {
            ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
            bytes.asFloatBuffer().put(values);
            graph.addInitializer(TensorProto.newBuilder()
                    .setName(name)
                    .setDataType(TensorProto.DataType.FLOAT.getNumber())
                    .addAllDims(shape)
                    .setRawData(ByteString.copyFrom(bytes.array())));
        }
        return name;
    }

    private String longs(long... values) {
        String name = "ints_" + next++;
        ByteBuffer bytes = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asLongBuffer().put(values);
        graph.addInitializer(TensorProto.newBuilder()
                .setName(name)
                .setDataType(TensorProto.DataType.INT64.getNumber())
                .addDims(values.length)
                .setRawData(ByteString.copyFrom(bytes.array())));
        return name;
    }

    private Parameter find(String name) {
        Parameter parameter = parameters.get(name);
        if (parameter == null) {
            throw new IllegalStateException(name + ": expected a parameter, found " + parameters.keySet());
        }
        return parameter;
    }

    @Override
    public String parameter(String name) {
        Parameter parameter = find(name);
        return floats(name, parameter.shape(), parameter.values());
    }

    @Override
    public String conv2d(String x, String layer, int stride) {
        long kernel = find(layer + ".weight").shape().get(2);
        long padding = kernel / 2;
        return node(
                "Conv",
                List.of(x, parameter(layer + ".weight"), parameter(layer + ".bias")),
                ints("kernel_shape", kernel, kernel),
                ints("strides", stride, stride),
                ints("pads", padding, padding, padding, padding));
    }

    @Override
    public String linear(String x, String layer) {
        Parameter weight = find(layer + ".weight");
        int out = Math.toIntExact(weight.shape().get(0));
        int in = Math.toIntExact(weight.shape().get(1));
        float[] transposed = new float[weight.values().length];
        for (int row = 0; row < out; row++) {
            for (int column = 0; column < in; column++) {
                transposed[column * out + row] = weight.values()[row * in + column];
            }
        }
        String name = floats(layer + ".weight_t", List.of((long) in, (long) out), transposed);
        String product = node("MatMul", List.of(x, name));
        return parameters.containsKey(layer + ".bias")
                ? node("Add", List.of(product, parameter(layer + ".bias")))
                : product;
    }

    @Override
    public String batchNorm(String x, String layer, double epsilon) {
        return node(
                "BatchNormalization",
                List.of(
                        x,
                        parameter(layer + ".weight"),
                        parameter(layer + ".bias"),
                        parameter(layer + ".running_mean"),
                        parameter(layer + ".running_var")),
                real("epsilon", epsilon));
    }

    @Override
    public String layerNorm(String x, String layer, double epsilon) {
        return node(
                "LayerNormalization",
                List.of(x, parameter(layer + ".weight"), parameter(layer + ".bias")),
                integer("axis", -1),
                real("epsilon", epsilon));
    }

    @Override
    public String relu(String x) {
        return node("Relu", List.of(x));
    }

    @Override
    public String gelu(String x) {
        return node("Gelu", List.of(x));
    }

    @Override
    public String maxPool2(String x) {
        return node("MaxPool", List.of(x), ints("kernel_shape", 2, 2), ints("strides", 2, 2));
    }

    @Override
    public String pixelUnshuffle(String x, int r) {
        return node("SpaceToDepth", List.of(x), integer("blocksize", r));
    }

    @Override
    public String pixelShuffle(String x, int r) {
        return node("DepthToSpace", List.of(x), integer("blocksize", r), text("mode", "CRD"));
    }

    @Override
    public String matmul(String a, String b) {
        return node("MatMul", List.of(a, b));
    }

    @Override
    public String add(String a, String b) {
        return node("Add", List.of(a, b));
    }

    @Override
    public String sub(String a, String b) {
        return node("Sub", List.of(a, b));
    }

    @Override
    public String mul(String a, String b) {
        return node("Mul", List.of(a, b));
    }

    @Override
    public String scale(String x, double factor) {
        return mul(x, floats("number_" + (float) factor, List.of(), new float[] {(float) factor}));
    }

    @Override
    public String sin(String x) {
        return node("Sin", List.of(x));
    }

    @Override
    public String cos(String x) {
        return node("Cos", List.of(x));
    }

    /** {@code -softplus(-x)}. */
    @Override
    public String logSigmoid(String x) {
        return node("Neg", List.of(node("Softplus", List.of(node("Neg", List.of(x))))));
    }

    @Override
    public String sigmoid(String x) {
        return node("Sigmoid", List.of(x));
    }

    @Override
    public String softmax(String x, int dimension) {
        return node("Softmax", List.of(x), integer("axis", dimension));
    }

    @Override
    public String logSoftmax(String x, int dimension) {
        return node("LogSoftmax", List.of(x), integer("axis", dimension));
    }

    @Override
    public String l2Normalize(String x, int dimension) {
        return node("LpNormalization", List.of(x), integer("axis", dimension), integer("p", 2));
    }

    @Override
    public String concat(List<String> parts, int dimension) {
        return node("Concat", parts, integer("axis", dimension));
    }

    @Override
    public String slice(String x, int dimension, long from, long to) {
        return node("Slice", List.of(x, longs(from), longs(to), longs(dimension)));
    }

    @Override
    public String transposeLast(String x, int rank) {
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < rank; i++) {
            order.add(i);
        }
        order.set(rank - 2, rank - 1);
        order.set(rank - 1, rank - 2);
        return permute(x, order.stream().mapToInt(Integer::intValue).toArray());
    }

    @Override
    public String permute(String x, int... order) {
        long[] dimensions = new long[order.length];
        for (int i = 0; i < order.length; i++) {
            dimensions[i] = order[i];
        }
        return node("Transpose", List.of(x), ints("perm", dimensions));
    }

    @Override
    public String reshape(String x, long... shape) {
        return node("Reshape", List.of(x, longs(shape)));
    }
}
