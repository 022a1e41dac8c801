package io.tiepoint.core.features;

import io.tiepoint.core.check.Check;
import java.util.Arrays;

/** Pairs of keypoint indices, each with a score in [0, 1]; every keypoint is in one pair at most. */
public final class Matches {
    /** No match. */
    public static final Matches NONE = new Matches(new int[0], new int[0], new float[0]);

    private final int[] indices0;
    private final int[] indices1;
    private final float[] scores;

    private Matches(int[] indices0, int[] indices1, float[] scores) {
        this.indices0 = indices0;
        this.indices1 = indices1;
        this.scores = scores;
    }

    /**
     * Copies pairs.
     *
     * @param indices0 [M] keypoint of view 0, each at most once
     * @param indices1 [M] keypoint of view 1, each at most once
     * @param scores [M] in [0, 1]
     */
    public static Matches of(int[] indices0, int[] indices1, float[] scores) {
        Check.that(
                indices0.length == indices1.length && indices0.length == scores.length,
                "matches: expected as many indices0 as indices1 and scores, found %s, %s and %s",
                indices0.length,
                indices1.length,
                scores.length);
        checkUsedOnce("indices0", indices0);
        checkUsedOnce("indices1", indices1);
        return new Matches(indices0.clone(), indices1.clone(), scores.clone());
    }

    private static void checkUsedOnce(String name, int[] indices) {
        int[] sorted = indices.clone();
        Arrays.sort(sorted);
        for (int i = 0; i < sorted.length; i++) {
            Check.that(sorted[i] >= 0, "%s: expected indices >= 0, found %s", name, sorted[i]);
            Check.that(
                    i == 0 || sorted[i] != sorted[i - 1],
                    "%s: expected each keypoint at most once, found %s twice",
                    name,
                    sorted[i]);
        }
    }

    /** Number of matches. */
    public int size() {
        return scores.length;
    }

    /** Keypoint of view 0. */
    public int index0(int match) {
        return indices0[match];
    }

    /** Keypoint of view 1. */
    public int index1(int match) {
        return indices1[match];
    }

    /** Score in [0, 1]. */
    public float score(int match) {
        return scores[match];
    }

    /** The chosen ones, in the given order. */
    public Matches select(int[] chosen) {
        int[] chosen0 = new int[chosen.length];
        int[] chosen1 = new int[chosen.length];
        float[] chosenScores = new float[chosen.length];
        for (int i = 0; i < chosen.length; i++) {
            chosen0[i] = indices0[chosen[i]];
            chosen1[i] = indices1[chosen[i]];
            chosenScores[i] = scores[chosen[i]];
        }
        return of(chosen0, chosen1, chosenScores);
    }

    /**
     * The same pairs of keypoints that had been chosen from others.
     *
     * @param chosen0 for each keypoint of view 0 that the pairs speak of, which one it was among the others
     * @param chosen1 likewise of view 1
     */
    public Matches renamed(int[] chosen0, int[] chosen1) {
        int[] renamed0 = new int[indices0.length];
        int[] renamed1 = new int[indices1.length];
        for (int i = 0; i < renamed0.length; i++) {
            renamed0[i] = chosen0[indices0[i]];
            renamed1[i] = chosen1[indices1[i]];
        }
        return of(renamed0, renamed1, scores);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Matches that
                && Arrays.equals(indices0, that.indices0)
                && Arrays.equals(indices1, that.indices1)
                && Arrays.equals(scores, that.scores);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * Arrays.hashCode(indices0) + Arrays.hashCode(indices1)) + Arrays.hashCode(scores);
    }

    @Override
    public String toString() {
        return "Matches[" + size() + "]";
    }
}
