package io.tiepoint.core.geometry;

import io.tiepoint.core.check.Check;
import io.tiepoint.core.image.ImageSize;

/**
 * A camera whose lens bends straight lines.
 *
 * @param pinhole the camera without its distortion
 * @param distortion what its lens does
 */
public record DistortedCamera(Camera pinhole, LensDistortion distortion) implements CameraModel {
    @Override
    public ImageSize size() {
        return pinhole.size();
    }

    @Override
    public PixelPoint project(Vector3 inCamera) {
        Check.that(inCamera.z() > 0, "point: expected z > 0 in the camera's frame, found %s", inCamera.z());
        PixelPoint seen = distortion.distort(inCamera.x() / inCamera.z(), inCamera.y() / inCamera.z());
        return new PixelPoint(
                pinhole.focalX() * seen.x() + pinhole.centreX(), pinhole.focalY() * seen.y() + pinhole.centreY());
    }

    @Override
    public Vector3 ray(double x, double y) {
        Vector3 seen = pinhole.ray(x, y);
        PixelPoint ideal = distortion.undistort(seen.x(), seen.y());
        return new Vector3(ideal.x(), ideal.y(), 1);
    }

    @Override
    public CameraModel scaled(ImageSize newSize) {
        return new DistortedCamera(pinhole.scaled(newSize), distortion);
    }
}
