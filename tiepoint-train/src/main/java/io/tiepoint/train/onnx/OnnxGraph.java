package io.tiepoint.train.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** Nodes, branches, loops and initializers of an ONNX graph; a value is the name of an edge. */
class OnnxGraph {
    static final int OPSET = 20;

    /** Domain of ONNX Runtime's own operators. */
    static final String MICROSOFT = "com.microsoft";

    private final GraphProto.Builder root;
    private GraphProto.Builder graph;
    private final Set<String> written = new HashSet<>();
    private int next;

    OnnxGraph(GraphProto.Builder graph) {
        this.root = graph;
        this.graph = graph;
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

    String node(String type, List<String> inputs, AttributeProto... attributes) {
        return nodes("", type, inputs, 1, attributes).get(0);
    }

    /** A node of ONNX Runtime's own. */
    String microsoft(String type, List<String> inputs, AttributeProto... attributes) {
        return nodes(MICROSOFT, type, inputs, 1, attributes).get(0);
    }

    List<String> nodes(String domain, String type, List<String> inputs, int count, AttributeProto... attributes) {
        String output = type.toLowerCase(java.util.Locale.ROOT) + "_" + next++;
        List<String> outputs = count == 1
                ? List.of(output)
                : IntStream.range(0, count).mapToObj(i -> output + "_" + i).toList();
        graph.addNode(NodeProto.newBuilder()
                .setOpType(type)
                .setDomain(domain)
                .setName(output)
                .addAllInput(inputs)
                .addAllOutput(outputs)
                .addAllAttribute(List.of(attributes)));
        return outputs;
    }

    /**
     * Computes one of two lists of values, as a condition says; the branches may use all values so far.
     *
     * @param types ONNX's numbers of the values' element types
     */
    List<String> choose(
            String condition, List<Integer> types, Supplier<List<String>> whenTrue, Supplier<List<String>> whenFalse) {
        GraphProto thenBranch = branch("then_" + next++, types, whenTrue);
        GraphProto elseBranch = branch("else_" + next++, types, whenFalse);
        return nodes(
                "",
                "If",
                List.of(condition),
                types.size(),
                subgraph("then_branch", thenBranch),
                subgraph("else_branch", elseBranch));
    }

    private GraphProto branch(String name, List<Integer> types, Supplier<List<String>> content) {
        GraphProto.Builder outer = graph;
        graph = GraphProto.newBuilder().setName(name);
        try {
            List<String> values = content.get();
            for (int i = 0; i < values.size(); i++) {
                // An output has to be made in the branch itself.
                graph.addOutput(value(node("Identity", List.of(values.get(i))), types.get(i)));
            }
            return graph.build();
        } finally {
            graph = outer;
        }
    }

    static ValueInfoProto value(String name, int type) {
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder()
                        .setTensorType(TypeProto.Tensor.newBuilder().setElemType(type)))
                .build();
    }

    static ValueInfoProto scalar(String name, TensorProto.DataType type) {
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder()
                        .setTensorType(TypeProto.Tensor.newBuilder()
                                .setElemType(type.getNumber())
                                .setShape(TensorShapeProto.getDefaultInstance())))
                .build();
    }

    static AttributeProto subgraph(String name, GraphProto body) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.GRAPH)
                .setG(body)
                .build();
    }

    static AttributeProto ints(String name, long... values) {
        AttributeProto.Builder attribute =
                AttributeProto.newBuilder().setName(name).setType(AttributeProto.AttributeType.INTS);
        for (long value : values) {
            attribute.addInts(value);
        }
        return attribute.build();
    }

    static AttributeProto integer(String name, long value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.INT)
                .setI(value)
                .build();
    }

    static AttributeProto real(String name, double value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.FLOAT)
                .setF((float) value)
                .build();
    }

    static AttributeProto text(String name, String value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.STRING)
                .setS(ByteString.copyFromUtf8(value))
                .build();
    }

    String floats(String name, List<Long> shape, float[] values) {
        return floats(name, shape, () -> values);
    }

    /** An initializer, which is computed only if there is none of this name yet. */
    String floats(String name, List<Long> shape, Supplier<float[]> compute) {
        if (written.add(name)) {
            float[] values = compute.get();
            ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
            bytes.asFloatBuffer().put(values);
            root.addInitializer(TensorProto.newBuilder()
                    .setName(name)
                    .setDataType(TensorProto.DataType.FLOAT.getNumber())
                    .addAllDims(shape)
                    .setRawData(ByteString.copyFrom(bytes.array())));
        }
        return name;
    }

    String longs(long... values) {
        String name = "ints_" + next++;
        ByteBuffer bytes = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asLongBuffer().put(values);
        root.addInitializer(TensorProto.newBuilder()
                .setName(name)
                .setDataType(TensorProto.DataType.INT64.getNumber())
                .addDims(values.length)
                .setRawData(ByteString.copyFrom(bytes.array())));
        return name;
    }

    /**
     * Computes two values again and again.
     *
     * @param step from the two values before to the two values after
     * @return the values in the end
     */
    List<String> repeat(int times, List<String> start, UnaryOperator<List<String>> step) {
        String name = "loop_" + next++;
        int type = TensorProto.DataType.FLOAT.getNumber();
        List<String> before = List.of(name + "_first", name + "_second");
        GraphProto.Builder outer = graph;
        graph = GraphProto.newBuilder()
                .setName(name)
                .addInput(scalar(name + "_index", TensorProto.DataType.INT64))
                .addInput(scalar(name + "_before", TensorProto.DataType.BOOL))
                .addInput(value(before.get(0), type))
                .addInput(value(before.get(1), type));
        List<String> after = step.apply(before);
        String goesOn = node("Identity", List.of(name + "_before"));
        GraphProto body = graph.addOutput(scalar(goesOn, TensorProto.DataType.BOOL))
                .addOutput(value(after.get(0), type))
                .addOutput(value(after.get(1), type))
                .build();
        graph = outer;
        String count = squeeze(longs(times), 0);
        return nodes("", "Loop", List.of(count, "", start.get(0), start.get(1)), 2, subgraph("body", body));
    }
}
