package io.tiepoint.synthetic.shapes;

import io.tiepoint.core.random.Draws;
import java.util.ArrayList;
import java.util.List;

/** Curved lines, whose ends are corners, and leaves between two arcs, whose tips are; nothing along a curve is one. */
final class Curves {
    private static final int STEPS = 40;
    /** Sharpest and bluntest tip of a leaf. */
    private static final double MIN_TIP_RAD = Math.toRadians(20);

    private static final double MAX_TIP_RAD = Math.toRadians(130);

    private Curves() {}

    static void draw(Drawing drawing, ShapesRecipe.Extras recipe) {
        Draws draws = drawing.draws;
        List<double[]> circles = new ArrayList<>();
        for (int i = recipe.curves().draw(draws); i > 0; i--) {
            double radius = draws.nextDouble(0.1, 0.35) * drawing.shorterSide;
            double x = draws.nextDouble(radius, drawing.size.width() - radius);
            double y = draws.nextDouble(radius, drawing.size.height() - radius);
            double angle = draws.nextDouble(0, 2 * Math.PI);
            double bend0 = draws.nextDouble(0.1, 0.6);
            double bend1 = draws.nextDouble(-0.6, 0.5);
            boolean isLine = draws.nextBoolean();
            double thickness = recipe.curveThickness().draw(draws) * drawing.shorterSide;
            float color = drawing.colors.next();
            double tip = StrictMath.atan(2 * bend0) - StrictMath.atan(2 * bend1);
            boolean isFree = circles.stream()
                    .noneMatch(circle -> Planar.distance(x, y, circle[0], circle[1]) < radius + circle[2] + 2);
            if (!isFree || (!isLine && (tip < MIN_TIP_RAD || tip > MAX_TIP_RAD))) {
                continue;
            }
            circles.add(new double[] {x, y, radius});
            double dx = radius * StrictMath.cos(angle);
            double dy = radius * StrictMath.sin(angle);
            double[] chord = {x - dx, y - dy, x + dx, y + dy};
            if (isLine) {
                drawing.fill(strip(chord, bend0, thickness), color);
            } else {
                drawing.fill(leaf(chord, bend0, bend1), color);
            }
            drawing.paint();
            JunctionKind kind = isLine ? JunctionKind.END : JunctionKind.L;
            drawing.corner(chord[0], chord[1], kind);
            drawing.corner(chord[2], chord[3], kind);
        }
    }

    /** A point of the parabola over a chord; the bend is the control point's height over it. */
    private static double[] point(double[] chord, double bend, double t) {
        double dx = chord[2] - chord[0];
        double dy = chord[3] - chord[1];
        double height = 2 * t * (1 - t) * bend;
        return new double[] {chord[0] + t * dx - height * dy, chord[1] + t * dy + height * dx};
    }

    private static double[] strip(double[] chord, double bend, double thickness) {
        double dx = chord[2] - chord[0];
        double dy = chord[3] - chord[1];
        double[] outline = new double[4 * (STEPS + 1)];
        for (int i = 0; i <= STEPS; i++) {
            double t = i / (double) STEPS;
            double[] middle = point(chord, bend, t);
            double rise = 2 * (1 - 2 * t) * bend;
            double tx = dx - rise * dy;
            double ty = dy + rise * dx;
            double half = thickness / 2 / Math.sqrt(tx * tx + ty * ty);
            outline[2 * i] = middle[0] - half * ty;
            outline[2 * i + 1] = middle[1] + half * tx;
            int back = 2 * (2 * STEPS + 1 - i);
            outline[back] = middle[0] + half * ty;
            outline[back + 1] = middle[1] - half * tx;
        }
        return outline;
    }

    private static double[] leaf(double[] chord, double bend0, double bend1) {
        double[] outline = new double[4 * STEPS];
        for (int i = 0; i < STEPS; i++) {
            double t = i / (double) STEPS;
            System.arraycopy(point(chord, bend0, t), 0, outline, 2 * i, 2);
            System.arraycopy(point(chord, bend1, 1 - t), 0, outline, 2 * (STEPS + i), 2);
        }
        return outline;
    }
}
