package io.tiepoint.synthetic.shapes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tiepoint.core.geometry.Homography;
import io.tiepoint.core.geometry.PixelPoint;
import io.tiepoint.core.image.GrayImage;
import io.tiepoint.core.image.ImageSize;
import io.tiepoint.core.random.Draws;
import io.tiepoint.core.random.Seed;
import io.tiepoint.synthetic.raster.Blur;
import io.tiepoint.synthetic.shapes.CornerLabel.Visibility;
import io.tiepoint.synthetic.text.Face;
import io.tiepoint.synthetic.text.Outline;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LettersTest {
    private static final ImageSize SIZE = new ImageSize(640, 480);

    private static Drawing drawing(long seed) {
        float[] background = new float[SIZE.width() * SIZE.height()];
        Arrays.fill(background, 0.4f);
        return new Drawing(SIZE, background, Homography.IDENTITY, new Seed(seed).draws(), ShapesRecipe.CLEAN);
    }

    /** Letters of straight sides only; what is left of a curved side next to a corner is too short to find a line in. */
    @ParameterizedTest
    @EnumSource(names = {"SANS", "BOLD", "CONDENSED", "MONO"})
    void cornersLieWhereTheyAreFoundAgain(Face face) {
        Draws draws = new Seed(5).child(face.name()).draws();
        LabelErrors errors = new LabelErrors();
        for (int i = 0; i < 40; i++) {
            Drawing drawing = drawing(i);
            String letters = "LTHEFZ";
            Outline letter = face.outline(letters.substring(i % 6, i % 6 + 1));
            double height = draws.nextDouble(300, 340);
            Homography imageFromLetter = Homography.translation(320, 240)
                    .compose(Homography.rotation(draws.nextDouble(-3, 3)))
                    .compose(Homography.of(1, 0, 0, 0, 1, 0, draws.nextDouble(-4e-4, 4e-4), 2e-4, 1))
                    .compose(Homography.scaling(height, height))
                    .compose(Homography.translation(-letter.advance() / 2, 0.5));
            Letters.paint(drawing, letter, imageFromLetter, 0.9f);
            Letters.label(drawing, letter, ShapesRecipe.CLEAN.polygons().maxAngleRad());
            float[] pixels = drawing.pixels();
            Blur.gaussian(pixels, SIZE.width(), SIZE.height(), 1.2);
            CornerFit fit = new CornerFit(GrayImage.wrap(SIZE.width(), SIZE.height(), pixels));
            for (CornerLabel label : drawing.labels()) {
                Optional<PixelPoint> found = LabelErrors.isAlone(drawing.labels(), label, SIZE)
                        ? fit.corner(label.x(), label.y(), 2)
                        : Optional.empty();
                found.ifPresent(point -> errors.add(label, point));
            }
        }
        errors.assertBelow(face, 100, 0.01, 0.1, 0.01);
    }

    @Test
    void wordsDoNotCoverEachOther() {
        ShapesGenerator shapes = new ShapesGenerator(ShapesRecipe.RICH.clean(), new ImageSize(160, 120), new Seed(6));
        int outside = 0;
        int visible = 0;
        for (int i = 0; i < 100; i++) {
            for (CornerLabel label : shapes.sample(Primitive.LETTERS, i).labels()) {
                assertThat(label.visibility()).isNotEqualTo(Visibility.HIDDEN);
                outside += label.visibility() == Visibility.OUT_OF_FRAME ? 1 : 0;
                visible += label.visibility() == Visibility.VISIBLE ? 1 : 0;
            }
        }
        assertThat(visible).isGreaterThan(1000);
        assertThat(outside).isGreaterThan(100);
    }

    @Test
    void paintsTheShareOfEachPixelThatIsInsideAlsoWhereLettersTouch() {
        Drawing drawing = drawing(0);
        Outline word = Face.SCRIPT.outline("orb");
        Homography imageFromWord = Homography.of(50, 0, 20, 0, 50, 70, 0, 0, 1);
        Letters.paint(drawing, word, imageFromWord, 0.9f);
        List<double[]> outlines = word.polygons(imageFromWord, 0.02);
        int filled = 0;
        double sum = 0;
        for (int row = 0; row < 100; row++) {
            for (int column = 0; column < 180; column++) {
                double expected = 0.4 + 0.5 * shareInside(outlines, (column - 20) / 50.0, (row - 70) / 50.0);
                float pixel = drawing.pixels()[row * SIZE.width() + column];
                // Where two outlines cross within a pixel, as for all that is painted one over the other.
                assertThat(pixel).as("%s, %s", column, row).isCloseTo((float) expected, within(0.2f));
                sum += Math.abs(pixel - expected);
                filled += expected > 0.89 ? 1 : 0;
            }
        }
        assertThat(filled).isGreaterThan(1000);
        assertThat(sum / (100 * 180)).isLessThan(0.003);
    }

    /** Of a pixel of a fiftieth of a unit, from 5x5 points. */
    private static double shareInside(List<double[]> outlines, double x, double y) {
        int inside = 0;
        for (int i = 0; i < 25; i++) {
            double px = x + (i % 5 + 0.5) / 250;
            double py = y + (Math.floorDiv(i, 5) + 0.5) / 250;
            inside += outlines.stream().anyMatch(outline -> Drawing.contains(outline, px, py)) ? 1 : 0;
        }
        return inside / 25.0;
    }
}
