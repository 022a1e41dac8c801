package io.tiepoint.interop.posed;

import io.tiepoint.core.geometry.CameraModel;
import io.tiepoint.core.geometry.Pose;
import io.tiepoint.core.image.GrayImage;
import io.tiepoint.core.truth.DepthView;

/**
 * A photograph with its depth, read.
 *
 * @param image the photograph
 * @param camera of the photograph
 * @param depth depth map with its own camera: the same one, scaled if the map is smaller
 */
public record PosedView(GrayImage image, CameraModel camera, DepthView depth) {
    /** Where it was taken. */
    public Pose camFromWorld() {
        return depth.camFromWorld();
    }
}
