package io.tiepoint.interop.colmap;

import io.tiepoint.core.geometry.PixelPoint;
import io.tiepoint.core.geometry.Pose;

/** An image of a COLMAP model with the points that were found in it. */
public final class ColmapImage {
    /** Of a point that belongs to no point in space. */
    static final long NONE = -1;

    private final String name;
    private final long cameraId;
    private final Pose camFromWorld;
    private final double[] positions;
    private final long[] pointIds;

    /**
     * Takes the arrays over.
     *
     * @param positions [N 2] px
     * @param pointIds [N]
     */
    ColmapImage(String name, long cameraId, Pose camFromWorld, double[] positions, long[] pointIds) {
        this.name = name;
        this.cameraId = cameraId;
        this.camFromWorld = camFromWorld;
        this.positions = positions;
        this.pointIds = pointIds;
    }

    /** Its path in the folder of images. */
    public String name() {
        return name;
    }

    /** Id of its camera. */
    public long cameraId() {
        return cameraId;
    }

    /** Where it was taken. */
    public Pose camFromWorld() {
        return camFromWorld;
    }

    /** Number of points found in it. */
    public int pointCount() {
        return pointIds.length;
    }

    /** One of them; px in {@link io.tiepoint.core.geometry.PixelFrame#CORNER}. */
    public PixelPoint point(int index) {
        return new PixelPoint(positions[2 * index], positions[2 * index + 1]);
    }

    /** Whether it was found in other images, too. */
    public boolean isTriangulated(int index) {
        return pointIds[index] != NONE;
    }

    /** Id of the point in space; ask {@link #isTriangulated} first. */
    public long pointId(int index) {
        return pointIds[index];
    }
}
