package io.tiepoint.core.features;

import java.util.Arrays;

/** Matches with the way that an adaptive matcher took to them. */
public final class AdaptiveMatches {
    private final Matches matches;
    private final int layers;
    private final int[] layers0;
    private final int[] layers1;

    private AdaptiveMatches(Matches matches, int layers, int[] layers0, int[] layers1) {
        this.matches = matches;
        this.layers = layers;
        this.layers0 = layers0;
        this.layers1 = layers1;
    }

    /**
     * Copies the numbers.
     *
     * @param matches what was found
     * @param layers that were begun, as LightGlue's {@code stop} counts them: 1 where there was nothing to match
     * @param layers0 for each keypoint of view 0 one more than the layers after which it was kept; all layers of the network where
     *     no keypoint may be dropped (LightGlue's {@code prune0})
     * @param layers1 likewise of view 1
     */
    public static AdaptiveMatches of(Matches matches, int layers, int[] layers0, int[] layers1) {
        return new AdaptiveMatches(matches, layers, layers0.clone(), layers1.clone());
    }

    /** For views of which at least one has no keypoint. */
    public static AdaptiveMatches none(int count0, int count1, Adaptivity adaptivity, int allLayers) {
        int[] layers0 = new int[count0];
        int[] layers1 = new int[count1];
        Arrays.fill(layers0, adaptivity.drops() ? 1 : allLayers);
        Arrays.fill(layers1, adaptivity.drops() ? 1 : allLayers);
        return new AdaptiveMatches(Matches.NONE, 1, layers0, layers1);
    }

    /** What was found. */
    public Matches matches() {
        return matches;
    }

    /** Number of layers that were begun. */
    public int layers() {
        return layers;
    }

    /** How many keypoints of view 0 were dropped before the last of these layers. */
    public int dropped0() {
        return dropped(layers0);
    }

    /** How many keypoints of view 1 were dropped before the last of these layers. */
    public int dropped1() {
        return dropped(layers1);
    }

    private int dropped(int[] ofKeypoints) {
        return Math.toIntExact(
                Arrays.stream(ofKeypoints).filter(kept -> kept < layers).count());
    }

    /** Layers of each keypoint of view 0; a copy. */
    public int[] layers0() {
        return layers0.clone();
    }

    /** Layers of each keypoint of view 1; a copy. */
    public int[] layers1() {
        return layers1.clone();
    }
}
