package io.tiepoint.match.geometry;

import io.tiepoint.core.check.Check;
import io.tiepoint.core.image.ImageSize;

/**
 * A pinhole camera without distortion.
 *
 * @param focalX px
 * @param focalY px
 * @param centreX principal point; px, {@link io.tiepoint.core.geometry.PixelFrame#CORNER}
 * @param centreY likewise
 */
public record Intrinsics(double focalX, double focalY, double centreX, double centreY) {
    /** Checks that the focal lengths are positive. */
    public Intrinsics {
        Check.that(focalX > 0 && Double.isFinite(focalX), "focalX: expected > 0 px, found %s", focalX);
        Check.that(focalY > 0 && Double.isFinite(focalY), "focalY: expected > 0 px, found %s", focalY);
        Check.that(Double.isFinite(centreX), "centreX: expected a number of px, found %s", centreX);
        Check.that(Double.isFinite(centreY), "centreY: expected a number of px, found %s", centreY);
    }

    /** A guess for an unknown camera: 1.2 times the longer side, as COLMAP starts with, and the middle of the image. */
    public static Intrinsics guess(ImageSize size) {
        double focal = 1.2 * Math.max(size.width(), size.height());
        return new Intrinsics(focal, focal, size.width() / 2.0, size.height() / 2.0);
    }
}
