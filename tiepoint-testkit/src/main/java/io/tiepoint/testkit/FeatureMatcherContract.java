package io.tiepoint.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tiepoint.core.features.Descriptors;
import io.tiepoint.core.features.FeatureMatcher;
import io.tiepoint.core.features.Keypoints;
import io.tiepoint.core.features.LocalFeatures;
import io.tiepoint.core.features.Matches;
import io.tiepoint.core.image.ImageSize;
import io.tiepoint.core.random.Draws;
import io.tiepoint.core.random.Seed;
import java.util.BitSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link FeatureMatcher} promises. A test class for each implementation extends this. */
public abstract class FeatureMatcherContract {
    private static final ImageSize SIZE = new ImageSize(640, 480);

    /** Opens the matcher; the contract closes it. */
    protected abstract FeatureMatcher open();

    /** Descriptors of the kind that it takes, all different. */
    protected abstract Descriptors descriptors(int count, Draws draws);

    /** Local features at random positions. */
    protected final LocalFeatures features(int count, long seed) {
        Draws draws = new Seed(seed).child("features").draws();
        float[] positions = new float[2 * count];
        float[] scores = new float[count];
        for (int i = 0; i < count; i++) {
            positions[2 * i] = (float) (draws.nextDouble() * SIZE.width());
            positions[2 * i + 1] = (float) (draws.nextDouble() * SIZE.height());
            scores[i] = (float) draws.nextDouble();
        }
        return new LocalFeatures(Keypoints.of(positions, scores), descriptors(count, draws), SIZE);
    }

    @Test
    void findsNothingWhenEitherSideIsEmpty() {
        try (FeatureMatcher matcher = open()) {
            assertThat(matcher.match(features(0, 1), features(5, 2))).isEqualTo(Matches.NONE);
            assertThat(matcher.match(features(5, 1), features(0, 2))).isEqualTo(Matches.NONE);
            assertThat(matcher.match(features(0, 1), features(0, 2))).isEqualTo(Matches.NONE);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 17, 300})
    void usesEachKeypointAtMostOnceAndScoresInTheUnitInterval(int count) {
        try (FeatureMatcher matcher = open()) {
            Matches matches = matcher.match(features(count, 3), features(count + 5, 4));

            BitSet used0 = new BitSet();
            BitSet used1 = new BitSet();
            for (int i = 0; i < matches.size(); i++) {
                assertThat(matches.index0(i)).isBetween(0, count - 1);
                assertThat(matches.index1(i)).isBetween(0, count + 4);
                assertThat(matches.score(i)).isBetween(0f, 1f);
                assertThat(used0.get(matches.index0(i))).isFalse();
                assertThat(used1.get(matches.index1(i))).isFalse();
                used0.set(matches.index0(i));
                used1.set(matches.index1(i));
            }
        }
    }

    @Test
    void givesTheSameAgain() {
        try (FeatureMatcher matcher = open()) {
            Matches matches = matcher.match(features(50, 5), features(60, 6));

            assertThat(matcher.match(features(50, 5), features(60, 6))).isEqualTo(matches);
        }
    }

    @Test
    void saysThatDescriptorsOfDifferentSizesCannotBeMatched() {
        LocalFeatures features0 = features(5, 7);
        LocalFeatures features1 =
                new LocalFeatures(features(5, 8).keypoints(), Descriptors.wrap(5, 3, new float[15]), SIZE);
        try (FeatureMatcher matcher = open()) {
            assertThatThrownBy(() -> matcher.match(features0, features1))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("descriptors1: expected ");
        }
    }

    @Test
    void hasAName() {
        try (FeatureMatcher matcher = open()) {
            assertThat(matcher.name()).isNotBlank();
        }
    }
}
