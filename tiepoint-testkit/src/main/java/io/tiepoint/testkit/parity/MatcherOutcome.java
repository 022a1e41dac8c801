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
     * @param where who computed, of {@link ParityRecord}'s
     */
    public static void assertSameMatches(MatcherCase example, Matches mutual, double minScore, String where)
            throws IOException {
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
            assertEqual(example, "matches" + view, matches, where);
            assertScores(example, "matching_scores" + view, scores, where);
        }
        if (example.has("matches")) {
            assertSameList(example, mutual, minScore, where);
        }
    }

    private static void assertSameList(MatcherCase example, Matches mutual, double minScore, String where)
            throws IOException {
        int count = 0;
        float[] pairs = new float[2 * mutual.size()];
        float[] scores = new float[mutual.size()];
        for (int i = 0; i < mutual.size(); i++) {
            if (mutual.score(i) > (float) minScore) {
                pairs[2 * count] = mutual.index0(i);
                pairs[2 * count + 1] = mutual.index1(i);
                scores[count++] = mutual.score(i);
            }
        }
        assertEqual(example, "matches", Arrays.copyOf(pairs, 2 * count), where);
        if (example.has("scores")) {
            assertScores(example, "scores", Arrays.copyOf(scores, count), where);
        }
    }

    private static void assertEqual(MatcherCase example, String output, float[] found, String where)
            throws IOException {
        float[] expected = example.output(output).values();
        ParityRecord.note(example + "/" + output, where, 0, Tolerance.largestDifference(found, expected));
        assertThat(found).as("%s: %s", example, output).containsExactly(expected);
    }

    private static void assertScores(MatcherCase example, String output, float[] found, String where)
            throws IOException {
        ParityRecord.assertWithin(
                example + "/" + output, where, found, example.output(output).values(), SCORE_TOLERANCE);
    }

    /** Fails unless it stopped after the same layer and dropped the same keypoints at the same layers. */
    public static void assertSameWay(MatcherCase example, AdaptiveMatches found, String where) throws IOException {
        assertEqual(example, "stop", new float[] {found.layers()}, where);
        assertEqual(example, "prune0", numbers(found.layers0()), where);
        assertEqual(example, "prune1", numbers(found.layers1()), where);
    }

    private static float[] numbers(int[] whole) {
        float[] numbers = new float[whole.length];
        for (int i = 0; i < whole.length; i++) {
            numbers[i] = whole[i];
        }
        return numbers;
    }
}
