package io.tiepoint.train.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import io.tiepoint.train.network.LightGlueNetwork;
import io.tiepoint.train.network.Masks;
import io.tiepoint.train.network.Ops;
import io.tiepoint.train.network.Rotation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The operations as nodes of an ONNX graph (operator set 20, and ONNX Runtime's own operators for attention); a value is the name
 * of an edge. Linear layers and attention take a batch of one.
 */
final class OnnxOps extends OnnxGraph implements Ops<String> {
    private final Map<String, Parameter> parameters;
    private final Map<String, String> substitutes = new HashMap<>();

    /**
     * A parameter's values.
     *
     * @param shape sizes, outermost first
     * @param values row-major
     */
    @SuppressWarnings("ArrayRecordComponent") // a carrier; never compared
    record Parameter(List<Long> shape, float[] values) {
        /** The shape without the dimensions of size 1 at the end of a convolution's weight: [out in]. */
        List<Long> matrix() {
            return shape.subList(0, 2);
        }
    }

    OnnxOps(GraphProto.Builder graph, Map<String, Parameter> parameters) {
        super(graph);
        this.parameters = parameters;
    }

    /** Parameters of one shape as one, with one more dimension in front. */
    String stacked(String name, List<String> names) {
        List<Long> shape = new ArrayList<>(find(names.get(0)).shape());
        shape.add(0, (long) names.size());
        return floats(name, shape, () -> {
            int size = find(names.get(0)).values().length;
            float[] all = new float[names.size() * size];
            for (int i = 0; i < names.size(); i++) {
                System.arraycopy(find(names.get(i)).values(), 0, all, i * size, size);
            }
            return all;
        });
    }

    /** Lets layers compute with a value in place of a parameter from now on. */
    void substitute(String parameter, String value) {
        substitutes.put(parameter, value);
    }

    Parameter find(String name) {
        Parameter parameter = parameters.get(name);
        if (parameter == null) {
            throw new IllegalStateException(name + ": expected a parameter, found " + parameters.keySet());
        }
        return parameter;
    }

    @Override
    public String parameter(String name) {
        String substitute = substitutes.get(name);
        return substitute == null ? floats(name, find(name).shape(), find(name).values()) : substitute;
    }

    @Override
    public String conv2d(String x, String layer, int stride) {
        long kernel = find(layer + ".weight").shape().get(2);
        long padding = kernel / 2;
        List<String> inputs = new ArrayList<>(List.of(x, parameter(layer + ".weight")));
        if (parameters.containsKey(layer + ".bias")) {
            inputs.add(parameter(layer + ".bias"));
        }
        return node(
                "Conv",
                inputs,
                ints("kernel_shape", kernel, kernel),
                ints("strides", stride, stride),
                ints("pads", padding, padding, padding, padding));
    }

    @Override
    public long size(String name, int dimension) {
        return find(name).shape().get(dimension);
    }

    @Override
    public String linear(String x, String layer) {
        String bias = parameters.containsKey(layer + ".bias") ? parameter(layer + ".bias") : "";
        Parameter weight = find(layer + ".weight");
        // ONNX Runtime's matrix products take no third dimension.
        String matrix = weight.shape().size() == 2
                ? parameter(layer + ".weight")
                : floats(layer + ".matrix", weight.matrix(), weight.values());
        return linear(x, matrix, bias, weight.matrix());
    }

    /** A linear layer over all rows at once: [1 M C] to [1 M C']. */
    String linear(String x, String weight, String bias, List<Long> matrix) {
        String rows = reshape(x, -1, matrix.get(1));
        List<String> inputs = bias.isEmpty() ? List.of(rows, weight) : List.of(rows, weight, bias);
        return reshape(node("Gemm", inputs, integer("transB", 1)), 1, -1, matrix.get(0));
    }

    /** The normalisation, which is linear, becomes part of the layer. */
    @Override
    public String linearBatchNorm(String x, String layer, String norm, double epsilon) {
        Parameter weight = find(layer + ".weight");
        float[] bias = find(layer + ".bias").values();
        float[] gain = find(norm + ".weight").values();
        float[] offset = find(norm + ".bias").values();
        float[] mean = find(norm + ".running_mean").values();
        float[] variance = find(norm + ".running_var").values();
        int in = Math.toIntExact(weight.matrix().get(1));
        float[] scaled = weight.values().clone();
        float[] shifted = bias.clone();
        for (int row = 0; row < shifted.length; row++) {
            double scale = gain[row] / Math.sqrt(variance[row] + epsilon);
            shifted[row] = (float) ((bias[row] - mean[row]) * scale + offset[row]);
            for (int i = row * in; i < (row + 1) * in; i++) {
                scaled[i] = (float) (scaled[i] * scale);
            }
        }
        return linear(
                x,
                floats(layer + ".weight_norm", weight.matrix(), scaled),
                floats(layer + ".bias_norm", List.of((long) shifted.length), shifted),
                weight.matrix());
    }

    @Override
    public String selfAttention(
            String state, String projection, int heads, @Nullable Rotation<String> rotation, @Nullable String bias) {
        checkUnmasked(bias);
        return new FusedAttention(this).self(state, projection, heads, rotation);
    }

    @Override
    public LightGlueNetwork.States<String> crossAttention(
            LightGlueNetwork.States<String> states, String block, int heads, @Nullable Masks<String> masks) {
        checkUnmasked(masks);
        return new FusedAttention(this).cross(states, block, heads);
    }

    @Override
    public String updated(String state, String attended, String projection, String block) {
        return new FusedAttention(this).updated(state, attended, projection, block);
    }

    private static void checkUnmasked(@Nullable Object mask) {
        if (mask != null) {
            throw new IllegalStateException("masks: expected none in a graph for one pair, found some");
        }
    }

    @Override
    public String sinkhorn(String scores, String logRows, String logColumns, int iterations) {
        List<String> last = repeat(iterations, List.of(scale(logRows, 0), scale(logColumns, 0)), before -> {
            String rows = sub(logRows, logSumExp(add(scores, before.get(1)), 2));
            return List.of(rows, sub(logColumns, logSumExp(add(scores, rows), 1)));
        });
        return add(add(scores, last.get(0)), last.get(1));
    }

    @Override
    public String batchNorm(String x, String layer, double epsilon) {
        boolean isAffine = parameters.containsKey(layer + ".weight");
        long channels = size(layer + ".running_mean", 0);
        return node(
                "BatchNormalization",
                List.of(
                        x,
                        isAffine ? parameter(layer + ".weight") : filled("ones", channels, 1),
                        isAffine ? parameter(layer + ".bias") : filled("zeros", channels, 0),
                        parameter(layer + ".running_mean"),
                        parameter(layer + ".running_var")),
                real("epsilon", epsilon));
    }

    private String filled(String name, long size, float value) {
        return floats(name + "_" + size, List.of(size), () -> {
            float[] values = new float[Math.toIntExact(size)];
            Arrays.fill(values, value);
            return values;
        });
    }

    @Override
    public String instanceNorm(String x, double epsilon) {
        return node(
                "InstanceNormalization",
                List.of(x, filled("ones", 1, 1), filled("zeros", 1, 0)),
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
    public String averagePool(String x, int size) {
        return node("AveragePool", List.of(x), ints("kernel_shape", size, size), ints("strides", size, size));
    }

    @Override
    public String upsample(String x, int factor) {
        String scales = floats("scales_" + factor, List.of(4L), new float[] {1, 1, factor, factor});
        return node(
                "Resize",
                List.of(x, "", scales),
                text("mode", "linear"),
                text("coordinate_transformation_mode", "half_pixel"));
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
    public String shift(String x, double term) {
        return add(x, floats("number_" + (float) term, List.of(), new float[] {(float) term}));
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
        if (dimension < 0) {
            return node("Softmax", List.of(x), integer("axis", dimension));
        }
        // For a softmax over an inner dimension ONNX Runtime transposes twice: 4.3 ms for a heatmap of 640x480 px.
        String largest = node("ReduceMax", List.of(x, longs(dimension)), integer("keepdims", 1));
        String exponentials = node("Exp", List.of(sub(x, largest)));
        String sum = node("ReduceSum", List.of(exponentials, longs(dimension)), integer("keepdims", 1));
        return node("Div", List.of(exponentials, sum));
    }

    @Override
    public String logSoftmax(String x, int dimension) {
        return node("LogSoftmax", List.of(x), integer("axis", dimension));
    }

    @Override
    public String logSumExp(String x, int dimension) {
        return node("ReduceLogSumExp", List.of(x, longs(dimension)), integer("keepdims", 1));
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
