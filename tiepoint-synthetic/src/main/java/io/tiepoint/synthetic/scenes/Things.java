package io.tiepoint.synthetic.scenes;

import io.tiepoint.core.geometry.Vector3;
import io.tiepoint.core.random.Draws;

/** Small things that stand on tables, about the origin of the present frame. Sizes in m. */
final class Things {
    private final SceneBuilder builder;
    private final Palette palette;
    private final Draws draws;

    Things(SceneBuilder builder, Palette palette, Draws draws) {
        this.builder = builder;
        this.palette = palette;
        this.draws = draws;
    }

    private static Vector3 at(double x, double y, double z) {
        return new Vector3(x, y, z);
    }

    /** Anything about as high or wide as a size. */
    void any(double size) {
        switch (draws.nextInt(7)) {
            case 0, 1 -> parcel(size);
            case 2 -> vessel(size);
            case 3 -> books(size);
            case 4 -> fruit(size);
            case 5 -> cup(size);
            default -> blocks(size);
        }
    }

    /** A box with pictures on its sides, as groceries come. */
    void parcel(double size) {
        builder.object();
        double x = size * draws.nextDouble(0.25, 0.5);
        double y = size * draws.nextDouble(0.12, 0.4);
        double z = size * draws.nextDouble(0.4, 1.1);
        builder.paint(palette.plain("board", draws.nextDouble(0.2, 0.85), draws));
        builder.box(at(-x, -y, 0), at(x, y, z));
        double gap = 0.0012;
        Material front = palette.picture(draws);
        Material side = palette.picture(draws);
        builder.paint(front);
        builder.picture(at(-0.94 * x, -y - gap, 0.03 * z), at(1.88 * x, 0, 0), at(0, 0, 0.94 * z));
        builder.picture(at(0.94 * x, y + gap, 0.03 * z), at(-1.88 * x, 0, 0), at(0, 0, 0.94 * z));
        builder.paint(side);
        builder.picture(at(x + gap, -0.9 * y, 0.05 * z), at(0, 1.8 * y, 0), at(0, 0, 0.9 * z));
        builder.picture(at(-x - gap, 0.9 * y, 0.05 * z), at(0, -1.8 * y, 0), at(0, 0, 0.9 * z));
        builder.paint(draws.nextBoolean() ? front : side);
        builder.picture(at(-0.95 * x, -0.9 * y, z + gap), at(1.9 * x, 0, 0), at(0, 1.8 * y, 0));
    }

    /** A vase or a bottle, with a label now and then. */
    void vessel(double size) {
        builder.object();
        builder.paint(draws.chance(0.5) ? palette.cloth(draws) : palette.plaster(draws));
        double r = size * draws.nextDouble(0.16, 0.34);
        double[] profile = new double[22];
        double neck = draws.nextDouble(0.25, 0.7);
        double belly = draws.nextDouble(0.25, 0.55);
        for (int i = 0; i < 9; i++) {
            double t = i / 8.0;
            double swell = StrictMath.exp(-8 * (t - belly) * (t - belly));
            profile[2 * i] = r * (neck + (1 - neck) * swell) * (i == 0 ? 0.9 : 1);
            profile[2 * i + 1] = size * t;
        }
        profile[18] = profile[16] * 0.8;
        profile[19] = size;
        profile[20] = 0;
        profile[21] = size * 0.93;
        Solids.lathe(builder, Vector3.ZERO, profile, 24);
    }

    private void books(double size) {
        double z = 0;
        for (int i = draws.nextInt(1, 5); i > 0; i--) {
            builder.object();
            double x = size * draws.nextDouble(0.4, 0.65);
            double y = 0.7 * x;
            double thick = size * draws.nextDouble(0.06, 0.2);
            builder.push(at(size * 0.05 * draws.nextGaussian(), 0, z), draws.nextDouble(-0.5, 0.5));
            builder.paint(palette.plain("pages", 0.8, draws));
            builder.box(at(-x + 0.004, -y + 0.004, 0.002), at(x - 0.004, y - 0.004, thick - 0.002));
            builder.paint(palette.cloth(draws));
            builder.box(at(-x, -y, 0), at(x, y, 0.002));
            builder.box(at(-x, -y, thick - 0.002), at(x, y, thick));
            builder.box(at(-x, -y, 0.002), at(-x + 0.003, y, thick - 0.002));
            builder.paint(palette.picture(draws));
            builder.picture(at(-0.95 * x, -0.95 * y, thick + 0.0008), at(1.9 * x, 0, 0), at(0, 1.9 * y, 0));
            builder.pop();
            z += thick;
        }
    }

    private void fruit(double size) {
        Material skin = palette.cloth(draws);
        double r = 0.22 * size;
        for (int i = draws.nextInt(1, 5); i > 0; i--) {
            builder.object();
            builder.paint(skin.withTone(skin.tone() * draws.nextDouble(0.7, 1.3)));
            double angle = draws.nextDouble(0, 6);
            double away = i == 1 ? 0 : 2.1 * r;
            Vector3 centre = at(away * StrictMath.cos(angle), away * StrictMath.sin(angle), 0.95 * r);
            Solids.lump(builder, centre, at(r, r, 0.95 * r), 0.04, draws);
        }
    }

    private void cup(double size) {
        builder.object();
        builder.paint(draws.nextBoolean() ? palette.plain("china", 0.85, draws) : palette.cloth(draws));
        double r = 0.3 * size;
        double h = 0.7 * size;
        Solids.lathe(
                builder,
                Vector3.ZERO,
                new double[] {0.75 * r, 0, 0.95 * r, 0.3 * h, r, h, 0.92 * r, h, 0.85 * r, 0.3 * h, 0, 0.2 * h},
                24);
        Vector3[] line = new Vector3[9];
        double[] radii = new double[9];
        for (int i = 0; i < line.length; i++) {
            double angle = Math.PI * (i / 8.0 - 0.5);
            line[i] = at(0.93 * r + 0.5 * r * StrictMath.cos(angle), 0, 0.52 * h + 0.28 * h * StrictMath.sin(angle));
            radii[i] = 0.08 * r;
        }
        Solids.tube(builder, line, radii, 8);
    }

    private void blocks(double size) {
        double z = 0;
        for (int i = draws.nextInt(1, 5); i > 0; i--) {
            builder.object();
            double h = size * draws.nextDouble(0.15, 0.32);
            builder.push(
                    at(0.03 * size * draws.nextGaussian(), 0.03 * size * draws.nextGaussian(), z),
                    draws.nextDouble(0, 3));
            builder.paint(draws.nextBoolean() ? palette.wood(draws) : palette.cloth(draws));
            if (draws.chance(0.7)) {
                builder.box(at(-h / 2, -h / 2, 0), at(h / 2, h / 2, h));
            } else {
                Solids.lathe(builder, Vector3.ZERO, new double[] {h / 2, 0, h / 2, h, 0, h}, 18);
            }
            builder.pop();
            z += h;
        }
    }
}
