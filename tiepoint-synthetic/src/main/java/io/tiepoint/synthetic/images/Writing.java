package io.tiepoint.synthetic.images;

import io.tiepoint.core.geometry.Homography;
import io.tiepoint.core.random.Draws;

/** Lines of glyph-like marks on a plane. */
final class Writing {
    private static final int ALPHABET = 16;
    private static final int MOST_GLYPHS = 400;

    private Writing() {}

    /**
     * Fills a rectangle of a plane with writing.
     *
     * @param box left, top, width, height in the plane's coordinates
     */
    static void lines(Brush brush, Homography imageFromPlane, double[] box, float ink) {
        Draws draws = brush.draws;
        int lines = 1 + (int) draws.nextLogUniform(1, 9);
        double pitch = box[3] / lines;
        double height = pitch * draws.nextDouble(0.4, 0.7);
        double width = height * draws.nextDouble(0.45, 0.8);
        double advance = width * draws.nextDouble(1.2, 1.5);
        double thickness = height * draws.nextDouble(0.08, 0.22);
        double[][][] alphabet = new double[ALPHABET][][];
        for (int i = 0; i < ALPHABET; i++) {
            alphabet[i] = Glyphs.glyph(draws);
        }
        int painted = 0;
        for (int line = 0; line < lines; line++) {
            double top = box[1] + (line + 0.5) * pitch - height / 2;
            double end = box[0] + box[2] * (draws.chance(0.3) ? draws.nextDouble(0.3, 0.95) : 0.97) - width;
            for (double x = box[0] + 0.03 * box[2]; x < end && painted < MOST_GLYPHS; x += advance) {
                if (draws.chance(0.15)) {
                    continue;
                }
                painted++;
                for (double[] stroke : alphabet[draws.nextInt(ALPHABET)]) {
                    double[] placed = {
                        x + stroke[0] * width, top + stroke[1] * height, x + stroke[2] * width, top + stroke[3] * height
                    };
                    brush.line(imageFromPlane, placed, thickness, ink);
                }
            }
        }
    }
}
