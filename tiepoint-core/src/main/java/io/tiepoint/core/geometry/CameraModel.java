package io.tiepoint.core.geometry;

import io.tiepoint.core.image.ImageSize;

/**
 * Where a camera sees what. It looks along z; x points to the right of its image and y downwards, as in COLMAP and OpenCV. Images
 * are in px, {@link PixelFrame#CORNER}. Immutable.
 */
public interface CameraModel {
    /** Of its images. */
    ImageSize size();

    /**
     * Where a point in front of the camera is seen; NaN, NaN where its lens does not show it.
     *
     * @throws IllegalArgumentException if the point does not lie in front of the camera
     */
    PixelPoint project(Vector3 inCamera);

    /**
     * The point of depth 1 that is seen at a position; a multiple of it is the point of that depth. NaN, NaN, 1 where the lens
     * shows nothing in front of the camera.
     */
    Vector3 ray(double x, double y);

    /** The camera of the resized image. */
    CameraModel scaled(ImageSize newSize);

    /** The same camera without its distortion: the one whose images have straight lines straight. */
    Camera pinhole();
}
