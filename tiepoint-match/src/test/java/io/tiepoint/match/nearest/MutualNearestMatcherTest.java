package io.tiepoint.match.nearest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tiepoint.core.features.Descriptors;
import io.tiepoint.core.features.FeatureMatcher;
import io.tiepoint.core.features.Keypoints;
import io.tiepoint.core.features.LocalFeatures;
import io.tiepoint.core.features.Matches;
import io.tiepoint.core.image.ImageSize;
import io.tiepoint.core.random.Draws;
import io.tiepoint.core.random.Seed;
import io.tiepoint.match.nearest.NearestOptions.DualSoftmax;
import io.tiepoint.testkit.FeatureMatcherContract;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MutualNearestMatcherTest extends FeatureMatcherContract {
    private static final int DIMENSION = 16;

    @Override
    protected FeatureMatcher open() {
        return new MutualNearestMatcher(NearestOptions.MUTUAL);
    }

    @Override
    protected Descriptors descriptors(int count, Draws draws) {
        return random(count, draws);
    }

    private static Descriptors random(int count, Draws draws) {
        float[] values = new float[count * DIMENSION];
        for (int i = 0; i < count; i++) {
            double sum = 0;
            for (int d = 0; d < DIMENSION; d++) {
                values[i * DIMENSION + d] = (float) draws.nextGaussian();
                sum += values[i * DIMENSION + d] * values[i * DIMENSION + d];
            }
            for (int d = 0; d < DIMENSION; d++) {
                values[i * DIMENSION + d] /= (float) Math.sqrt(sum);
            }
        }
        return Descriptors.wrap(count, DIMENSION, values);
    }

    /** The other side: the same in another order with noise, and some that are new. */
    private static Descriptors noisy(Descriptors from, int count, double noise, Draws draws) {
        float[] values = random(count, draws).values();
        for (int i = 0; i < Math.min(count, from.size()); i++) {
            int source = (i * 7) % from.size();
            double sum = 0;
            for (int d = 0; d < DIMENSION; d++) {
                int at = i * DIMENSION + d;
                values[at] = (float) (from.values()[source * DIMENSION + d] + noise * values[at]);
                sum += values[at] * values[at];
            }
            for (int d = 0; d < DIMENSION; d++) {
                values[i * DIMENSION + d] /= (float) Math.sqrt(sum);
            }
        }
        return Descriptors.wrap(count, DIMENSION, values);
    }

    private static LocalFeatures features(Descriptors descriptors) {
        int count = descriptors.size();
        return new LocalFeatures(
                Keypoints.of(new float[2 * count], new float[count]), descriptors, new ImageSize(8, 8));
    }

    private static double similarity(Descriptors a, int i, Descriptors b, int j) {
        double sum = 0;
        for (int d = 0; d < a.dimension(); d++) {
            sum += (double) a.values()[i * a.dimension() + d] * b.values()[j * b.dimension() + d];
        }
        return sum;
    }

    static LongStream seeds() {
        return LongStream.range(0, 8);
    }

    private static Matches match(NearestOptions options, Descriptors descriptors0, Descriptors descriptors1) {
        try (FeatureMatcher matcher = new MutualNearestMatcher(options)) {
            return matcher.match(features(descriptors0), features(descriptors1));
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void findsWhatTryingAllPairsFinds(long seed) {
        Draws draws = new Seed(seed).draws();
        int rows = 1 + draws.nextInt(700);
        Descriptors descriptors0 = random(rows, draws);
        Descriptors descriptors1 = noisy(descriptors0, 1 + draws.nextInt(700), 0.7, draws);
        NearestOptions options = new NearestOptions(0.3, 0.9, null);

        Matches matches = match(options, descriptors0, descriptors1);

        int found = 0;
        for (int i = 0; i < rows; i++) {
            int j = nearest(descriptors0, i, descriptors1, -1);
            boolean mutual = nearest(descriptors1, j, descriptors0, -1) == i;
            double best = similarity(descriptors0, i, descriptors1, j);
            if (mutual
                    && best >= 0.3
                    && ratio(descriptors0, i, descriptors1, j) < 0.9
                    && ratio(descriptors1, j, descriptors0, i) < 0.9) {
                assertThat(matches.index0(found)).isEqualTo(i);
                assertThat(matches.index1(found)).isEqualTo(j);
                assertThat(matches.score(found)).isCloseTo((float) best, within(1e-5f));
                found++;
            }
        }
        assertThat(matches.size()).isEqualTo(found);
    }

    private static int nearest(Descriptors from, int i, Descriptors to, int without) {
        int best = -1;
        for (int j = 0; j < to.size(); j++) {
            if (j != without && (best < 0 || similarity(from, i, to, j) > similarity(from, i, to, best))) {
                best = j;
            }
        }
        return best;
    }

    private static double ratio(Descriptors from, int i, Descriptors to, int nearest) {
        int second = nearest(from, i, to, nearest);
        return second < 0
                ? 0
                : Math.sqrt((1 - similarity(from, i, to, nearest)) / (1 - similarity(from, i, to, second)));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void findsTheSameInBothDirections(long seed) {
        Draws draws = new Seed(seed).draws();
        Descriptors descriptors0 = random(200, draws);
        Descriptors descriptors1 = noisy(descriptors0, 150, 0.4, draws);
        NearestOptions softmax = new NearestOptions(-1, 1, new DualSoftmax(0.1, 0.05));

        for (NearestOptions options : new NearestOptions[] {NearestOptions.MUTUAL, NearestOptions.RATIO, softmax}) {
            Matches forward = match(options, descriptors0, descriptors1);
            Matches backward = match(options, descriptors1, descriptors0);

            assertThat(backward.size()).isEqualTo(forward.size()).isPositive();
            int[] to1 = new int[200];
            for (int i = 0; i < forward.size(); i++) {
                to1[forward.index0(i)] = forward.index1(i);
            }
            for (int i = 0; i < backward.size(); i++) {
                assertThat(to1[backward.index1(i)]).isEqualTo(backward.index0(i));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.01, 0.1, 1})
    void givesTheProductOfTwoSoftmaxesAsProbability(double temperature) {
        Draws draws = new Seed(3).draws();
        Descriptors descriptors0 = random(40, draws);
        Descriptors descriptors1 = noisy(descriptors0, 50, 0.3, draws);

        Matches matches = match(new NearestOptions(-1, 1, new DualSoftmax(temperature, 0)), descriptors0, descriptors1);

        assertThat(matches.size()).isGreaterThan(20);
        for (int m = 0; m < matches.size(); m++) {
            int i = matches.index0(m);
            int j = matches.index1(m);
            double ofRow = 0;
            double ofColumn = 0;
            double best = similarity(descriptors0, i, descriptors1, j);
            for (int k = 0; k < 50; k++) {
                ofRow += Math.exp((similarity(descriptors0, i, descriptors1, k) - best) / temperature);
            }
            for (int k = 0; k < 40; k++) {
                ofColumn += Math.exp((similarity(descriptors0, k, descriptors1, j) - best) / temperature);
            }
            assertThat(matches.score(m)).isCloseTo((float) (1 / (ofRow * ofColumn)), within(1e-3f));
        }
    }

    @Test
    void neverMatchesDescriptorsThatAreNotNumbers() {
        float[] values = new float[2 * DIMENSION];
        java.util.Arrays.fill(values, Float.NaN);
        Descriptors broken = Descriptors.wrap(2, DIMENSION, values);

        assertThat(match(NearestOptions.MUTUAL, broken, broken)).isEqualTo(Matches.NONE);
    }

    @Test
    void rejectsOptionsThatMeanNothing() {
        assertThatThrownBy(() -> new NearestOptions(-1, 0, null)).hasMessage("maxRatio: expected in (0, 1], found 0.0");
        assertThatThrownBy(() -> new DualSoftmax(0, 0.1)).hasMessage("temperature: expected >= 0.005, found 0.0");
    }

    @ParameterizedTest
    @ValueSource(floats = {0, -1e-6f, -0.3f, -1, -5.5f, -30, -86.9f, -88, -1000, Float.NEGATIVE_INFINITY})
    void computesExponentials(float x) {
        double expected = x < -87 ? 0 : Math.exp(x);
        assertThat(Exponential.of(x)).isCloseTo((float) expected, within((float) (2e-5 * expected)));
    }
}
