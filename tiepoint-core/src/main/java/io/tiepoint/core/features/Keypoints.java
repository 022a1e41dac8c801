package io.tiepoint.core.features;

import io.tiepoint.core.check.Check;
import io.tiepoint.core.geometry.PixelPoint;
import java.util.Arrays;

/**
 * Locations in one image, each with a score and, from some extractors, a scale and an orientation; px in
 * {@link io.tiepoint.core.geometry.PixelFrame#CORNER}.
 */
public final class Keypoints {
    /** No keypoint. */
    public static final Keypoints NONE = new Keypoints(new float[0], new float[0], new float[0]);

    private final float[] positions;
    private final float[] scores;
    /** [N 2] scale, orientation; empty where they are not known. */
    private final float[] shapes;

    private Keypoints(float[] positions, float[] scores, float[] shapes) {
        this.positions = positions;
        this.scores = scores;
        this.shapes = shapes;
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
        return new Keypoints(positions.clone(), scores.clone(), new float[0]);
    }

    /**
     * The same keypoints with scales and orientations.
     *
     * @param scales [N] px
     * @param orientations [N] radians
     */
    public Keypoints with(float[] scales, float[] orientations) {
        Check.that(
                scales.length == size() && orientations.length == size(),
                "scales and orientations: expected %s of each, found %s and %s",
                size(),
                scales.length,
                orientations.length);
        float[] both = new float[2 * size()];
        for (int i = 0; i < size(); i++) {
            both[2 * i] = scales[i];
            both[2 * i + 1] = orientations[i];
        }
        return new Keypoints(positions, scores, both);
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

    /** Whether each keypoint has a scale and an orientation. */
    public boolean hasScalesAndOrientations() {
        return shapes.length > 0;
    }

    /** Scale of one keypoint, px. */
    public float scale(int index) {
        return shapes[2 * index];
    }

    /** Orientation of one keypoint, radians. */
    public float orientation(int index) {
        return shapes[2 * index + 1];
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
        float[] chosenShapes = new float[hasScalesAndOrientations() ? chosenPositions.length : 0];
        for (int i = 0; i < indices.length; i++) {
            chosenPositions[2 * i] = positions[2 * indices[i]];
            chosenPositions[2 * i + 1] = positions[2 * indices[i] + 1];
            chosenScores[i] = scores[indices[i]];
            if (chosenShapes.length > 0) {
                System.arraycopy(shapes, 2 * indices[i], chosenShapes, 2 * i, 2);
            }
        }
        return new Keypoints(chosenPositions, chosenScores, chosenShapes);
    }

    /** The same keypoints by falling score; equal scores keep their order. */
    public Keypoints bestFirst() {
        return select(GreedySuppression.bestFirst(scores));
    }

    /**
     * The same keypoints elsewhere, with their scores, scales and orientations.
     *
     * @param moved [N 2] x, y; px, corner frame
     */
    public Keypoints movedTo(float[] moved) {
        Check.that(
                moved.length == positions.length,
                "positions: expected shape [%s 2], found %s values",
                size(),
                moved.length);
        return new Keypoints(moved.clone(), scores, shapes);
    }

    /** The same keypoints in the resized image; a scale grows with the root of its area. */
    public Keypoints scaled(double scaleX, double scaleY) {
        float[] scaled = new float[positions.length];
        for (int i = 0; i < positions.length; i += 2) {
            scaled[i] = (float) (positions[i] * scaleX);
            scaled[i + 1] = (float) (positions[i + 1] * scaleY);
        }
        float[] scaledShapes = shapes.clone();
        for (int i = 0; i < shapes.length; i += 2) {
            scaledShapes[i] = (float) (shapes[i] * Math.sqrt(scaleX * scaleY));
        }
        return new Keypoints(scaled, scores, scaledShapes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Keypoints that
                && Arrays.equals(positions, that.positions)
                && Arrays.equals(scores, that.scores)
                && Arrays.equals(shapes, that.shapes);
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
