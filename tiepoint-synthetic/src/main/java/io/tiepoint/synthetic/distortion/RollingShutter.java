package io.tiepoint.synthetic.distortion;

import io.tiepoint.core.check.Check;
import io.tiepoint.core.geometry.PixelPoint;
import io.tiepoint.core.image.ImageSize;

/** A sensor that reads row after row while the camera moves: each row sees the image of another moment. */
public final class RollingShutter implements Distortion {
    private final double turnRad;
    private final double shiftX;
    private final double shiftY;
    private final ImageSize size;

    /**
     * A motion, from the first row to the last one.
     *
     * @param turnRad turn about the optical axis; at most 0.5 either way
     * @param shiftX px
     * @param shiftY px; at most a third of the height either way
     */
    public RollingShutter(double turnRad, double shiftX, double shiftY, ImageSize size) {
        Check.that(Math.abs(turnRad) <= 0.5, "turnRad: expected in [-0.5, 0.5], found %s", turnRad);
        Check.that(
                3 * Math.abs(shiftY) <= size.height(),
                "shiftY: expected at most a third of the height, found %s",
                shiftY);
        this.turnRad = turnRad;
        this.shiftX = shiftX;
        this.shiftY = shiftY;
        this.size = size;
    }

    @Override
    public PixelPoint toIdeal(double x, double y) {
        // Beyond the image the shutter would go on for ever.
        double moment = Math.min(Math.max(y / size.height() - 0.5, -1), 1);
        double cos = StrictMath.cos(turnRad * moment);
        double sin = StrictMath.sin(turnRad * moment);
        double dx = x - size.width() / 2.0;
        double dy = y - size.height() / 2.0;
        return new PixelPoint(
                size.width() / 2.0 + cos * dx - sin * dy + shiftX * moment,
                size.height() / 2.0 + sin * dx + cos * dy + shiftY * moment);
    }

    @Override
    public PixelPoint fromIdeal(double x, double y) {
        return Inversion.invert(this, x, y);
    }

    @Override
    public String name() {
        return "rolling_shutter";
    }
}
