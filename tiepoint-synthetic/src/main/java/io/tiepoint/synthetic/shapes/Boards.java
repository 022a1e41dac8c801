package io.tiepoint.synthetic.shapes;

import io.tiepoint.core.geometry.Homography;
import io.tiepoint.core.random.Draws;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Checkerboards and stripes, distorted by an affine and a projective map. */
final class Boards {
    private Boards() {}

    static void checkerboard(Drawing drawing, ShapesRecipe.Boards recipe) {
        Draws draws = drawing.draws;
        int rows = recipe.cells().draw(draws);
        int columns = recipe.cells().draw(draws);
        double width = drawing.size.width();
        double height = drawing.size.height();
        double side = Math.min(width / columns, height / rows);
        double[] xs = new double[columns + 1];
        double[] ys = new double[rows + 1];
        for (int i = 0; i <= columns; i++) {
            xs[i] = (width - columns * side) / 2 + i * side;
        }
        for (int i = 0; i <= rows; i++) {
            ys[i] = (height - rows * side) / 2 + i * side;
        }
        distort(drawing, recipe);
        float[] colors = new float[rows * columns];
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                int i = row * columns + column;
                float left = column > 0 ? colors[i - 1] : Float.MAX_VALUE;
                float above = row > 0 ? colors[i - columns] : Float.MAX_VALUE;
                colors[i] = drawing.colors.differentFrom(left, above);
                drawing.fill(cell(xs[column], ys[row], xs[column + 1], ys[row + 1]), colors[i]);
            }
        }
        drawing.paint();
        edgeLines(drawing, recipe, xs, ys);
        label(drawing, xs, ys);
    }

    static void stripes(Drawing drawing, ShapesRecipe.Boards recipe) {
        Draws draws = drawing.draws;
        double width = drawing.size.width() * (1 + draws.nextDouble());
        double height = drawing.size.height() * (1 + draws.nextDouble());
        double[] xs = stripeEdges(recipe, width, recipe.minStripe() * drawing.shorterSide, draws);
        double[] ys = {0, height};
        distort(drawing, recipe);
        float color = Float.MAX_VALUE;
        for (int i = 0; i + 1 < xs.length; i++) {
            color = drawing.colors.differentFrom(color);
            drawing.fill(cell(xs[i], 0, xs[i + 1], height), color);
        }
        drawing.paint();
        edgeLines(drawing, recipe, xs, ys);
        label(drawing, xs, ys);
    }

    private static double[] stripeEdges(ShapesRecipe.Boards recipe, double width, double minWidth, Draws draws) {
        int number = recipe.stripes().draw(draws);
        double[] candidates = new double[number + 1];
        for (int i = 1; i < number; i++) {
            candidates[i] = draws.nextDouble(0, width);
        }
        candidates[number] = width;
        Arrays.sort(candidates);
        List<Double> edges = new ArrayList<>();
        edges.add(0.0);
        for (int i = 1; i < number; i++) {
            boolean wide = candidates[i] - edges.get(edges.size() - 1) >= minWidth;
            if (wide && width - candidates[i] >= minWidth) {
                edges.add(candidates[i]);
            }
        }
        edges.add(width);
        return edges.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static double[] cell(double left, double top, double right, double bottom) {
        return new double[] {left, top, right, top, right, bottom, left, bottom};
    }

    /** Moves three corners of a square for the affine part, then four for the perspective, by half as much. */
    private static void distort(Drawing drawing, ShapesRecipe.Boards recipe) {
        Draws draws = drawing.draws;
        double x = drawing.size.width() / 2.0;
        double y = drawing.size.height() / 2.0;
        double r = drawing.shorterSide / 3.0;
        double alpha = recipe.distortion().draw(draws) * Math.max(drawing.size.width(), drawing.size.height());
        double[] square = {x + r, y + r, x + r, y - r, x - r, y - r, x - r, y + r};
        double[] parallelogram;
        do {
            parallelogram = moved(square, alpha, draws);
            // The fourth corner completes the parallelogram, which makes the map affine.
            parallelogram[6] = parallelogram[0] + parallelogram[4] - parallelogram[2];
            parallelogram[7] = parallelogram[1] + parallelogram[5] - parallelogram[3];
        } while (isTurned(parallelogram, r));
        double[] trapezoid;
        do {
            trapezoid = moved(square, alpha / 2, draws);
        } while (isTurned(trapezoid, r));
        Homography affine = Homography.fromFourPoints(square, parallelogram);
        Homography perspective = Homography.fromFourPoints(square, trapezoid);
        Homography both = perspective.compose(affine);
        var middle = both.inverse().map(x, y);
        drawing.setMap(both, middle.x(), middle.y());
    }

    private static double[] moved(double[] square, double reach, Draws draws) {
        double[] moved = new double[8];
        for (int i = 0; i < 8; i++) {
            moved[i] = square[i] + draws.nextDouble(-reach, reach);
        }
        return moved;
    }

    /** Whether a corner of the quadrilateral is nearly flat, or it is mirrored. */
    private static boolean isTurned(double[] quad, double r) {
        for (int i = 0; i < 8; i += 2) {
            int j = (i + 2) % 8;
            int k = (i + 4) % 8;
            double turn = (quad[j] - quad[i]) * (quad[k + 1] - quad[j + 1])
                    - (quad[j + 1] - quad[i + 1]) * (quad[k] - quad[j]);
            if (turn > -0.4 * r * r) {
                return true;
            }
        }
        return false;
    }

    /** Lines along some of the edges, between crossings of the grid. */
    private static void edgeLines(Drawing drawing, ShapesRecipe.Boards recipe, double[] xs, double[] ys) {
        Draws draws = drawing.draws;
        double thickness = recipe.lineThickness().draw(draws) * drawing.shorterSide;
        int horizontal = draws.nextInt(2, ys.length + 2);
        for (int i = 0; i < horizontal; i++) {
            double y = ys[draws.nextInt(ys.length)];
            double x0 = xs[draws.nextInt(xs.length)];
            double x1 = xs[draws.nextInt(xs.length)];
            drawing.line(x0, y, x1, y, thickness, drawing.colors.next());
            drawing.paint();
        }
        int vertical = draws.nextInt(2, xs.length + 2);
        for (int i = 0; i < vertical; i++) {
            double x = xs[draws.nextInt(xs.length)];
            double y0 = ys[draws.nextInt(ys.length)];
            double y1 = ys[draws.nextInt(ys.length)];
            drawing.line(x, y0, x, y1, thickness, drawing.colors.next());
            drawing.paint();
        }
    }

    private static void label(Drawing drawing, double[] xs, double[] ys) {
        for (int row = 0; row < ys.length; row++) {
            boolean inside = row > 0 && row < ys.length - 1;
            for (int column = 0; column < xs.length; column++) {
                boolean within = column > 0 && column < xs.length - 1;
                JunctionKind border = inside || within ? JunctionKind.T : JunctionKind.L;
                drawing.corner(xs[column], ys[row], inside && within ? JunctionKind.X : border);
            }
        }
    }
}
