package io.tiepoint.synthetic.shapes;

import io.tiepoint.core.random.Draws;
import java.util.ArrayList;
import java.util.List;

/** Lines thinner than a pixel or little thicker, which cross: masts, wires, grids. */
final class Wires {
    private static final double MIN_SINE = 0.4;

    private Wires() {}

    static void draw(Drawing drawing, ShapesRecipe.Extras recipe) {
        Draws draws = drawing.draws;
        double shorter = drawing.shorterSide;
        double thickness = recipe.wireThickness().draw(draws) * shorter;
        float color = drawing.colors.next();
        List<double[]> wires = new ArrayList<>();
        List<double[]> crossings = new ArrayList<>();
        for (int i = recipe.wires().draw(draws); i > 0; i--) {
            double angle = draws.nextDouble(0, Math.PI);
            double length = draws.nextDouble(0.3, 1.2) * shorter;
            double dx = length / 2 * StrictMath.cos(angle);
            double dy = length / 2 * StrictMath.sin(angle);
            double x = draws.nextDouble(0, drawing.size.width());
            double y = draws.nextDouble(0, drawing.size.height());
            double[] wire = {x - dx, y - dy, x + dx, y + dy};
            List<double[]> found = new ArrayList<>();
            if (fits(wire, wires, crossings, found, 0.06 * shorter)) {
                wires.add(wire);
                crossings.addAll(found);
            }
        }
        for (double[] wire : wires) {
            drawing.line(wire[0], wire[1], wire[2], wire[3], thickness, color);
            drawing.paint();
        }
        for (double[] wire : wires) {
            drawing.corner(wire[0], wire[1], JunctionKind.END);
            drawing.corner(wire[2], wire[3], JunctionKind.END);
        }
        for (double[] crossing : crossings) {
            drawing.corner(crossing[0], crossing[1], JunctionKind.X);
        }
    }

    /** Whether a wire crosses the others clearly, or stays away from them; the crossings are added to a list. */
    private static boolean fits(
            double[] wire, List<double[]> wires, List<double[]> crossings, List<double[]> found, double clearance) {
        for (double[] other : wires) {
            double ux = wire[2] - wire[0];
            double uy = wire[3] - wire[1];
            double vx = other[2] - other[0];
            double vy = other[3] - other[1];
            double cross = ux * vy - uy * vx;
            double sine = Math.abs(cross) / Math.sqrt((ux * ux + uy * uy) * (vx * vx + vy * vy));
            if (Planar.segmentDistance(wire, other) >= clearance) {
                continue;
            }
            if (sine < MIN_SINE) {
                return false;
            }
            double t = ((other[0] - wire[0]) * vy - (other[1] - wire[1]) * vx) / cross;
            double x = wire[0] + t * ux;
            double y = wire[1] + t * uy;
            boolean isClear = Planar.distance(x, y, wire[0], wire[1]) > clearance
                    && Planar.distance(x, y, wire[2], wire[3]) > clearance
                    && Planar.distance(x, y, other[0], other[1]) > clearance
                    && Planar.distance(x, y, other[2], other[3]) > clearance;
            if (!isClear || Planar.segmentDistance(wire, other) > 0) {
                return false;
            }
            found.add(new double[] {x, y});
        }
        List<double[]> all = new ArrayList<>(crossings);
        for (double[] point : found) {
            if (all.stream().anyMatch(other -> Planar.distance(point[0], point[1], other[0], other[1]) < clearance)) {
                return false;
            }
            all.add(point);
        }
        return true;
    }
}
