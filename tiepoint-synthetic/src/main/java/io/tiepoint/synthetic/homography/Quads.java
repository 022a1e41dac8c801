package io.tiepoint.synthetic.homography;

/** Quadrilaterals as [4 2] arrays. */
final class Quads {
    private Quads() {}

    /** Turns about the mean of the corners, in place. */
    static void rotate(double[] quad, double angleRad) {
        double cos = StrictMath.cos(angleRad);
        double sin = StrictMath.sin(angleRad);
        double cx = (quad[0] + quad[2] + quad[4] + quad[6]) / 4;
        double cy = (quad[1] + quad[3] + quad[5] + quad[7]) / 4;
        for (int i = 0; i < 8; i += 2) {
            double dx = quad[i] - cx;
            double dy = quad[i + 1] - cy;
            quad[i] = cx + cos * dx - sin * dy;
            quad[i + 1] = cy + sin * dx + cos * dy;
        }
    }
}
