package io.tiepoint.match.nearest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tiepoint.core.features.Descriptors;
import io.tiepoint.core.features.FeatureMatcher;
import io.tiepoint.core.features.Keypoints;
import io.tiepoint.core.features.LocalFeatures;
import io.tiepoint.core.features.Matches;
import io.tiepoint.core.image.ImageSize;
import io.tiepoint.core.random.Draws;
import io.tiepoint.testkit.FeatureMatcherContract;
import org.junit.jupiter.api.Test;

class HammingMatcherTest extends FeatureMatcherContract {
    @Override
    protected FeatureMatcher open() {
        return new HammingMatcher();
    }

    @Override
    protected Descriptors descriptors(int count, Draws draws) {
        float[] values = new float[32 * count];
        for (int i = 0; i < values.length; i++) {
            values[i] = draws.nextInt(256);
        }
        return Descriptors.wrap(count, 32, values);
    }

    private static LocalFeatures bytes(float... values) {
        return new LocalFeatures(
                Keypoints.of(new float[2 * values.length], new float[values.length]),
                Descriptors.wrap(values.length, 1, values),
                new ImageSize(8, 8));
    }

    @Test
    void countsDifferentBits() {
        try (FeatureMatcher matcher = open()) {
            Matches matches = matcher.match(bytes(0b1111_0000, 0b0000_0000), bytes(0b0000_0001, 0b1111_0010));

            assertThat(matches.size()).isEqualTo(2);
            assertThat(matches.index1(0)).isEqualTo(1);
            assertThat(matches.index1(1)).isEqualTo(0);
            assertThat(matches.score(0)).isEqualTo(7 / 8f);
        }
    }

    @Test
    void refusesDescriptorsThatAreNoBytes() {
        try (FeatureMatcher matcher = open()) {
            assertThatThrownBy(() -> matcher.match(bytes(0.5f), bytes(1)))
                    .hasMessage("descriptors0: expected bytes from 0 to 255, found 0.5");
        }
    }
}
