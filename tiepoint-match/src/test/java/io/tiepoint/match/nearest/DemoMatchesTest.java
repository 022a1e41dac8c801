package io.tiepoint.match.nearest;

import static org.assertj.core.api.Assertions.assertThat;

import io.tiepoint.core.features.Descriptors;
import io.tiepoint.core.features.FeatureMatcher;
import io.tiepoint.core.features.Keypoints;
import io.tiepoint.core.features.LocalFeatures;
import io.tiepoint.core.features.Matches;
import io.tiepoint.core.image.ImageSize;
import io.tiepoint.testkit.SharedFiles;
import io.tiepoint.testkit.parity.NpyFile;
import io.tiepoint.testkit.parity.ParityRecord;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** The matcher of Magic Leap's demo (nn_match_two_way): mutually nearest descriptors that are no further apart than 0.7. */
class DemoMatchesTest {
    private static final double MAX_DISTANCE = 0.7;

    private static LocalFeatures features(String image) throws IOException {
        NpyFile file = NpyFile.read(
                SharedFiles.get("parity/superpoint/" + image + "/demo/descriptors_align_corners_false.npy"));
        int dimension = file.size(0);
        int count = file.size(1);
        float[] columns = file.values();
        float[] values = new float[columns.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = columns[i % dimension * count + i / dimension];
        }
        return new LocalFeatures(
                Keypoints.of(new float[2 * count], new float[count]),
                Descriptors.wrap(count, dimension, values),
                new ImageSize(8, 8));
    }

    @Test
    void areTheReferences() throws IOException {
        NpyFile expected = NpyFile.read(SharedFiles.get("parity/superpoint/demo_nn_match_two_way_a_b.npy"));
        int count = expected.size(1);
        float[] values = expected.values();
        Matches matches;
        try (FeatureMatcher matcher = new MutualNearestMatcher(NearestOptions.MUTUAL.withMaxDistance(MAX_DISTANCE))) {
            matches = matcher.match(features("a"), features("b"));
        }

        assertThat(matches.size()).isEqualTo(count).isPositive();
        float[] found = new float[values.length];
        for (int m = 0; m < count; m++) {
            found[m] = matches.index0(m);
            found[count + m] = matches.index1(m);
            found[2 * count + m] = (float) Math.sqrt(2 - 2 * matches.score(m));
        }
        ParityRecord.assertWithin("superpoint/demo_nn_match_two_way_a_b", ParityRecord.JAVA, found, values, 1e-5);
    }

    @Test
    void allMutualOnesAreMoreThanTheReferences() throws IOException {
        try (FeatureMatcher all = new MutualNearestMatcher(NearestOptions.MUTUAL);
                FeatureMatcher near = new MutualNearestMatcher(NearestOptions.MUTUAL.withMaxDistance(MAX_DISTANCE))) {
            Matches mutual = all.match(features("a"), features("b"));

            assertThat(near.match(features("a"), features("b")).size()).isLessThan(mutual.size());
            for (int m = 0; m < mutual.size(); m++) {
                assertThat(mutual.score(m)).isBetween(0f, 1f);
            }
        }
    }
}
