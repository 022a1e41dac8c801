package io.tiepoint.synthetic.scenes;

import io.tiepoint.core.geometry.Vector3;
import io.tiepoint.core.random.Draws;

/**
 * A house. In its frame the front lies in the plane y = 0, from x = 0 to its width, and is seen from where y is negative; the
 * house is behind it.
 */
final class House {
    private final SceneBuilder builder;
    private final Palette palette;
    private final Draws draws;
    private final double width;
    private final double depth;
    private final int floors;
    private final double floorHeight;
    private final Material wall;
    private final Material trim;
    private final Material glass;
    private final Material blind;
    private final Material frame;
    private final double windowWidth;
    private final double windowHeight;
    private final double recess;
    private final int bars;
    private final boolean shutters;
    private final boolean sills;
    private final boolean balconies;

    /**
     * Plans a house.
     *
     * @param size width, depth (m) and number of floors
     */
    House(SceneBuilder builder, Palette palette, double[] size, Draws draws) {
        this.builder = builder;
        this.palette = palette;
        this.draws = draws;
        width = size[0];
        depth = size[1];
        floors = (int) size[2];
        floorHeight = draws.nextDouble(2.8, 3.5);
        wall = draws.chance(0.5) ? palette.wall(draws) : palette.plaster(draws);
        trim = palette.plain("trim", draws.nextDouble(0.3, 0.9), draws);
        glass = palette.glass(draws);
        blind = palette.plain("blind", draws.nextDouble(0.4, 0.9), draws);
        frame = palette.plain("frame", draws.chance(0.6) ? 0.85 : 0.15, draws);
        windowWidth = draws.nextDouble(0.35, 0.6);
        windowHeight = draws.nextDouble(0.42, 0.66);
        recess = draws.nextDouble(0.08, 0.25);
        bars = draws.nextInt(4);
        shutters = draws.chance(0.25);
        sills = draws.chance(0.7);
        balconies = draws.chance(0.2);
    }

    double height() {
        return floors * floorHeight;
    }

    void build() {
        builder.object();
        double height = height();
        builder.solid(new Vector3(0, 0, 0), new Vector3(width, depth, height + 4));
        builder.paint(wall);
        builder.face(new Vector3(width, 0, 0), new Vector3(0, depth, 0), new Vector3(0, 0, height));
        builder.face(new Vector3(0, depth, 0), new Vector3(0, -depth, 0), new Vector3(0, 0, height));
        builder.face(new Vector3(width, depth, 0), new Vector3(-width, 0, 0), new Vector3(0, 0, height));
        boolean shop = floors > 1 && draws.chance(0.35);
        int bays = Math.max((int) Math.round(width / draws.nextDouble(2.3, 3.4)), 2);
        int door = draws.nextInt(bays);
        for (int floor = 0; floor < floors; floor++) {
            if (floor == 0 && shop) {
                shop();
            } else {
                storey(floor, bays, floor == 0 ? door : -1);
            }
        }
        builder.paint(trim);
        if (draws.chance(0.6)) {
            builder.box(new Vector3(-0.02, -0.12, height - 0.25), new Vector3(width + 0.02, 0, height));
        }
        if (draws.chance(0.5)) {
            builder.box(new Vector3(0, -0.06, floorHeight - 0.1), new Vector3(width, 0, floorHeight + 0.1));
        }
        if (draws.chance(0.6)) {
            double x = draws.nextBoolean() ? 0.15 : width - 0.15;
            Solids.pole(builder, new Vector3(x, -0.08, 0), new Vector3(x, -0.08, height), 0.05);
        }
        new Roof(builder, palette, draws).build(width, depth, height, wall);
    }

    private void storey(int floor, int bays, int door) {
        double bay = width / bays;
        double bottom = floor * floorHeight;
        for (int i = 0; i < bays; i++) {
            double left = i * bay;
            double w = bay * windowWidth;
            double h = floorHeight * windowHeight;
            double x = left + (bay - w) / 2;
            double z = bottom + (floorHeight - h) * 0.55;
            if (i == door) {
                w = Math.min(1.1, 0.7 * bay);
                h = 2.2;
                x = left + (bay - w) / 2;
                z = 0;
            }
            builder.paint(wall);
            wall(left, bottom, x, bottom + floorHeight);
            wall(x + w, bottom, left + bay, bottom + floorHeight);
            wall(x, z + h, x + w, bottom + floorHeight);
            if (z > bottom) {
                wall(x, bottom, x + w, z);
            }
            if (i == door) {
                door(x, w, h);
            } else {
                window(new double[] {x, z, w, h}, bars);
                aroundWindow(new double[] {x, z, w, h}, floor);
            }
        }
    }

    private void wall(double x0, double z0, double x1, double z1) {
        builder.face(new Vector3(x0, 0, z0), new Vector3(x1 - x0, 0, 0), new Vector3(0, 0, z1 - z0));
    }

    /** The sides of an opening x, z, width, height, as deep as the wall is thick. */
    private void reveal(double[] o) {
        double x = o[0];
        double z = o[1];
        Vector3 right = new Vector3(o[2], 0, 0);
        Vector3 up = new Vector3(0, 0, o[3]);
        Vector3 in = new Vector3(0, recess, 0);
        builder.face(new Vector3(x, 0, z), in, up);
        builder.face(new Vector3(x + o[2], recess, z), in.times(-1), up);
        builder.face(new Vector3(x, 0, z), right, in);
        builder.face(new Vector3(x, recess, z + o[3]), right, in.times(-1));
    }

    private void window(double[] o, int barsHere) {
        reveal(o);
        builder.paint(draws.chance(0.18) ? blind : glass);
        flat(o[0], o[1], o[2], o[3], recess);
        builder.paint(frame);
        double t = 0.06;
        double y = recess - 0.03;
        flat(o[0], o[1], t, o[3], y);
        flat(o[0] + o[2] - t, o[1], t, o[3], y);
        flat(o[0] + t, o[1], o[2] - 2 * t, t, y);
        flat(o[0] + t, o[1] + o[3] - t, o[2] - 2 * t, t, y);
        for (int i = 1; i <= barsHere % 3; i++) {
            flat(o[0] + o[2] * i / (barsHere % 3 + 1.0) - t / 2, o[1] + t, t, o[3] - 2 * t, y);
        }
        if (barsHere > 1) {
            flat(o[0] + t, o[1] + 0.65 * o[3], o[2] - 2 * t, 0.8 * t, y - 0.005);
        }
    }

    /** An upright rectangle that faces the street. */
    private void flat(double x, double z, double w, double h, double y) {
        builder.face(new Vector3(x, y, z), new Vector3(w, 0, 0), new Vector3(0, 0, h));
    }

    private void aroundWindow(double[] o, int floor) {
        builder.paint(trim);
        if (sills) {
            builder.box(new Vector3(o[0] - 0.08, -0.12, o[1] - 0.08), new Vector3(o[0] + o[2] + 0.08, 0.02, o[1]));
        }
        if (shutters) {
            double w = 0.45 * o[2];
            builder.box(new Vector3(o[0] - w, -0.05, o[1]), new Vector3(o[0] - 0.01, 0, o[1] + o[3]));
            builder.box(new Vector3(o[0] + o[2] + 0.01, -0.05, o[1]), new Vector3(o[0] + o[2] + w, 0, o[1] + o[3]));
        }
        if (balconies && floor > 0 && draws.chance(0.6)) {
            double x0 = o[0] - 0.3;
            double x1 = o[0] + o[2] + 0.3;
            builder.box(new Vector3(x0, -1, o[1] - 0.3), new Vector3(x1, 0, o[1] - 0.12));
            Solids.pole(builder, new Vector3(x0, -0.95, o[1] + 0.75), new Vector3(x1, -0.95, o[1] + 0.75), 0.03);
            int posts = (int) ((x1 - x0) / 0.18);
            for (int i = 0; i <= posts; i++) {
                double x = x0 + (x1 - x0) * i / posts;
                builder.box(new Vector3(x - 0.012, -0.96, o[1] - 0.12), new Vector3(x + 0.012, -0.935, o[1] + 0.75));
            }
        }
    }

    private void door(double x, double w, double h) {
        reveal(new double[] {x, 0, w, h});
        builder.paint(palette.wood(draws));
        flat(x, 0, w, h, recess);
        builder.paint(trim);
        builder.box(new Vector3(x - 0.2, -0.5, 0), new Vector3(x + w + 0.2, 0, 0.14));
        builder.paint(palette.plain("panel", draws.nextDouble(0.1, 0.7), draws));
        flat(x + 0.15 * w, 0.25, 0.7 * w, 0.6, recess - 0.02);
        flat(x + 0.15 * w, 1.1, 0.7 * w, 0.8, recess - 0.02);
    }

    /** A ground floor of large panes, with a sign over them. */
    private void shop() {
        double h = 0.72 * floorHeight;
        double margin = 0.3;
        double doorWidth = 1.1;
        builder.paint(wall);
        wall(0, 0, margin, floorHeight);
        wall(width - margin, 0, width, floorHeight);
        wall(margin, h, width - margin, floorHeight);
        wall(margin, 0, width - margin - doorWidth, 0.5);
        window(new double[] {margin, 0.5, width - 2 * margin - doorWidth, h - 0.5}, draws.nextInt(3, 6));
        builder.paint(wall);
        window(new double[] {width - margin - doorWidth, 0, doorWidth, h}, 0);
        builder.paint(trim);
        builder.box(new Vector3(margin, -0.08, h + 0.05), new Vector3(width - margin, 0, floorHeight - 0.12));
        builder.paint(palette.picture(draws));
        double signWidth = (width - 2 * margin) * draws.nextDouble(0.4, 0.9);
        builder.picture(
                new Vector3((width - signWidth) / 2, -0.085, h + 0.1),
                new Vector3(signWidth, 0, 0),
                new Vector3(0, 0, floorHeight - 0.27 - h));
        if (draws.chance(0.5)) {
            builder.paint(palette.cloth(draws).withTwoSided(true));
            double reach = draws.nextDouble(0.8, 1.4);
            builder.face(
                    new Vector3(margin, -reach, h - 0.35),
                    new Vector3(width - 2 * margin, 0, 0),
                    new Vector3(0, reach, 0.4));
        }
        if (draws.chance(0.5)) {
            builder.paint(palette.picture(draws).withTwoSided(true));
            double x = draws.nextDouble(0.5, width - 0.5);
            builder.picture(new Vector3(x, -0.15, floorHeight - 0.1), new Vector3(0, -0.8, 0), new Vector3(0, 0, 0.8));
        }
    }
}
