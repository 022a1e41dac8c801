package io.tiepoint.synthetic.shapes;

import io.tiepoint.core.random.Draws;
import java.util.ArrayList;
import java.util.List;

/** Gaussian spots, round and oval; their centres are labelled. */
final class Blobs {
    private Blobs() {}

    static void draw(Drawing drawing, ShapesRecipe.Extras recipe) {
        Draws draws = drawing.draws;
        List<double[]> circles = new ArrayList<>();
        for (int i = recipe.blobs().draw(draws); i > 0; i--) {
            double sigma0 = recipe.blobSigma().drawLogarithmically(draws) * drawing.shorterSide;
            double sigma1 = sigma0 * draws.nextDouble(0.6, 1);
            double angle = draws.nextDouble(0, Math.PI);
            double amplitude = drawing.colors.amplitude();
            double reach = 3 * sigma0;
            double x = draws.nextDouble(0, drawing.size.width());
            double y = draws.nextDouble(0, drawing.size.height());
            boolean isFree = circles.stream()
                    .noneMatch(circle -> Planar.distance(x, y, circle[0], circle[1]) < reach + circle[2]);
            if (isFree) {
                circles.add(new double[] {x, y, reach});
                drawing.blob(new double[] {x, y, sigma0, sigma1, angle}, amplitude);
                drawing.corner(x, y, JunctionKind.CENTRE);
            }
        }
    }
}
