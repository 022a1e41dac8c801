package io.tiepoint.train.weights;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Everything in a file of weights.
 *
 * @param tensors by name, in the file's order; what lies in nested dictionaries has a name with dots, such as
 *     {@code model.conv1a.weight}
 * @param metadata text by key, where the format has any
 */
public record StateDict(Map<String, StoredTensor> tensors, Map<String, String> metadata) {
    /** Copies the maps and keeps their order. */
    public StateDict {
        tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
        metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
    }

    /** Number of values of all tensors. */
    public long parameterCount() {
        return tensors.values().stream().mapToLong(StoredTensor::size).sum();
    }
}
