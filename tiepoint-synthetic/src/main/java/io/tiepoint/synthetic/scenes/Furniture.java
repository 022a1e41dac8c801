package io.tiepoint.synthetic.scenes;

import io.tiepoint.core.geometry.Vector3;
import io.tiepoint.core.random.Draws;

/** What stands and hangs in rooms. A wall lies in the plane y = 0 and is seen from where y is positive. */
final class Furniture {
    private final SceneBuilder builder;
    private final Palette palette;
    private final Draws draws;
    private final Things things;

    Furniture(SceneBuilder builder, Palette palette, Draws draws) {
        this.builder = builder;
        this.palette = palette;
        this.draws = draws;
        things = new Things(builder, palette, draws);
    }

    private static Vector3 at(double x, double y, double z) {
        return new Vector3(x, y, z);
    }

    /** Something of a width that stands against the wall. */
    void any(double w, double ceiling) {
        builder.object();
        switch (draws.nextInt(5)) {
            case 0, 1 -> shelf(w, Math.min(draws.nextDouble(0.9, 2.2), ceiling - 0.3));
            case 2 -> cabinet(w);
            case 3 -> sofa(Math.max(w, 1.2));
            default -> plant(w);
        }
    }

    private void shelf(double w, double h) {
        double d = draws.nextDouble(0.25, 0.4);
        double t = 0.025;
        builder.solid(at(0, 0, 0), at(w, d, h));
        builder.paint(palette.wood(draws));
        builder.box(at(0, 0, 0), at(t, d, h));
        builder.box(at(w - t, 0, 0), at(w, d, h));
        builder.box(at(t, 0, 0), at(w - t, 0.01, h));
        int boards = Math.max((int) (h / draws.nextDouble(0.28, 0.42)), 2);
        double pitch = (h - t) / boards;
        for (int i = 0; i <= boards; i++) {
            builder.paint(palette.wood(draws));
            builder.box(at(t, 0.01, i * pitch), at(w - t, d, i * pitch + t));
            if (i < boards) {
                fill(w, d, i * pitch + t, pitch - t);
            }
        }
    }

    /** Books upright, or things. */
    private void fill(double w, double d, double z, double room) {
        double x = 0.03;
        while (x < w - 0.12) {
            double choice = draws.nextDouble();
            if (choice < 0.75) {
                double thick = draws.nextDouble(0.015, 0.06);
                double tall = Math.min(draws.nextDouble(0.6, 0.95) * room, 0.34);
                double deep = d * draws.nextDouble(0.6, 0.85);
                builder.object();
                builder.paint(palette.plain("cover", draws.nextDouble(0.05, 0.9), draws));
                builder.box(at(x, 0.03, z), at(x + thick, deep, z + tall));
                if (thick > 0.025) {
                    builder.paint(palette.picture(draws));
                    builder.picture(
                            at(x + 0.9 * thick, deep + 0.001, z + 0.1 * tall),
                            at(-0.8 * thick, 0, 0),
                            at(0, 0, 0.8 * tall));
                }
                x += thick + 0.002;
            } else if (choice < 0.85) {
                builder.push(at(x + 0.08, d * 0.55, z), 0);
                things.vessel(Math.min(0.8 * room, 0.25));
                builder.pop();
                x += 0.18;
            } else {
                x += draws.nextDouble(0.03, 0.2);
            }
        }
    }

    private void cabinet(double w) {
        double h = draws.nextDouble(0.6, 1.1);
        double d = draws.nextDouble(0.38, 0.5);
        builder.solid(at(0, 0, 0), at(w, d, h));
        Material wood = palette.wood(draws);
        builder.paint(wood);
        builder.box(at(0, 0, 0.06), at(w, d, h));
        builder.paint(wood.withTone(wood.tone() * 0.85));
        int columns = Math.max((int) (w / 0.45), 1);
        int rows = draws.nextInt(1, 4);
        for (int i = 0; i < columns * rows; i++) {
            int row = i / columns;
            double x = i % columns * w / columns + 0.015;
            double z = 0.08 + row * (h - 0.1) / rows;
            builder.box(at(x, d, z), at(x + w / columns - 0.03, d + 0.018, z + (h - 0.1) / rows - 0.02));
        }
        builder.paint(palette.plain("metal", 0.6, draws));
        for (int i = 0; i < columns * rows; i++) {
            int row = i / columns;
            double x = (i % columns + 0.5) * w / columns;
            double z = 0.08 + (row + 0.75) * (h - 0.1) / rows;
            builder.box(at(x - 0.05, d + 0.018, z), at(x + 0.05, d + 0.04, z + 0.012));
        }
        for (double x = 0.15; x < w - 0.1; x += draws.nextDouble(0.25, 0.5)) {
            builder.push(at(x, d * 0.5, h), draws.nextDouble(0, 6));
            things.any(draws.nextDouble(0.12, 0.3));
            builder.pop();
        }
    }

    private void sofa(double w) {
        double d = draws.nextDouble(0.75, 0.95);
        builder.solid(at(0, 0, 0), at(w, d, 0.85));
        builder.paint(palette.cloth(draws));
        builder.box(at(0, 0, 0.1), at(w, d, 0.4));
        builder.box(at(0, 0, 0.4), at(w, 0.22, 0.85));
        builder.box(at(0, 0.22, 0.4), at(0.18, d, 0.62));
        builder.box(at(w - 0.18, 0.22, 0.4), at(w, d, 0.62));
        int seats = Math.max((int) ((w - 0.36) / 0.6), 1);
        double seat = (w - 0.36) / seats;
        for (int i = 0; i < seats; i++) {
            double x = 0.18 + i * seat;
            builder.box(at(x + 0.01, 0.22, 0.4), at(x + seat - 0.01, d + 0.02, 0.5));
        }
        for (int i = 0; i < 2; i++) {
            builder.object();
            builder.paint(palette.cloth(draws));
            Vector3 centre = at(draws.nextDouble(0.35, w - 0.35), 0.38, 0.66);
            Solids.lump(builder, centre, at(0.22, 0.1, 0.19), 0.05, draws);
        }
    }

    private void plant(double w) {
        double size = Math.min(w, 0.7);
        builder.solid(at(0, 0, 0), at(size, size, 1));
        Vector3 foot = at(size / 2, size / 2, 0);
        builder.paint(palette.stone(draws));
        Solids.lathe(builder, foot, new double[] {0.11, 0, 0.17, 0.28, 0.19, 0.3, 0.17, 0.31, 0, 0.3}, 16);
        builder.paint(palette.leaves(draws));
        Solids.leaves(builder, foot.plus(at(0, 0, 0.75)), at(size * 0.45, size * 0.45, 0.42), 160, draws);
    }

    /** A table about the origin, with chairs and with things on it. */
    void tableWithChairs() {
        double l = draws.nextDouble(0.5, 1);
        double w = draws.nextDouble(0.35, 0.5);
        double h = 0.74;
        builder.object();
        builder.solid(at(-l, -w, 0), at(l, w, h + 0.3));
        Material wood = palette.wood(draws);
        builder.paint(wood);
        builder.box(at(-l, -w, h - 0.04), at(l, w, h));
        for (int i = 0; i < 4; i++) {
            double x = (i % 2 == 0 ? -1 : 1) * (l - 0.06);
            double y = (i / 2 == 0 ? -1 : 1) * (w - 0.06);
            builder.box(at(x - 0.03, y - 0.03, 0), at(x + 0.03, y + 0.03, h - 0.04));
        }
        for (int i = draws.nextInt(3, 8); i > 0; i--) {
            builder.push(
                    at(draws.nextDouble(-0.8, 0.8) * l, draws.nextDouble(-0.8, 0.8) * w, h), draws.nextDouble(0, 6));
            things.any(draws.nextDouble(0.1, 0.28));
            builder.pop();
        }
        Material seat = draws.nextBoolean() ? wood : palette.cloth(draws);
        for (int i = draws.nextInt(2, 5); i > 0; i--) {
            double side = i % 2 == 0 ? 1 : -1;
            double x = i > 2 ? -0.5 * l : 0.4 * l;
            builder.push(
                    at(x, side * (w + draws.nextDouble(0.1, 0.35)), 0),
                    (side > 0 ? 0 : Math.PI) + draws.nextDouble(-0.3, 0.3));
            chair(wood, seat);
            builder.pop();
        }
    }

    private void chair(Material wood, Material seat) {
        builder.object();
        builder.solid(at(-0.22, -0.22, 0), at(0.22, 0.22, 0.95));
        builder.paint(wood);
        for (int i = 0; i < 4; i++) {
            double x = i % 2 == 0 ? -0.2 : 0.17;
            double y = i / 2 == 0 ? -0.2 : 0.17;
            builder.box(at(x, y, 0), at(x + 0.03, y + 0.03, i / 2 == 0 ? 0.44 : 0.92));
        }
        for (int i = 0; i < 3; i++) {
            builder.box(at(-0.17, 0.175, 0.55 + 0.13 * i), at(0.17, 0.195, 0.62 + 0.13 * i));
        }
        builder.paint(seat);
        builder.box(at(-0.22, -0.22, 0.44), at(0.22, 0.2, 0.475));
    }

    void door(double x) {
        builder.object();
        builder.paint(palette.wood(draws));
        builder.box(at(x, 0, 0), at(x + 0.9, 0.03, 2.02));
        builder.paint(palette.plain("frame", 0.7, draws));
        builder.box(at(x - 0.08, 0, 0), at(x, 0.045, 2.1));
        builder.box(at(x + 0.9, 0, 0), at(x + 0.98, 0.045, 2.1));
        builder.box(at(x, 0, 2.02), at(x + 0.9, 0.045, 2.1));
        builder.box(at(x + 0.06, 0.03, 1), at(x + 0.18, 0.07, 1.03));
    }

    void painting(double x, double z, double w, double h) {
        builder.object();
        builder.shell(false);
        builder.paint(palette.wood(draws));
        double t = 0.035;
        builder.box(at(x - t, 0, z - t), at(x + w + t, 0.02, z + h + t));
        builder.paint(palette.picture(draws));
        builder.picture(at(x + w, 0.022, z), at(-w, 0, 0), at(0, 0, h));
        builder.shell(true);
    }

    /** Cloth in folds, from a height to the floor. */
    void curtain(double x, double top) {
        builder.object();
        builder.paint(palette.cloth(draws).withTwoSided(true));
        int folds = 24;
        int first = -1;
        double w = 0.45;
        for (int row = 0; row <= 1; row++) {
            for (int i = 0; i <= folds; i++) {
                double phase = 2 * Math.PI * i / 6;
                Vector3 normal = at(-StrictMath.cos(phase) * 0.8, 0.6, 0).normalised();
                Vector3 place = at(x + w - w * i / folds, 0.08 + 0.035 * StrictMath.sin(phase), row == 0 ? 0.03 : top);
                int vertex = builder.vertex(place, normal, 1.5 * w * i / folds, -place.z());
                first = first < 0 ? vertex : first;
            }
        }
        builder.grid(first, folds, 1);
        builder.paint(palette.plain("rod", 0.3, draws));
        Solids.pole(builder, at(x - 0.1, 0.08, top + 0.02), at(x + w + 0.1, 0.08, top + 0.02), 0.012);
    }

    void ceilingLamp(Vector3 place, double ceiling) {
        builder.object();
        builder.paint(palette.plain("cable", 0.1, draws));
        Solids.pole(builder, place, at(place.x(), place.y(), ceiling), 0.006);
        builder.paint(palette.lamp(draws));
        Solids.lathe(
                builder,
                place.plus(at(0, 0, -0.2)),
                new double[] {0.2, 0, 0.19, 0.05, 0.06, 0.18, 0.02, 0.2, 0, 0.2},
                18);
    }
}
