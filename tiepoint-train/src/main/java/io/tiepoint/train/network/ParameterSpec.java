package io.tiepoint.train.network;

import io.tiepoint.core.check.Check;
import java.util.List;
import java.util.stream.Stream;

/**
 * One parameter of a network.
 *
 * @param name in a state dict, such as {@code conv1a.weight}
 * @param shape sizes, outermost first; none for a single number
 * @param init how it starts
 * @param scale of the initial values: standard deviation, bound or value
 */
public record ParameterSpec(String name, List<Long> shape, Init init, double scale) {
    /** How a parameter starts. */
    public enum Init {
        /** Normal distribution with standard deviation {@code scale}. */
        NORMAL,
        /** Uniform distribution in plus or minus {@code scale}. */
        UNIFORM,
        /** All values equal {@code scale}. */
        CONSTANT,
        /** A square matrix with {@code scale} on its diagonal and 0 elsewhere. */
        DIAGONAL,
        /** All values equal {@code scale}, and no gradient moves them: a statistic of a batch normalisation. */
        STATISTIC
    }

    /** Copies the shape. */
    public ParameterSpec {
        shape = List.copyOf(shape);
        for (long size : shape) {
            Check.that(size > 0, "%s: expected sizes > 0, found %s", name, shape);
        }
    }

    /** Number of values. */
    public int count() {
        long count = 1;
        for (long size : shape) {
            count *= size;
        }
        return Math.toIntExact(count);
    }

    /** Weight and bias of a convolution followed by ReLU (He et al., 2015). */
    static List<ParameterSpec> conv(String layer, long in, long out, long kernel) {
        return List.of(
                new ParameterSpec(
                        layer + ".weight",
                        List.of(out, in, kernel, kernel),
                        Init.NORMAL,
                        StrictMath.sqrt(2.0 / (in * kernel * kernel))),
                new ParameterSpec(layer + ".bias", List.of(out), Init.CONSTANT, 0));
    }

    /** Weight of a convolution without bias, followed by a normalisation and ReLU. */
    static ParameterSpec convWithoutBias(String layer, long in, long out, long kernel) {
        return conv(layer, in, out, kernel).get(0);
    }

    /** Weight and bias of a linear layer, as PyTorch starts them: uniform in plus or minus 1/sqrt(in). */
    static List<ParameterSpec> linear(String layer, long in, long out) {
        double bound = 1 / StrictMath.sqrt((double) in);
        return List.of(
                new ParameterSpec(layer + ".weight", List.of(out, in), Init.UNIFORM, bound),
                new ParameterSpec(layer + ".bias", List.of(out), Init.UNIFORM, bound));
    }

    /** The same layer, started with other weights. */
    static List<ParameterSpec> linear(String layer, long in, long out, Init init, double scale) {
        return List.of(
                new ParameterSpec(layer + ".weight", List.of(out, in), init, scale),
                new ParameterSpec(layer + ".bias", List.of(out), Init.CONSTANT, 0));
    }

    /** Weight and bias of a normalisation: the identity. */
    static List<ParameterSpec> norm(String layer, long size) {
        return List.of(
                new ParameterSpec(layer + ".weight", List.of(size), Init.CONSTANT, 1),
                new ParameterSpec(layer + ".bias", List.of(size), Init.CONSTANT, 0));
    }

    /** Weight and bias of a convolution over one dimension with kernel 1: a linear layer whose weight has one more dimension. */
    static List<ParameterSpec> pointwise(String layer, long in, long out) {
        double bound = 1 / StrictMath.sqrt((double) in);
        return List.of(
                new ParameterSpec(layer + ".weight", List.of(out, in, 1L), Init.UNIFORM, bound),
                new ParameterSpec(layer + ".bias", List.of(out), Init.UNIFORM, bound));
    }

    /** The five tensors of a batch normalisation, in the order of PyTorch's state dict. */
    static List<ParameterSpec> batchNorm(String layer, long size) {
        return Stream.concat(norm(layer, size).stream(), statistics(layer, size).stream())
                .toList();
    }

    /** The three tensors of a batch normalisation that neither scales nor shifts. */
    static List<ParameterSpec> statistics(String layer, long size) {
        return List.of(
                new ParameterSpec(layer + ".running_mean", List.of(size), Init.STATISTIC, 0),
                new ParameterSpec(layer + ".running_var", List.of(size), Init.STATISTIC, 1),
                new ParameterSpec(layer + ".num_batches_tracked", List.of(), Init.STATISTIC, 0));
    }
}
