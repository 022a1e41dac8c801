package io.tiepoint.core.features;

import io.tiepoint.core.check.Check;
import io.tiepoint.core.geometry.PixelPoint;
import java.util.Arrays;

/** Locations in one image, each with a score; px in {@link io.tiepoint.core.geometry.PixelFrame#CORNER}. */
public final class Keypoints {
    /** No keypoint. */
    public static final Keypoints NONE = new Keypoints(new float[0], new float[0]);

    private final float[] positions;
    private final float[] scores;

    private Keypoints(float[] positions, float[] scores) {
        this.positions = positions;
        this.scores = scores;
    }

    /**
     * Copies locations and scores.
     *
     * @param positions [N 2] x, y; px, corner frame
     * @param scores [N] higher is better
     */
    public static Keypoints of(float[] positions, float[] scores) {
        Check.that(
                positions.length == 2 * scores.length,
                "positions: expected shape [%s 2], found %s values",
                scores.length,
                positions.length);
        return new Keypoints(positions.clone(), scores.clone());
    }

    /** Number of keypoints. */
    public int size() {
        return scores.length;
    }

    /** Whether there is none. */
    public boolean isEmpty() {
        return scores.length == 0;
    }

    /** Horizontal position of one keypoint, px. */
    public float x(int index) {
        return positions[2 * index];
    }

    /** Vertical position of one keypoint, px. */
    public float y(int index) {
        return positions[2 * index + 1];
    }

    /** Score of one keypoint. */
    public float score(int index) {
        return scores[index];
    }

    /** Position of one keypoint. */
    public PixelPoint point(int index) {
        return new PixelPoint(x(index), y(index));
    }

    /** [N 2] x, y; px; a copy. */
    public float[] positions() {
        return positions.clone();
    }

    /** [N] scores; a copy. */
    public float[] scores() {
        return scores.clone();
    }

    /** The chosen ones, in the given order. */
    public Keypoints select(int[] indices) {
        float[] chosenPositions = new float[2 * indices.length];
        float[] chosenScores = new float[indices.length];
        for (int i = 0; i < indices.length; i++) {
            chosenPositions[2 * i] = positions[2 * indices[i]];
            chosenPositions[2 * i + 1] = positions[2 * indices[i] + 1];
            chosenScores[i] = scores[indices[i]];
        }
        return new Keypoints(chosenPositions, chosenScores);
    }

    /** The same keypoints in the resized image. */
    public Keypoints scaled(double scaleX, double scaleY) {
        float[] scaled = new float[positions.length];
        for (int i = 0; i < positions.length; i += 2) {
            scaled[i] = (float) (positions[i] * scaleX);
            scaled[i + 1] = (float) (positions[i + 1] * scaleY);
        }
        return new Keypoints(scaled, scores);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Keypoints that
                && Arrays.equals(positions, that.positions)
                && Arrays.equals(scores, that.scores);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(positions) + Arrays.hashCode(scores);
    }

    @Override
    public String toString() {
        return "Keypoints[" + size() + "]";
    }
}
