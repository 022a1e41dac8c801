package io.tiepoint.train.onnx;

import io.tiepoint.train.network.LightGlueNetwork;
import io.tiepoint.train.network.Rotation;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * LightGlue's blocks of attention with what ONNX Runtime has for them: weights are put into the order that its operators take, and
 * two linear layers in a row become one.
 */
final class FusedAttention {
    private static final double NORM_EPSILON = 1e-5;
    private static final List<String> PARTS = List.of("query", "key", "value");

    private final OnnxOps ops;

    FusedAttention(OnnxOps ops) {
        this.ops = ops;
    }

    String self(String state, String projection, int heads, @Nullable Rotation<String> rotation) {
        String query = part(state, projection, 0);
        String key = part(state, projection, 1);
        String value = part(state, projection, 2);
        if (rotation != null) {
            int headWidth = Math.toIntExact(ops.size(projection + ".weight", 1)) / heads;
            String cos = ops.reshape(rotation.cos(), -1, headWidth / 2);
            String sin = ops.reshape(rotation.sin(), -1, headWidth / 2);
            query = rotate(query, cos, sin);
            key = rotate(key, cos, sin);
        }
        return attend(query, key, value, heads);
    }

    /** Rows of the joint projection are ordered head, channel, {q, k, v}; here each of the three has its own, head by head. */
    private String part(String state, String projection, int index) {
        int width = Math.toIntExact(ops.size(projection + ".weight", 1));
        String name = projection + "." + PARTS.get(index);
        List<Long> matrix = List.of((long) width, (long) width);
        return ops.linear(
                state,
                ops.floats(name + ".weight", matrix, () -> rows(projection + ".weight", index)),
                ops.floats(name + ".bias", List.of((long) width), () -> rows(projection + ".bias", index)),
                matrix);
    }

    /** Of a weight or a bias the rows of one part. */
    private float[] rows(String name, int index) {
        OnnxOps.Parameter parameter = ops.find(name);
        int count = Math.toIntExact(parameter.shape().get(0)) / PARTS.size();
        int size = parameter.values().length / (count * PARTS.size());
        float[] rows = new float[count * size];
        for (int row = 0; row < count; row++) {
            System.arraycopy(parameter.values(), (row * PARTS.size() + index) * size, rows, row * size, size);
        }
        return rows;
    }

    /** Row m of the tables is keypoint m's: the operator's positions count from 0. */
    private String rotate(String x, String cos, String sin) {
        return ops.microsoft("RotaryEmbedding", List.of(x, ops.longs(0), cos, sin), OnnxOps.integer("interleaved", 1));
    }

    private String attend(String query, String key, String value, int heads) {
        return ops.microsoft("MultiHeadAttention", List.of(query, key, value), OnnxOps.integer("num_heads", heads));
    }

    /** Computes the similarities twice, which is faster than turning them round once. */
    LightGlueNetwork.States<String> cross(LightGlueNetwork.States<String> states, String block, int heads) {
        String key0 = ops.linear(states.state0(), block + ".to_qk");
        String key1 = ops.linear(states.state1(), block + ".to_qk");
        String value0 = ops.linear(states.state0(), block + ".to_v");
        String value1 = ops.linear(states.state1(), block + ".to_v");
        return new LightGlueNetwork.States<>(attend(key0, key1, value1, heads), attend(key1, key0, value0, heads));
    }

    /** The projection of what was attended to and the part of the feed-forward network that takes it are one linear layer. */
    String updated(String state, String attended, String projection, String block) {
        List<Long> matrix = ops.find(block + ".ffn.0.weight").shape();
        String hidden = ops.linear(
                ops.concat(List.of(state, attended), 2),
                ops.floats(block + ".ffn.0.joint_weight", matrix, () -> jointWeight(projection, block)),
                ops.floats(block + ".ffn.0.joint_bias", List.of(matrix.get(0)), () -> jointBias(projection, block)),
                matrix);
        hidden = normalisedGelu(hidden, block + ".ffn.1");
        return ops.add(state, ops.linear(hidden, block + ".ffn.3"));
    }

    /**
     * GELU of a layer normalisation. ONNX Runtime's own of these takes ten times as long as its normalisation of instances, for
     * which each keypoint is a channel; what follows takes the bias along.
     */
    private String normalisedGelu(String hidden, String norm) {
        String keypoints = ops.slice(ops.node("Shape", List.of(hidden)), 0, 1, 2);
        String normalised = ops.node(
                "InstanceNormalization",
                List.of(hidden, expanded(1, keypoints), expanded(0, keypoints)),
                OnnxGraph.real("epsilon", NORM_EPSILON));
        String scaled = ops.mul(normalised, ops.parameter(norm + ".weight"));
        return ops.microsoft("BiasGelu", List.of(scaled, ops.parameter(norm + ".bias")));
    }

    private String expanded(double value, String shape) {
        String number = ops.floats("one_number_" + (float) value, List.of(1L), new float[] {(float) value});
        return ops.node("Expand", List.of(number, shape));
    }

    private float[] jointWeight(String projection, String block) {
        float[] project = ops.find(projection + ".weight").values();
        float[] joint = ops.find(block + ".ffn.0.weight").values().clone();
        int width = Math.toIntExact(ops.size(projection + ".weight", 0));
        double[] sums = new double[width];
        for (int row = 0; row < joint.length; row += 2 * width) {
            Arrays.fill(sums, 0);
            for (int k = 0; k < width; k++) {
                double factor = joint[row + width + k];
                for (int i = 0; i < width; i++) {
                    sums[i] += factor * project[k * width + i];
                }
            }
            for (int i = 0; i < width; i++) {
                joint[row + width + i] = (float) sums[i];
            }
        }
        return joint;
    }

    private float[] jointBias(String projection, String block) {
        float[] weight = ops.find(block + ".ffn.0.weight").values();
        float[] project = ops.find(projection + ".bias").values();
        float[] joint = ops.find(block + ".ffn.0.bias").values().clone();
        for (int row = 0; row < joint.length; row++) {
            double sum = joint[row];
            for (int k = 0; k < project.length; k++) {
                sum += (double) weight[(2 * row + 1) * project.length + k] * project[k];
            }
            joint[row] = (float) sum;
        }
        return joint;
    }
}
