package io.tiepoint.core.geometry;

import io.tiepoint.core.check.Check;
import io.tiepoint.core.image.ImageSize;

/**
 * A pinhole camera without distortion.
 *
 * @param size of its images
 * @param focalX focal length over the width of a pixel, px
 * @param focalY focal length over the height of a pixel, px
 * @param centreX principal point, px in {@link PixelFrame#CORNER}
 * @param centreY principal point, px in {@link PixelFrame#CORNER}
 */
public record Camera(ImageSize size, double focalX, double focalY, double centreX, double centreY)
        implements CameraModel {
    /** Checks that the camera can project. */
    public Camera {
        Check.that(focalX > 0 && focalX < 1e9, "focalX: expected > 0 px, found %s", focalX);
        Check.that(focalY > 0 && focalY < 1e9, "focalY: expected > 0 px, found %s", focalY);
        Check.that(
                Double.isFinite(centreX) && Double.isFinite(centreY),
                "principal point: expected finite px, found %s, %s",
                centreX,
                centreY);
    }

    /**
     * A camera with square pixels that looks through the middle of its image.
     *
     * @param angleRad angle of view over the longer side
     */
    public static Camera ofViewAngle(ImageSize size, double angleRad) {
        Check.that(angleRad > 0 && angleRad < Math.PI, "angleRad: expected in (0, pi), found %s", angleRad);
        double focal = 0.5 * Math.max(size.width(), size.height()) / StrictMath.tan(angleRad / 2);
        return new Camera(size, focal, focal, size.width() / 2.0, size.height() / 2.0);
    }

    @Override
    public PixelPoint project(Vector3 inCamera) {
        Check.that(inCamera.z() > 0, "point: expected z > 0 in the camera's frame, found %s", inCamera.z());
        return new PixelPoint(
                focalX * (inCamera.x() / inCamera.z()) + centreX, focalY * (inCamera.y() / inCamera.z()) + centreY);
    }

    @Override
    public Vector3 ray(double x, double y) {
        return new Vector3((x - centreX) / focalX, (y - centreY) / focalY, 1);
    }

    @Override
    public Camera scaled(ImageSize newSize) {
        double scaleX = newSize.width() / (double) size.width();
        double scaleY = newSize.height() / (double) size.height();
        return new Camera(newSize, focalX * scaleX, focalY * scaleY, centreX * scaleX, centreY * scaleY);
    }

    @Override
    public Camera pinhole() {
        return this;
    }
}
