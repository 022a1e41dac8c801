package io.tiepoint.evaluate;

import io.tiepoint.core.check.Check;
import io.tiepoint.core.geometry.CameraModel;
import io.tiepoint.core.geometry.Pose;
import io.tiepoint.core.image.GrayImage;
import io.tiepoint.core.truth.TwoViewTruth;

/**
 * Two views of a scene whose cameras are known.
 *
 * @param name unique in the evaluation
 * @param scene what they show; pairs of one scene are not independent of each other
 * @param view0 view 0
 * @param view1 view 1
 * @param cam1FromCam0 how the cameras stand; the unit of length does not matter
 * @param truth where points are in the other view, as far as that is known; px of the views
 */
public record PosePair(String name, String scene, View view0, View view1, Pose cam1FromCam0, TwoViewTruth truth) {
    /**
     * One view.
     *
     * @param image what the methods see
     * @param camera of that image
     */
    public record View(GrayImage image, CameraModel camera) {
        /** Checks that the camera is that of the image. */
        public View {
            Check.that(
                    image.size().equals(camera.size()),
                    "camera: expected one of images of %s px, found %s",
                    image.size(),
                    camera.size());
        }
    }
}
