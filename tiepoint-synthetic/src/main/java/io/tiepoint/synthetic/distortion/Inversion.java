package io.tiepoint.synthetic.distortion;

import io.tiepoint.core.geometry.PixelPoint;

/** Inverts smooth maps that move points little, by Newton's method. */
final class Inversion {
    private static final int MAX_STEPS = 60;
    private static final double ENOUGH_PX = 1e-10;
    private static final double DIFFERENCE_PX = 1e-3;
    private static final double LONGEST_STEP_PX = 40;

    private Inversion() {}

    /** The point that the distortion takes to an ideal one. */
    static PixelPoint invert(Distortion distortion, double idealX, double idealY) {
        double x = idealX;
        double y = idealY;
        for (int step = 0; step < MAX_STEPS; step++) {
            PixelPoint here = distortion.toIdeal(x, y);
            double ex = idealX - here.x();
            double ey = idealY - here.y();
            if (Math.abs(ex) + Math.abs(ey) < ENOUGH_PX) {
                return new PixelPoint(x, y);
            }
            PixelPoint right = distortion.toIdeal(x + DIFFERENCE_PX, y);
            PixelPoint below = distortion.toIdeal(x, y + DIFFERENCE_PX);
            double a = (right.x() - here.x()) / DIFFERENCE_PX;
            double b = (below.x() - here.x()) / DIFFERENCE_PX;
            double c = (right.y() - here.y()) / DIFFERENCE_PX;
            double d = (below.y() - here.y()) / DIFFERENCE_PX;
            double determinant = a * d - b * c;
            double dx = (d * ex - b * ey) / determinant;
            double dy = (a * ey - c * ex) / determinant;
            double length = Math.sqrt(dx * dx + dy * dy);
            double factor = length > LONGEST_STEP_PX ? LONGEST_STEP_PX / length : 1;
            x += factor * dx;
            y += factor * dy;
            if (!Double.isFinite(x) || !Double.isFinite(y)) {
                break;
            }
        }
        return Distortion.NOWHERE;
    }
}
