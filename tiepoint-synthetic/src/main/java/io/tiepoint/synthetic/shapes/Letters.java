package io.tiepoint.synthetic.shapes;

import io.tiepoint.core.geometry.Homography;
import io.tiepoint.core.random.Draws;
import io.tiepoint.synthetic.text.Outline;
import io.tiepoint.synthetic.text.Words;
import java.util.ArrayList;
import java.util.List;

/** Words in real fonts, upright and slanted. The corners of the outlines are corners; round parts have none. */
final class Letters {
    private Letters() {}

    static void draw(Drawing drawing, ShapesRecipe recipe) {
        Draws draws = drawing.draws;
        double shorter = drawing.shorterSide;
        double clearance = 2 * recipe.polygons().minSide() * shorter;
        List<double[]> placed = new ArrayList<>();
        double top = draws.nextDouble(0, 0.3) * shorter;
        while (top < drawing.size.height()) {
            double height = recipe.extras().letterHeight().draw(draws) * shorter;
            float color = drawing.colors.next();
            double angle = draws.nextDouble(-0.15, 0.15);
            double x = draws.nextDouble(0, 0.4) * drawing.size.width();
            double stretch = draws.nextDouble(0.8, 1.2);
            double slant = draws.chance(0.25) ? draws.nextDouble(0.1, 0.35) : 0;
            Outline word = word(draws);
            Homography sourceFromWord = Homography.translation(x, top + height)
                    .compose(Homography.rotation(angle))
                    .compose(Homography.of(height * stretch, -height * slant, 0, 0, height, 0, 0, 0, 1));
            double[] box = PolygonShapes.rectangle(sourceFromWord, word.box());
            if (!PolygonShapes.touches(box, placed, clearance)) {
                placed.add(box);
                paint(drawing, word, sourceFromWord, color);
                label(drawing, word, recipe.polygons().maxAngleRad());
            }
            top += height * draws.nextDouble(1.5, 2.5);
        }
    }

    private static Outline word(Draws draws) {
        Words words = Words.draw(draws);
        return words.face().outline(words.next(draws.nextInt(1, 8), draws));
    }

    static void paint(Drawing drawing, Outline word, Homography sourceFromWord, float color) {
        double[] box = word.box();
        drawing.setMap(sourceFromWord, (box[0] + box[2]) / 2, (box[1] + box[3]) / 2);
        drawing.paint(word, color);
    }

    static void label(Drawing drawing, Outline word, double maxAngleRad) {
        double[] corners = word.corners(maxAngleRad);
        for (int i = 0; i < corners.length; i += 2) {
            drawing.corner(corners[i], corners[i + 1], JunctionKind.L);
        }
    }
}
