package io.tiepoint.core.truth;

import io.tiepoint.core.check.Check;
import io.tiepoint.core.geometry.CameraModel;
import io.tiepoint.core.geometry.Pose;
import io.tiepoint.core.image.DepthMap;

/**
 * What is known of one view of a rigid scene.
 *
 * @param camera its lens
 * @param camFromWorld where it was
 * @param depth how far each of its pixels sees, in the unit of the pose
 */
public record DepthView(CameraModel camera, Pose camFromWorld, DepthMap depth) {
    /** Checks that the depth belongs to the camera. */
    public DepthView {
        Check.that(
                depth.size().equals(camera.size()),
                "depth: expected the camera's size %s, found %s",
                camera.size(),
                depth.size());
    }
}
