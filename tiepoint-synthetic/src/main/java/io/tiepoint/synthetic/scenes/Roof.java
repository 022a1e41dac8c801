package io.tiepoint.synthetic.scenes;

import io.tiepoint.core.geometry.Vector3;
import io.tiepoint.core.random.Draws;

/** Roofs over a rectangle from (0, 0) to (width, depth). */
final class Roof {
    private final SceneBuilder builder;
    private final Palette palette;
    private final Draws draws;

    Roof(SceneBuilder builder, Palette palette, Draws draws) {
        this.builder = builder;
        this.palette = palette;
        this.draws = draws;
    }

    /** Any kind of roof. */
    void build(double width, double depth, double base, Material wall) {
        double choice = draws.nextDouble();
        double rise = depth * draws.nextDouble(0.25, 0.5);
        if (choice < 0.55) {
            gable(width, depth, new double[] {base, rise, 0.35}, wall);
        } else if (choice < 0.75) {
            hip(width, depth, base, rise);
        } else {
            flat(width, depth, base, wall);
        }
        if (draws.chance(0.7)) {
            builder.paint(wall);
            double x = draws.nextDouble(0.15, 0.8) * width;
            double y = draws.nextDouble(0.3, 0.6) * depth;
            double top = base + rise + draws.nextDouble(0.3, 1);
            builder.box(new Vector3(x, y, base), new Vector3(x + 0.6, y + 0.8, choice < 0.75 ? top : base + 1.6));
        }
    }

    /**
     * Two slopes with a ridge along x.
     *
     * @param heights of the eaves, of the ridge above them, and how far the slopes reach beyond the walls
     */
    void gable(double width, double depth, double[] heights, Material wall) {
        double base = heights[0];
        double rise = heights[1];
        double over = heights[2];
        double drop = rise / (depth / 2) * over;
        builder.paint(wall);
        builder.polygon(
                new Vector3(width, 0, base),
                new Vector3(width, depth, base),
                new Vector3(width, depth / 2, base + rise));
        builder.polygon(new Vector3(0, depth, base), new Vector3(0, 0, base), new Vector3(0, depth / 2, base + rise));
        builder.paint(palette.roof(draws).withTwoSided(true));
        Vector3 along = new Vector3(width + 0.3, 0, 0);
        Vector3 up = new Vector3(0, depth / 2 + over, rise + drop);
        builder.face(new Vector3(-0.15, -over, base - drop), along, up);
        builder.face(
                new Vector3(width + 0.15, depth + over, base - drop), along.times(-1), new Vector3(0, -up.y(), up.z()));
    }

    private void hip(double width, double depth, double base, double rise) {
        builder.paint(palette.roof(draws).withTwoSided(true));
        double o = 0.3;
        double inset = Math.min(depth / 2, width / 2 - 0.2);
        Vector3 a = new Vector3(-o, -o, base - 0.1);
        Vector3 b = new Vector3(width + o, -o, base - 0.1);
        Vector3 c = new Vector3(width + o, depth + o, base - 0.1);
        Vector3 d = new Vector3(-o, depth + o, base - 0.1);
        Vector3 left = new Vector3(inset, depth / 2, base + rise);
        Vector3 right = new Vector3(width - inset, depth / 2, base + rise);
        builder.polygon(a, b, right, left);
        builder.polygon(b, c, right);
        builder.polygon(c, d, left, right);
        builder.polygon(d, a, left);
    }

    private void flat(double width, double depth, double base, Material wall) {
        builder.paint(palette.asphalt(draws));
        builder.face(new Vector3(0, 0, base), new Vector3(width, 0, 0), new Vector3(0, depth, 0));
        builder.paint(wall);
        double h = draws.nextDouble(0.4, 0.9);
        double t = 0.25;
        builder.box(new Vector3(0, 0, base), new Vector3(width, t, base + h));
        builder.box(new Vector3(0, depth - t, base), new Vector3(width, depth, base + h));
        builder.box(new Vector3(0, t, base), new Vector3(t, depth - t, base + h));
        builder.box(new Vector3(width - t, t, base), new Vector3(width, depth - t, base + h));
    }
}
