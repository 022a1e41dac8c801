package io.tiepoint.testkit.parity;

import static org.assertj.core.api.Assertions.assertThat;

import io.tiepoint.core.features.AdaptiveMatches;
import io.tiepoint.core.features.Matches;
import io.tiepoint.testkit.Tolerance;
import java.io.IOException;
import java.util.Arrays;

/** Compares a matcher's results with the reference's. Tolerances are those of the README beside the outputs. */
public final class MatcherOutcome {
    private static final double SCORE_TOLERANCE = 2e-5;

    private MatcherOutcome() {}

    /**
     * Fails unless all mutual pairs have the reference's scores and those above the threshold are its matches.
     *
     * @param mutual found with no smallest score
     * @param minScore the reference's
     */
    public static void assertSameMatches(MatcherCase example, Matches mutual, double minScore) throws IOException {
        for (int view = 0; view < 2; view++) {
            float[] scores = new float[example.count(view)];
            float[] matches = new float[example.count(view)];
            Arrays.fill(matches, -1);
            for (int i = 0; i < mutual.size(); i++) {
                int keypoint = view == 0 ? mutual.index0(i) : mutual.index1(i);
                scores[keypoint] = mutual.score(i);
                if (mutual.score(i) > (float) minScore) {
                    matches[keypoint] = view == 0 ? mutual.index1(i) : mutual.index0(i);
                }
            }
            assertThat(matches)
                    .as("%s: matches%s", example, view)
                    .containsExactly(example.output("matches" + view).values());
            assertThat(Tolerance.largestDifference(
                            scores, example.output("matching_scores" + view).values()))
                    .as("%s: matching_scores%s", example, view)
                    .isLessThanOrEqualTo(SCORE_TOLERANCE);
        }
    }

    /** Fails unless it stopped after the same layer and dropped the same keypoints at the same layers. */
    public static void assertSameWay(MatcherCase example, AdaptiveMatches found) throws IOException {
        assertThat((float) found.layers())
                .as("%s: stop", example)
                .isEqualTo(example.output("stop").values()[0]);
        assertSameLayers(example, "prune0", found.layers0());
        assertSameLayers(example, "prune1", found.layers1());
    }

    private static void assertSameLayers(MatcherCase example, String output, int[] layers) throws IOException {
        float[] expected = example.output(output).values();
        assertThat(layers).as("%s: %s", example, output).hasSize(expected.length);
        for (int i = 0; i < layers.length; i++) {
            assertThat((float) layers[i]).as("%s: %s of %s", example, output, i).isEqualTo(expected[i]);
        }
    }
}
