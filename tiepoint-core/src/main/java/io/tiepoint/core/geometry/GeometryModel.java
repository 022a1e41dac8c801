package io.tiepoint.core.geometry;

/** What relates two views. */
public enum GeometryModel {
    /** One plane, or a camera that only turned; needs 4 matches. */
    HOMOGRAPHY(4),
    /** Any rigid scene, cameras unknown; needs 7 matches. */
    FUNDAMENTAL(7),
    /** Any rigid scene, cameras known; needs 5 matches. */
    ESSENTIAL(5);

    private final int minimalMatches;

    GeometryModel(int minimalMatches) {
        this.minimalMatches = minimalMatches;
    }

    /** Smallest number of matches that determines the geometry. */
    public int minimalMatches() {
        return minimalMatches;
    }
}
