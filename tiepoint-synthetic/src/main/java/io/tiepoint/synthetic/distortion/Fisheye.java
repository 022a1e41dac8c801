package io.tiepoint.synthetic.distortion;

import io.tiepoint.core.check.Check;
import io.tiepoint.core.geometry.PixelPoint;
import io.tiepoint.core.image.ImageSize;

/** A fisheye of equidistant projection: the radius is the angle from the axis times the focal length. Its middle keeps its scale. */
public final class Fisheye implements Distortion {
    /** What lies further from the axis has no place in the ideal image. */
    private static final double MOST_RAD = 1.5;

    private final double focalPx;
    private final double centreX;
    private final double centreY;

    /**
     * A lens about the image's middle.
     *
     * @param cornerRad angle from the axis that the image's corners see, up to 1.4
     */
    public Fisheye(double cornerRad, ImageSize size) {
        Check.that(cornerRad > 0 && cornerRad <= 1.4, "cornerRad: expected in (0, 1.4], found %s", cornerRad);
        centreX = size.width() / 2.0;
        centreY = size.height() / 2.0;
        focalPx = Math.sqrt(centreX * centreX + centreY * centreY) / cornerRad;
    }

    @Override
    public PixelPoint toIdeal(double x, double y) {
        double dx = (x - centreX) / focalPx;
        double dy = (y - centreY) / focalPx;
        double angle = Math.sqrt(dx * dx + dy * dy);
        if (angle > MOST_RAD) {
            return NOWHERE;
        }
        double scale = angle < 1e-8 ? 1 : StrictMath.tan(angle) / angle;
        return new PixelPoint(centreX + focalPx * scale * dx, centreY + focalPx * scale * dy);
    }

    @Override
    public PixelPoint fromIdeal(double x, double y) {
        double dx = (x - centreX) / focalPx;
        double dy = (y - centreY) / focalPx;
        double radius = Math.sqrt(dx * dx + dy * dy);
        double scale = radius < 1e-8 ? 1 : StrictMath.atan(radius) / radius;
        return new PixelPoint(centreX + focalPx * scale * dx, centreY + focalPx * scale * dy);
    }

    @Override
    public String name() {
        return "fisheye";
    }
}
