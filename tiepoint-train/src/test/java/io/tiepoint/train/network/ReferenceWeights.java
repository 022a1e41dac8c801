package io.tiepoint.train.network;

import io.tiepoint.testkit.parity.ParityWeights;
import io.tiepoint.train.torch.Weights;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** The weights of the reference outputs, taken over strictly. */
public final class ReferenceWeights {
    private ReferenceWeights() {}

    /** Takes them over; the test is skipped where the folder is missing. */
    public static Weights of(Network network, String name) throws IOException {
        Map<String, ParityWeights.ParityTensor> tensors = ParityWeights.of(name);
        // A buffer of the reference that no layer computes with: it follows from the number of layers.
        tensors.remove("confidence_thresholds");
        Map<String, float[]> values = new LinkedHashMap<>();
        tensors.forEach((key, tensor) -> values.put(key, tensor.values()));
        for (ParameterSpec spec : network.parameters()) {
            ParityWeights.ParityTensor tensor = tensors.get(spec.name());
            if (tensor != null && !tensor.shape().equals(spec.shape())) {
                throw new IllegalStateException(
                        spec.name() + ": expected shape " + tensor.shape() + ", found " + spec.shape());
            }
        }
        return Weights.of(network, values, name);
    }
}
