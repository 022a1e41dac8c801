package io.tiepoint.synthetic.images;

import io.tiepoint.core.geometry.Homography;
import io.tiepoint.core.random.Draws;
import io.tiepoint.synthetic.text.Outline;
import io.tiepoint.synthetic.text.Words;
import java.util.function.BiConsumer;

/** Lines of text in one face and size: pages, signs, and a texture. */
final class Writing {
    private static final double FLATTENING_PX = 0.05;
    private static final double BLANK = 0.4;
    /** On one sign or in one column. */
    private static final int MOST_LETTERS = 400;

    private final Draws draws;
    private final Words words;
    private final double height;
    private final double width;
    /** Paints a letter whose coordinates the homography maps to those of the plane. */
    private final BiConsumer<Homography, Outline> painter;

    private int letters;

    private Writing(double pitch, int most, Draws draws, BiConsumer<Homography, Outline> painter) {
        this.draws = draws;
        letters = most;
        this.painter = painter;
        height = pitch * draws.nextDouble(0.35, 0.65);
        width = height * draws.nextDouble(0.8, 1.2);
        words = Words.draw(draws);
    }

    /**
     * Fills a rectangle of a plane with text.
     *
     * @param box left, top, width, height in the plane's coordinates
     */
    static void lines(Brush brush, Homography imageFromPlane, double[] box, float ink) {
        Draws draws = brush.draws;
        int lines = 1 + (int) draws.nextLogUniform(1, 9);
        double pitch = box[3] / lines;
        Writing writing = new Writing(pitch, MOST_LETTERS, draws, (planeFromLetter, letter) -> {
            Homography imageFromLetter = imageFromPlane.compose(planeFromLetter);
            for (double[] polygon : letter.polygons(imageFromLetter, FLATTENING_PX)) {
                brush.flat(Brush.mapped(imageFromLetter, polygon), ink);
            }
        });
        for (int line = 0; line < lines; line++) {
            double share = draws.chance(0.3) ? draws.nextDouble(0.3, 0.95) : 0.97;
            writing.line(box[0] + 0.03 * box[2], box[1] + (line + 0.5) * pitch, box[0] + share * box[2]);
        }
    }

    /** Fills a tile with text on one tone. */
    static void page(Tile tile, Draws draws) {
        boolean darkOnLight = draws.chance(0.7);
        float paper = (float) (darkOnLight ? draws.nextDouble(0.6, 1) : draws.nextDouble(0, 0.3));
        float ink = (float) (darkOnLight ? draws.nextDouble(0, 0.3) : draws.nextDouble(0.6, 1));
        tile.clear(paper);
        int lines = 3 << draws.nextInt(4);
        double pitch = Tile.SIDE / (double) lines;
        Writing writing = new Writing(pitch, Integer.MAX_VALUE, draws, (tileFromLetter, letter) -> {
            for (double[] polygon : letter.polygons(tileFromLetter, FLATTENING_PX)) {
                tile.fill(Brush.mapped(tileFromLetter, polygon), ink);
            }
        });
        for (int line = 0; line < lines; line++) {
            writing.line(0, (line + 0.5) * pitch, Tile.SIDE);
        }
    }

    /** Words as long as they fit; the last one may be cut. */
    private void line(double left, double middle, double right) {
        double x = left;
        while (true) {
            String word = words.next(draws.nextInt(2, 10), draws);
            for (int character : word.codePoints().toArray()) {
                Outline letter = words.face().outline(Character.toString(character));
                double end = x + letter.advance() * width;
                if (end > right || letters == 0) {
                    return;
                }
                letters--;
                painter.accept(Homography.of(width, 0, x, 0, height, middle + height / 2, 0, 0, 1), letter);
                x = end;
            }
            x += BLANK * width;
        }
    }
}
