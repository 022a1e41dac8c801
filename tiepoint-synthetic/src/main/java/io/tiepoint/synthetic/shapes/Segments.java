package io.tiepoint.synthetic.shapes;

import io.tiepoint.core.random.Draws;
import java.util.ArrayList;
import java.util.List;

/** Shapes made of line segments. */
final class Segments {
    private Segments() {}

    /** Segments that do not cross. */
    static void lines(Drawing drawing, ShapesRecipe.Lines recipe) {
        Draws draws = drawing.draws;
        int number = recipe.number().draw(draws);
        double thickness = recipe.thickness().draw(draws) * drawing.shorterSide;
        List<double[]> segments = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            double[] segment = {
                draws.nextDouble(0, drawing.size.width()),
                draws.nextDouble(0, drawing.size.height()),
                draws.nextDouble(0, drawing.size.width()),
                draws.nextDouble(0, drawing.size.height())
            };
            float color = drawing.colors.next();
            boolean tooShort = Planar.distance(segment[0], segment[1], segment[2], segment[3]) < 4 * thickness;
            if (tooShort || touches(segment, segments, 2 * thickness)) {
                continue;
            }
            segments.add(segment);
            drawing.line(segment[0], segment[1], segment[2], segment[3], thickness, color);
            drawing.paint();
        }
        for (double[] segment : segments) {
            drawing.corner(segment[0], segment[1], JunctionKind.END);
            drawing.corner(segment[2], segment[3], JunctionKind.END);
        }
    }

    private static boolean touches(double[] segment, List<double[]> others, double clearance) {
        for (double[] other : others) {
            if (Planar.segmentDistance(segment, other) < clearance) {
                return true;
            }
        }
        return false;
    }

    /** Segments from one centre, one in each sector. */
    static void star(Drawing drawing, ShapesRecipe.Star recipe) {
        Draws draws = drawing.draws;
        int branches = recipe.branches().draw(draws);
        double thickness = recipe.thickness().draw(draws) * drawing.shorterSide;
        double radius = Math.max(
                        draws.nextDouble() * recipe.radius().max(),
                        recipe.radius().min())
                * drawing.shorterSide;
        double x = draws.nextDouble(radius, drawing.size.width() - radius);
        double y = draws.nextDouble(radius, drawing.size.height() - radius);
        double[] directions = new double[branches];
        for (int i = 0; i < branches; i++) {
            double angle = 2 * Math.PI * (i + draws.nextDouble()) / branches;
            directions[i] = angle;
            double length = Math.max(draws.nextDouble(), recipe.minRadiusFactor()) * radius;
            double tipX = x + length * StrictMath.cos(angle);
            double tipY = y + length * StrictMath.sin(angle);
            drawing.line(x, y, tipX, tipY, thickness, drawing.colors.next());
            drawing.paint();
            drawing.corner(tipX, tipY, JunctionKind.END);
        }
        drawing.corner(x, y, JunctionKind.of(directions));
    }
}
