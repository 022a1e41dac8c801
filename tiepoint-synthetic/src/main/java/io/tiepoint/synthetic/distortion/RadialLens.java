package io.tiepoint.synthetic.distortion;

import io.tiepoint.core.check.Check;
import io.tiepoint.core.geometry.PixelPoint;
import io.tiepoint.core.image.ImageSize;

/**
 * A lens that bends straight lines: the division model (Fitzgibbon, 2001), ideal radius = r / (1 + strength r²), with r = 1 at the
 * image's corners. A barrel if the strength is negative, a cushion if positive.
 */
public final class RadialLens implements Distortion {
    private final double strength;
    private final double centreX;
    private final double centreY;
    private final double reach;

    /**
     * A lens.
     *
     * @param strength greater than -1 and less than 1
     */
    public RadialLens(double strength, double centreX, double centreY, ImageSize size) {
        Check.that(Math.abs(strength) < 1, "strength: expected in (-1, 1), found %s", strength);
        this.strength = strength;
        this.centreX = centreX;
        this.centreY = centreY;
        reach = 0.5 * Math.sqrt((double) size.width() * size.width() + (double) size.height() * size.height());
    }

    @Override
    public PixelPoint toIdeal(double x, double y) {
        double dx = x - centreX;
        double dy = y - centreY;
        double squared = (dx * dx + dy * dy) / (reach * reach);
        // Beyond these the lens would see a point twice, or behind itself.
        if (strength * squared >= 1 || strength * squared <= -1) {
            return NOWHERE;
        }
        double scale = 1 / (1 + strength * squared);
        return new PixelPoint(centreX + scale * dx, centreY + scale * dy);
    }

    @Override
    public PixelPoint fromIdeal(double x, double y) {
        double dx = x - centreX;
        double dy = y - centreY;
        double discriminant = 1 - 4 * strength * (dx * dx + dy * dy) / (reach * reach);
        if (discriminant < 0) {
            return NOWHERE;
        }
        double scale = 2 / (1 + Math.sqrt(discriminant));
        return new PixelPoint(centreX + scale * dx, centreY + scale * dy);
    }

    @Override
    public String name() {
        return "lens";
    }
}
