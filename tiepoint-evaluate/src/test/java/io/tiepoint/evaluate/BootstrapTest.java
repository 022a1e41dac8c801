package io.tiepoint.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tiepoint.core.random.Seed;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BootstrapTest {
    private static List<String> scenes(int count) {
        return IntStream.range(0, count).mapToObj(i -> "scene" + i).toList();
    }

    private static Estimate mean(double[] values, List<String> scenes, long seed) {
        return new Bootstrap(scenes, 1000, new Seed(seed)).estimate(items -> BandSummary.mean(values, items));
    }

    @Test
    void hasTheWidthThatTheoryGivesForAMean() {
        double[] values = new Seed(1).draws().doubles(400).toArray();

        // Uniform values have standard deviation 0.289; 1.96 of it over sqrt(400).
        assertThat(mean(values, scenes(400), 2).halfWidth()).isCloseTo(1.96 * 0.289 / 20, within(0.004));
    }

    @Test
    void isTheSameForTheSameSeedAndOnlyThen() {
        double[] values = new Seed(1).draws().doubles(50).toArray();

        assertThat(mean(values, scenes(50), 2)).isEqualTo(mean(values, scenes(50), 2));
        assertThat(mean(values, scenes(50), 2)).isNotEqualTo(mean(values, scenes(50), 3));
    }

    @Test
    void isWiderWherePairsOfASceneAgree() {
        double[] values = new double[200];
        double[] perScene = new Seed(1).draws().doubles(20).toArray();
        for (int i = 0; i < 200; i++) {
            values[i] = perScene[i / 10];
        }
        List<String> clustered =
                IntStream.range(0, 200).mapToObj(i -> "scene" + i / 10).toList();

        assertThat(mean(values, clustered, 2).halfWidth())
                .isGreaterThan(2 * mean(values, scenes(200), 2).halfWidth());
    }

    @Test
    void hasNoWidthForOneSceneOrNone() {
        assertThat(mean(new double[] {1, 3}, Collections.nCopies(2, "only"), 2)).isEqualTo(new Estimate(2, 2, 2));
        assertThat(mean(new double[0], List.of(), 2)).isEqualTo(new Estimate(0, 0, 0));
    }
}
