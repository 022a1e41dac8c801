package io.tiepoint.train.torch;

import io.tiepoint.core.check.Check;
import io.tiepoint.core.random.Draws;
import io.tiepoint.core.random.Seed;
import io.tiepoint.train.network.Network;
import io.tiepoint.train.network.ParameterSpec;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.bytedeco.pytorch.Tensor;

/** The parameters of a network as tensors, float32, in the order of its state dict. Lives until it is closed. */
public final class Weights implements AutoCloseable {
    private final Map<String, Tensor> tensors = new LinkedHashMap<>();
    private final List<ParameterSpec> specs;

    private Weights(List<ParameterSpec> specs) {
        this.specs = specs;
    }

    /** Draws initial values; each parameter's depend on the seed and its name alone. */
    public static Weights initial(Network network, Seed seed) {
        Map<String, float[]> values = new LinkedHashMap<>();
        for (ParameterSpec spec : network.parameters()) {
            values.put(spec.name(), draw(spec, seed.child(spec.name()).draws()));
        }
        return of(network, values, "initial weights");
    }

    private static float[] draw(ParameterSpec spec, Draws draws) {
        float[] values = new float[spec.count()];
        if (spec.init() == ParameterSpec.Init.DIAGONAL) {
            int size = Math.toIntExact(spec.shape().get(0));
            for (int i = 0; i < size; i++) {
                values[i * size + i] = (float) spec.scale();
            }
            return values;
        }
        for (int i = 0; i < values.length; i++) {
            values[i] = switch (spec.init()) {
                case NORMAL -> (float) (draws.nextGaussian() * spec.scale());
                case UNIFORM -> (float) draws.nextDouble(-spec.scale(), spec.scale());
                case CONSTANT, DIAGONAL, STATISTIC -> (float) spec.scale();
            };
        }
        return values;
    }

    /**
     * Takes values strictly: exactly the network's names, each with as many values as its shape has.
     *
     * @param source where the values come from, for messages
     */
    public static Weights of(Network network, Map<String, float[]> values, String source) {
        List<ParameterSpec> specs = network.parameters();
        Weights weights = new Weights(specs);
        for (ParameterSpec spec : specs) {
            float[] found = values.get(spec.name());
            if (found == null) {
                throw new IllegalArgumentException(
                        source + ": " + spec.name() + ": expected a tensor of shape " + spec.shape() + ", found none");
            }
            Check.that(
                    found.length == spec.count(),
                    "%s: %s: expected shape %s, found %s values",
                    source,
                    spec.name(),
                    spec.shape(),
                    found.length);
            Tensor tensor = Tensors.of(
                    found, spec.shape().stream().mapToLong(Long::longValue).toArray());
            tensor.set_requires_grad(spec.init() != ParameterSpec.Init.STATISTIC);
            weights.tensors.put(spec.name(), tensor);
        }
        for (String name : values.keySet()) {
            Check.that(weights.tensors.containsKey(name), "%s: expected no tensor %s, found one", source, name);
        }
        return weights;
    }

    /** Names, shapes and order. */
    public List<ParameterSpec> specs() {
        return specs;
    }

    /** Whether the network has a parameter of this name. */
    boolean has(String name) {
        return tensors.containsKey(name);
    }

    /** A parameter; it stays the weights' own. */
    Tensor get(String name) {
        Tensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new IllegalStateException(name + ": expected a parameter, found " + tensors.keySet());
        }
        return tensor;
    }

    /** All parameters that gradients may move, in order: not the statistics of normalisations. */
    Collection<Tensor> all() {
        return specs.stream()
                .filter(spec -> spec.init() != ParameterSpec.Init.STATISTIC)
                .map(spec -> get(spec.name()))
                .toList();
    }

    /** Copies all values. */
    public Map<String, float[]> values() {
        Map<String, float[]> values = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> values.put(name, Tensors.toArray(tensor)));
        return values;
    }

    /** Stops or starts the recording of gradients for the parameters whose name begins so. */
    public void setTrainable(String prefix, boolean trainable) {
        Set<String> learned = specs.stream()
                .filter(spec -> spec.init() != ParameterSpec.Init.STATISTIC)
                .map(ParameterSpec::name)
                .collect(Collectors.toSet());
        tensors.forEach((name, tensor) -> {
            if (name.startsWith(prefix) && learned.contains(name)) {
                tensor.set_requires_grad(trainable);
            }
        });
    }

    @Override
    public void close() {
        tensors.values().forEach(Tensor::close);
    }
}
