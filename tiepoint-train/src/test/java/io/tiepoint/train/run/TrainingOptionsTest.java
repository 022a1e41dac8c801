package io.tiepoint.train.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class TrainingOptionsTest {
    private static final Offset<Double> CLOSE = Offset.offset(1e-12);

    @Test
    void learningRateGrowsThenFallsAlongACosineToAFiftieth() {
        TrainingOptions options = new TrainingOptions(1000, 0.5, 10, 0, 1, 1, 1);

        assertThat(options.learningRateAt(0)).isCloseTo(0.05, CLOSE);
        assertThat(options.learningRateAt(9)).isCloseTo(0.5, Offset.offset(1e-3));
        assertThat(options.learningRateAt(500)).isCloseTo(0.5 * 0.51, CLOSE);
        assertThat(options.learningRateAt(1000)).isCloseTo(0.5 * 0.02, CLOSE);
        for (int step = 10; step < 1000; step++) {
            assertThat(options.learningRateAt(step)).isLessThan(options.learningRateAt(step - 1));
        }
    }

    @Test
    void withoutAWarmUpTheFirstStepHasTheFullRate() {
        assertThat(new TrainingOptions(10, 0.5, 0, 0, 1, 1, 1).learningRateAt(0))
                .isCloseTo(0.5, CLOSE);
    }

    @Test
    void rejectsWhatCannotBe() {
        assertThatThrownBy(() -> new TrainingOptions(0, 0.5, 0, 0, 1, 1, 1)).hasMessage("steps: expected > 0, found 0");
        assertThatThrownBy(() -> new TrainingOptions(1, Double.NaN, 0, 0, 1, 1, 1))
                .hasMessage("learningRate: expected > 0, found NaN");
        assertThatThrownBy(() -> new TrainingOptions(1, 0.5, 0, 0, 0, 1, 1))
                .hasMessage("clipNorm: expected > 0, found 0.0");
    }
}
