package io.tiepoint.core.geometry;

import io.tiepoint.core.check.Check;
import java.util.BitSet;

/** A geometry between two views that was estimated from matches, with the matches that agree with it. */
public final class TwoViewGeometry {
    private final GeometryModel model;
    private final double[] matrix;
    private final BitSet inliers;

    private TwoViewGeometry(GeometryModel model, double[] matrix, BitSet inliers) {
        this.model = model;
        this.matrix = matrix;
        this.inliers = inliers;
    }

    /**
     * Copies an estimate.
     *
     * @param matrix [3 3] row-major; px in {@link PixelFrame#CORNER} on both sides (an essential matrix: normalised rays)
     * @param inliers indices of the matches that agree
     */
    public static TwoViewGeometry of(GeometryModel model, double[] matrix, BitSet inliers) {
        Check.that(matrix.length == 9, "matrix: expected 9 entries, found %s", matrix.length);
        return new TwoViewGeometry(model, matrix.clone(), (BitSet) inliers.clone());
    }

    /** What was estimated. */
    public GeometryModel model() {
        return model;
    }

    /** [3 3] row-major; a copy. */
    public double[] matrix() {
        return matrix.clone();
    }

    /** The homography; only for {@link GeometryModel#HOMOGRAPHY}. */
    public Homography h1From0() {
        Check.that(model == GeometryModel.HOMOGRAPHY, "geometry: expected HOMOGRAPHY, found %s", model);
        return Homography.of(matrix);
    }

    /** Whether a match agrees with the geometry. */
    public boolean isInlier(int match) {
        return inliers.get(match);
    }

    /** Number of matches that agree. */
    public int inlierCount() {
        return inliers.cardinality();
    }
}
