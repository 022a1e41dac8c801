package io.tiepoint.synthetic.images;

import io.tiepoint.core.random.Draws;

/** Marks that look like writing in no alphabet. */
final class Glyphs {
    private static final int ALPHABET = 24;

    private Glyphs() {}

    /** Lines of words on one tone. */
    static void page(Tile tile, Draws draws) {
        boolean darkOnLight = draws.chance(0.7);
        float paper = (float) (darkOnLight ? draws.nextDouble(0.6, 1) : draws.nextDouble(0, 0.3));
        float ink = (float) (darkOnLight ? draws.nextDouble(0, 0.3) : draws.nextDouble(0.6, 1));
        tile.clear(paper);
        int lines = 3 << draws.nextInt(4);
        double lineHeight = Tile.SIDE / (double) lines;
        double height = lineHeight * draws.nextDouble(0.45, 0.75);
        double width = height * draws.nextDouble(0.4, 0.8);
        double thickness = Math.max(height * draws.nextDouble(0.08, 0.22), 0.6);
        double[][][] alphabet = new double[ALPHABET][][];
        for (int i = 0; i < ALPHABET; i++) {
            alphabet[i] = glyph(draws);
        }
        double spacing = width * draws.nextDouble(1.15, 1.5);
        for (int line = 0; line < lines; line++) {
            double top = (line + 0.5) * lineHeight - height / 2;
            int left = draws.nextInt(2, 8);
            for (double x = 0; x + width < Tile.SIDE; x += spacing) {
                if (left-- == 0) {
                    left = draws.nextInt(2, 9);
                    continue;
                }
                for (double[] stroke : alphabet[draws.nextInt(ALPHABET)]) {
                    tile.line(
                            new double[] {
                                x + stroke[0] * width,
                                top + stroke[1] * height,
                                x + stroke[2] * width,
                                top + stroke[3] * height
                            },
                            thickness,
                            ink);
                }
            }
        }
    }

    /** Strokes between the nodes of a grid of 3x3, or an arc, in the unit square. */
    static double[][] glyph(Draws draws) {
        int strokes = draws.nextInt(2, 5);
        double[][] glyph = new double[strokes][];
        double x = draws.nextInt(3) / 2.0;
        double y = draws.nextInt(3) / 2.0;
        for (int i = 0; i < strokes; i++) {
            double nextX;
            double nextY;
            do {
                nextX = draws.nextInt(3) / 2.0;
                nextY = draws.nextInt(3) / 2.0;
            } while (nextX == x && nextY == y);
            glyph[i] = new double[] {x, y, nextX, nextY};
            if (draws.chance(0.7)) {
                x = nextX;
                y = nextY;
            }
        }
        return glyph;
    }
}
