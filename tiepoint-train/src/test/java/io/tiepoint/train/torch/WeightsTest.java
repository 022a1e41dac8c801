package io.tiepoint.train.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tiepoint.core.random.Seed;
import io.tiepoint.train.network.CompactExtractor;
import io.tiepoint.train.network.LightGlueNetwork;
import io.tiepoint.train.network.Network;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class WeightsTest {
    private static final Network NETWORK = new CompactExtractor(List.of(4), List.of(4), 4, 8);

    @BeforeAll
    static void load() {
        Torch.load(1);
    }

    private static Map<String, float[]> values() {
        try (Weights weights = Weights.initial(NETWORK, new Seed(1))) {
            return weights.values();
        }
    }

    private static void assertRefused(Map<String, float[]> values, String message) {
        assertThatThrownBy(() -> Weights.of(NETWORK, values, "x.safetensors").close())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void keepsTheValuesAndTheirOrder() {
        Map<String, float[]> values = values();
        try (Weights weights = Weights.of(NETWORK, values, "test")) {
            assertThat(weights.values()).usingRecursiveComparison().isEqualTo(values);
            assertThat(new ArrayList<>(weights.values().keySet()))
                    .isEqualTo(NETWORK.parameters().stream()
                            .map(spec -> spec.name())
                            .toList());
        }
    }

    @Test
    void refusesAMissingTensor() {
        Map<String, float[]> values = values();
        values.remove("detector.1.bias");

        assertRefused(values, "x.safetensors: detector.1.bias: expected a tensor of shape [65], found none");
    }

    @Test
    void refusesATensorTooMany() {
        Map<String, float[]> values = values();
        values.put("detector.2.bias", new float[1]);

        assertRefused(values, "x.safetensors: expected no tensor detector.2.bias, found one");
    }

    @Test
    void refusesATensorOfAnotherSize() {
        Map<String, float[]> values = values();
        values.put("descriptor.1.weight", new float[31]);

        assertRefused(values, "x.safetensors: descriptor.1.weight: expected shape [8, 4, 1, 1], found 31 values");
    }

    @Test
    void initialValuesFollowFromSeedAndNameAlone() {
        LightGlueNetwork shallow = new LightGlueNetwork(8, 8, 1, 2);
        LightGlueNetwork deep = new LightGlueNetwork(8, 8, 2, 2);
        try (Weights one = Weights.initial(shallow, new Seed(5));
                Weights two = Weights.initial(deep, new Seed(5));
                Weights other = Weights.initial(shallow, new Seed(6))) {
            for (Map.Entry<String, float[]> entry : one.values().entrySet()) {
                assertThat(two.values().get(entry.getKey())).isEqualTo(entry.getValue());
            }
            String name = "transformers.0.self_attn.Wqkv.weight";
            assertThat(Objects.requireNonNull(other.values().get(name))[0])
                    .isNotEqualTo(Objects.requireNonNull(one.values().get(name))[0]);
        }
    }
}
