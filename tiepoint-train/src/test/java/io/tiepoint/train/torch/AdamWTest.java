package io.tiepoint.train.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tiepoint.train.network.Network;
import io.tiepoint.train.network.ParameterSpec;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.assertj.core.data.Offset;
import org.bytedeco.javacpp.PointerScope;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdamWTest {
    private static final Network NETWORK = () -> List.of(
            new ParameterSpec("a", List.of(2L), ParameterSpec.Init.CONSTANT, 0),
            new ParameterSpec("b", List.of(1L, 2L), ParameterSpec.Init.CONSTANT, 0));
    private static final Offset<Double> CLOSE = Offset.offset(1e-6);

    @BeforeAll
    static void load() {
        Torch.load(1);
    }

    private static Weights start() {
        return Weights.of(NETWORK, Map.of("a", new float[] {1, -2}, "b", new float[] {0.5f, 3}), "test");
    }

    private static float[] flat(Weights weights) {
        Map<String, float[]> values = weights.values();
        float[] a = Objects.requireNonNull(values.get("a"));
        float[] b = Objects.requireNonNull(values.get("b"));
        return new float[] {a[0], a[1], b[0], b[1]};
    }

    /** Leaves this gradient with the weights. */
    private static void setGradient(AdamW optimizer, Weights weights, double... gradient) {
        optimizer.clearGradients();
        try (PointerScope scope = new PointerScope()) {
            float[] a = {(float) gradient[0], (float) gradient[1]};
            float[] b = {(float) gradient[2], (float) gradient[3]};
            weights.get("a")
                    .mul(Tensors.of(a, 2))
                    .sum()
                    .add(weights.get("b").mul(Tensors.of(b, 1, 2)).sum())
                    .backward();
        }
    }

    /** Algorithm 2 of the paper for one number. */
    private static final class Scalar {
        private double value;
        private double moment1;
        private double moment2;

        Scalar(double value) {
            this.value = value;
        }

        void step(int t, double gradient, double learningRate, double decay) {
            moment1 = 0.9 * moment1 + 0.1 * gradient;
            moment2 = 0.999 * moment2 + 0.001 * gradient * gradient;
            double mean = moment1 / (1 - Math.pow(0.9, t));
            double square = moment2 / (1 - Math.pow(0.999, t));
            value -= learningRate * (mean / (Math.sqrt(square) + 1e-8) + decay * value);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.1})
    void goesTheStepsOfTheAlgorithm(double decay) {
        double[][] gradients = {{1, -0.5, 0, 2}, {0.1, 0.5, 0, -3}, {-1, 0.2, 1e-3, 1}, {0, 0, 0, 0}, {3, -1, 2, 0.7}};
        double[] rates = {0.1, 0.05, 0.2, 0.01, 0.1};
        Scalar[] expected = {new Scalar(1), new Scalar(-2), new Scalar(0.5), new Scalar(3)};
        try (Weights weights = start();
                AdamW optimizer = new AdamW(weights, decay, 100)) {
            for (int t = 1; t <= gradients.length; t++) {
                setGradient(optimizer, weights, gradients[t - 1]);
                double norm = optimizer.step(rates[t - 1]);
                double squares = 0;
                for (int i = 0; i < expected.length; i++) {
                    double gradient = gradients[t - 1][i];
                    squares += gradient * gradient;
                    expected[i].step(t, gradient, rates[t - 1], decay);
                    assertThat((double) flat(weights)[i])
                            .as("parameter %s after step %s", i, t)
                            .isCloseTo(expected[i].value, CLOSE);
                }
                assertThat(norm).isCloseTo(Math.sqrt(squares), CLOSE);
            }
            assertThat(optimizer.steps()).isEqualTo(5);
        }
    }

    @Test
    void shortensALongGradientAndTellsItsLength() {
        try (Weights weights = start();
                AdamW optimizer = new AdamW(weights, 0, 1)) {
            setGradient(optimizer, weights, 6, 0, 0, 8);

            assertThat(optimizer.step(0.1)).isCloseTo(10, CLOSE);
            float[] moment1 = Objects.requireNonNull(optimizer.state().get("optimizer.moment1"));
            assertThat(moment1).containsExactly(new float[] {0.06f, 0, 0, 0.08f}, Offset.offset(1e-6f));
        }
    }

    @Test
    void leavesAShortGradientAsItIs() {
        try (Weights weights = start();
                AdamW optimizer = new AdamW(weights, 0, 1)) {
            setGradient(optimizer, weights, 0.6, 0, 0, 0.2);

            assertThat(optimizer.step(0.1)).isCloseTo(Math.sqrt(0.4), CLOSE);
            float[] moment1 = Objects.requireNonNull(optimizer.state().get("optimizer.moment1"));
            assertThat(moment1).containsExactly(new float[] {0.06f, 0, 0, 0.02f}, Offset.offset(1e-6f));
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY})
    void leavesOutAStepWhoseGradientIsNotFinite(double bad) {
        try (Weights weights = start();
                AdamW optimizer = new AdamW(weights, 0.1, 1)) {
            setGradient(optimizer, weights, 1, 1, 1, 1);
            assertThat(optimizer.step(0.1)).isFinite();
            float[] before = flat(weights);
            Map<String, float[]> state = optimizer.state();
            setGradient(optimizer, weights, 1, bad, 1, 1);

            assertThat(optimizer.step(0.1)).isNotFinite();
            assertThat(flat(weights)).isEqualTo(before);
            assertThat(optimizer.state()).usingRecursiveComparison().isEqualTo(state);
            assertThat(optimizer.steps()).isEqualTo(1);
        }
    }

    @Test
    void goesOnFromAKeptStateAsIfNothingHadHappened() {
        try (Weights weights = start();
                AdamW optimizer = new AdamW(weights, 0.01, 1)) {
            setGradient(optimizer, weights, 1, -2, 3, 0.5);
            assertThat(optimizer.step(0.1)).isFinite();
            try (Weights restored = Weights.of(NETWORK, weights.values(), "kept");
                    AdamW resumed = new AdamW(restored, 0.01, 1)) {
                resumed.restore(optimizer.state(), optimizer.steps());
                setGradient(optimizer, weights, -1, 0.2, 0.3, 4);
                setGradient(resumed, restored, -1, 0.2, 0.3, 4);

                assertThat(resumed.step(0.2)).isEqualTo(optimizer.step(0.2));
                assertThat(flat(restored)).isEqualTo(flat(weights));
            }
        }
    }

    @Test
    void rejectsTheStateOfAnotherNetwork() {
        try (Weights weights = start();
                AdamW optimizer = new AdamW(weights, 0, 1)) {
            assertThatThrownBy(() -> optimizer.restore(Map.of("optimizer.moment1", new float[3]), 1))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("optimizer.moment1: expected 4 values, found 3");
        }
    }
}
