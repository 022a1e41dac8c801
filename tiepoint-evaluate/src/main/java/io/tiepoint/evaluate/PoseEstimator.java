package io.tiepoint.evaluate;

import io.tiepoint.core.features.RobustEstimator;
import io.tiepoint.core.geometry.Camera;

/** Makes the robust estimator of essential matrices between two cameras without distortion. */
@FunctionalInterface
public interface PoseEstimator {
    /** The estimator for these cameras; px in {@link io.tiepoint.core.geometry.PixelFrame#CORNER}. */
    RobustEstimator of(Camera camera0, Camera camera1);
}
