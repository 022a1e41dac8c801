package io.tiepoint.synthetic.images;

import io.tiepoint.core.random.Draws;

/** Objects strewn over an image. */
final class Scatter {
    private Scatter() {}

    /** Objects of all sizes at any place, painted in random order: dead leaves. */
    static void everywhere(Brush brush, int number, double smallest, double largest) {
        Draws draws = brush.draws;
        for (int i = 0; i < number; i++) {
            double radius = PowerLaw.radius(smallest, largest, draws);
            double x = draws.nextDouble(-radius, brush.size.width() + radius);
            double y = draws.nextDouble(-radius, brush.size.height() + radius);
            brush.object(Outlines.any(x, y, radius, draws), x, y, radius, brush.tone());
        }
    }

    /** A heap of similar things about one place. */
    static void heap(Brush brush, double x, double y, double spread) {
        Draws draws = brush.draws;
        int number = brush.count(15, 120);
        double typical = draws.nextLogUniform(0.006, 0.04) * brush.shorterSide;
        int shape = draws.nextInt(Outlines.SHAPES);
        float tone = brush.tone();
        double variety = draws.nextDouble(0.1, 0.6);
        for (int i = 0; i < number; i++) {
            double radius = typical * draws.nextDouble(0.6, 1.4);
            double px = x + spread * draws.nextGaussian();
            double py = y + spread * draws.nextGaussian();
            double[] outline = Outlines.of(shape, px, py, radius, draws);
            brush.object(outline, px, py, radius, brush.toneNear(tone, variety));
        }
    }

    /** The same thing again and again along a line, growing or shrinking: fences, lamps, wheels. */
    static void row(Brush brush) {
        Draws draws = brush.draws;
        int number = draws.nextInt(4, 16);
        double step = draws.nextDouble(0.03, 0.15) * brush.shorterSide;
        double growth = draws.nextDouble(0.9, 1.1);
        double direction = brush.angle();
        double radius = step * draws.nextDouble(0.2, 0.6);
        double x = brush.x();
        double y = brush.y();
        double[] outline = Outlines.any(0, 0, 1, draws);
        float tone = brush.tone();
        boolean plain = draws.nextBoolean();
        for (int i = 0; i < number; i++) {
            double[] placed = Outlines.placed(outline, x, y, radius);
            if (plain) {
                brush.flat(placed, tone);
            } else {
                brush.object(placed, x, y, radius, tone);
            }
            x += step * StrictMath.cos(direction);
            y += step * StrictMath.sin(direction);
            step *= growth;
            radius *= growth;
        }
    }

    /** Curves: wires, cracks, branches lying about. */
    static void curves(Brush brush, int number) {
        Draws draws = brush.draws;
        for (int i = 0; i < number; i++) {
            double thickness = draws.nextLogUniform(0.002, 0.03) * brush.shorterSide;
            double length = draws.nextDouble(0.2, 1.3) * brush.shorterSide;
            double[] shape = {length, thickness, draws.nextGaussian() * 1.2};
            brush.flat(Outlines.ribbon(brush.x(), brush.y(), brush.angle(), shape), brush.tone());
        }
    }

    /** Blades that grow from the lower part of the image. */
    static void grass(Brush brush, double top) {
        Draws draws = brush.draws;
        int number = brush.count(40, 400);
        float tone = brush.tone();
        double typical = draws.nextLogUniform(0.02, 0.15) * brush.shorterSide;
        for (int i = 0; i < number; i++) {
            double x = brush.x();
            double y = draws.nextDouble(top, brush.size.height() + typical);
            double lean = -Math.PI / 2 + 0.3 * draws.nextGaussian();
            double length = typical * draws.nextDouble(0.5, 1.5);
            double[] shape = {length, Math.max(length * 0.05, 0.7), 0.8 * draws.nextGaussian()};
            brush.flat(Outlines.ribbon(x, y, lean, shape), brush.toneNear(tone, 0.5));
        }
    }

    /** A trunk that divides into branches, with or without leaves. */
    static void tree(Brush brush, double x, double y, double height) {
        Draws draws = brush.draws;
        float bark = brush.tone();
        boolean leafy = draws.chance(0.6);
        float green = brush.tone();
        double lean = -Math.PI / 2 + 0.15 * draws.nextGaussian();
        branch(brush, new double[] {x, y, lean, height * 0.35, height * 0.05}, bark, leafy ? green : Float.NaN, 5);
    }

    private static void branch(Brush brush, double[] root, float bark, float green, int depth) {
        Draws draws = brush.draws;
        double bend = 0.4 * draws.nextGaussian();
        brush.flat(
                Outlines.ribbon(root[0], root[1], root[2], new double[] {root[3], Math.max(root[4], 0.6), bend}), bark);
        double direction = root[2] + bend / 2;
        double x = root[0] + root[3] * StrictMath.cos(direction);
        double y = root[1] + root[3] * StrictMath.sin(direction);
        if (depth == 0 || root[3] < 3) {
            for (int i = 0; i < 4 && !Float.isNaN(green); i++) {
                double radius = draws.nextDouble(0.008, 0.025) * brush.shorterSide;
                double px = x + 2 * radius * draws.nextGaussian();
                double py = y + 2 * radius * draws.nextGaussian();
                double[] leaf = Outlines.leaf(px, py, radius, 0.4, brush.angle());
                brush.flat(leaf, brush.toneNear(green, 0.5));
            }
            return;
        }
        int children = draws.nextInt(2, 4);
        for (int i = 0; i < children; i++) {
            double turn = root[2] + bend + 0.5 * draws.nextGaussian();
            double shorter = draws.nextDouble(0.6, 0.85);
            branch(brush, new double[] {x, y, turn, root[3] * shorter, root[4] * 0.6}, bark, green, depth - 1);
        }
    }
}
