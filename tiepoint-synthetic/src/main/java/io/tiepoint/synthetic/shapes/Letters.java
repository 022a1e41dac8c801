package io.tiepoint.synthetic.shapes;

import io.tiepoint.core.geometry.Homography;
import io.tiepoint.core.random.Draws;
import java.util.ArrayList;
import java.util.List;

/**
 * Words in a block face of our own. Fonts of the machine would differ from machine to machine; these outlines do not. The corners
 * of the outlines are corners, the round parts have none.
 */
final class Letters {
    /** Height of the capitals, in the units of the outlines; the strokes are 1 thick. */
    private static final double HEIGHT = 6;

    private static final int ARC_STEPS = 24;

    private static final List<Letter> FACE = face();

    private Letters() {}

    /** An outline, [N 2], and those of its points that are corners. */
    private static final class Letter {
        private final double width;
        private final double[] outline;
        private final double[] corners;

        Letter(double width, double[] outline, double... corners) {
            this.width = width;
            this.outline = outline;
            this.corners = corners;
        }

        static Letter straight(double width, double... outline) {
            return new Letter(width, outline, outline);
        }
    }

    private static List<Letter> face() {
        return List.of(
                Letter.straight(1, 0, 0, 1, 0, 1, 6, 0, 6),
                Letter.straight(3, 0, 0, 1, 0, 1, 5, 3, 5, 3, 6, 0, 6),
                Letter.straight(4, 0, 0, 4, 0, 4, 1, 2.5, 1, 2.5, 6, 1.5, 6, 1.5, 1, 0, 1),
                Letter.straight(3, 0, 0, 3, 0, 3, 1, 1, 1, 1, 2.5, 2.6, 2.5, 2.6, 3.5, 1, 3.5, 1, 5, 3, 5, 3, 6, 0, 6),
                Letter.straight(3, 0, 0, 3, 0, 3, 1, 1, 1, 1, 2.5, 2.6, 2.5, 2.6, 3.5, 1, 3.5, 1, 6, 0, 6),
                Letter.straight(4, 0, 0, 1, 0, 1, 2.5, 3, 2.5, 3, 0, 4, 0, 4, 6, 3, 6, 3, 3.5, 1, 3.5, 1, 6, 0, 6),
                Letter.straight(4, 0, 0, 1.1, 0, 2, 4.4, 2.9, 0, 4, 0, 2.6, 6, 1.4, 6),
                Letter.straight(4, 0, 0, 1.1, 0, 3, 4, 3, 0, 4, 0, 4, 6, 2.9, 6, 1, 2, 1, 6, 0, 6),
                Letter.straight(5, 0, 0, 1.1, 0, 2.5, 3, 3.9, 0, 5, 0, 5, 6, 4, 6, 4, 2, 2.5, 5, 1, 2, 1, 6, 0, 6),
                Letter.straight(4, 0, 0, 4, 0, 4, 1, 1.4, 5, 4, 5, 4, 6, 0, 6, 0, 5, 2.6, 1, 0, 1),
                Letter.straight(4, 0, 0, 1, 0, 1, 2.4, 2.8, 0, 4, 0, 1.8, 3, 4, 6, 2.8, 6, 1, 3.6, 1, 6, 0, 6),
                Letter.straight(4, 0, 0, 1.2, 0, 2, 2, 2.8, 0, 4, 0, 2.6, 3, 4, 6, 2.8, 6, 2, 4, 1.2, 6, 0, 6, 1.4, 3),
                Letter.straight(4, 0, 0, 1.2, 0, 2, 2.2, 2.8, 0, 4, 0, 2.5, 3.4, 2.5, 6, 1.5, 6, 1.5, 3.4),
                Letter.straight(2, 1, 0, 2, 0, 2, 6, 1, 6, 1, 1.6, 0, 2.2, 0, 1.1),
                Letter.straight(4, 0, 0, 4, 0, 4, 1, 2, 6, 0.9, 6, 2.8, 1, 0, 1),
                Letter.straight(
                        4, 1.4, 0, 2.6, 0, 4, 6, 2.9, 6, 2.55, 4.5, 1.45, 4.5, 1.1, 6, 0, 6, 1.4, 0, 2, 1.8, 1.65, 3.5,
                        2.35, 3.5, 2, 1.8),
                ring(),
                c(),
                u(),
                d());
    }

    /** Points of an elliptic arc, from one angle to another, clockwise on the screen. */
    private static double[] arc(double[] centreAndRadii, double fromDeg, double toDeg) {
        double[] points = new double[2 * (ARC_STEPS + 1)];
        for (int i = 0; i <= ARC_STEPS; i++) {
            double angle = Math.toRadians(fromDeg + (toDeg - fromDeg) * i / ARC_STEPS);
            points[2 * i] = centreAndRadii[0] + centreAndRadii[2] * StrictMath.cos(angle);
            points[2 * i + 1] = centreAndRadii[1] + centreAndRadii[3] * StrictMath.sin(angle);
        }
        return points;
    }

    private static double[] joined(double[]... parts) {
        List<Double> points = new ArrayList<>();
        for (double[] part : parts) {
            for (double coordinate : part) {
                points.add(coordinate);
            }
        }
        return points.stream().mapToDouble(Double::doubleValue).toArray();
    }

    /** The hole hangs on the outline by a slit of no width. */
    private static Letter ring() {
        return new Letter(4, joined(arc(new double[] {2, 3, 2, 3}, 0, 360), arc(new double[] {2, 3, 1, 2}, 360, 0)));
    }

    private static Letter c() {
        double[] outer = arc(new double[] {2, 3, 2, 3}, 40, 320);
        double[] inner = arc(new double[] {2, 3, 1, 2}, 320, 40);
        int last = outer.length - 2;
        return new Letter(
                4,
                joined(outer, inner),
                outer[0],
                outer[1],
                outer[last],
                outer[last + 1],
                inner[0],
                inner[1],
                inner[last],
                inner[last + 1]);
    }

    private static Letter u() {
        double[] outer = arc(new double[] {2, 4, 2, 2}, 0, 180);
        double[] inner = arc(new double[] {2, 4, 1, 1}, 180, 0);
        return new Letter(
                4, joined(new double[] {3, 0, 4, 0}, outer, new double[] {0, 0, 1, 0}, inner), 3, 0, 4, 0, 0, 0, 1, 0);
    }

    private static Letter d() {
        double[] outer = arc(new double[] {1, 3, 3, 3}, -90, 90);
        double[] inner = arc(new double[] {1, 3, 2, 2}, 90, -90);
        return new Letter(
                4,
                joined(new double[] {0, 6, 0, 0}, outer, new double[] {1, 6}, inner, new double[] {1, 6}),
                0,
                6,
                0,
                0,
                1,
                1,
                1,
                5);
    }

    static void draw(Drawing drawing, ShapesRecipe.Extras recipe) {
        Draws draws = drawing.draws;
        double shorter = drawing.shorterSide;
        double top = draws.nextDouble(0, 0.3) * shorter;
        while (top < drawing.size.height()) {
            double height = recipe.letterHeight().draw(draws) * shorter;
            float color = drawing.colors.next();
            double angle = draws.nextDouble(-0.15, 0.15);
            double x = draws.nextDouble(0, 0.4) * drawing.size.width();
            double scale = height / HEIGHT;
            Homography sourceFromWord = Homography.translation(x, top)
                    .compose(Homography.rotation(angle))
                    .compose(Homography.scaling(scale * draws.nextDouble(0.8, 1.2), scale));
            drawing.setMap(sourceFromWord, 0, 0);
            word(drawing, draws.nextInt(1, 7), color);
            top += height * draws.nextDouble(1.5, 2.5);
        }
    }

    private static void word(Drawing drawing, int letters, float color) {
        double left = 0;
        List<double[]> corners = new ArrayList<>();
        for (int i = 0; i < letters; i++) {
            Letter letter = FACE.get(drawing.draws.nextInt(FACE.size()));
            double[] outline = letter.outline.clone();
            double[] moved = letter.corners.clone();
            for (int k = 0; k < outline.length; k += 2) {
                outline[k] += left;
            }
            for (int k = 0; k < moved.length; k += 2) {
                moved[k] += left;
            }
            drawing.fill(outline, color);
            corners.add(moved);
            left += letter.width + 1.4;
        }
        drawing.paint();
        for (double[] each : corners) {
            for (int k = 0; k < each.length; k += 2) {
                drawing.corner(each[k], each[k + 1], JunctionKind.L);
            }
        }
    }
}
