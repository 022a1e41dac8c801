package io.tiepoint.synthetic.scenes;

import io.tiepoint.core.geometry.Vector3;
import io.tiepoint.core.random.Draws;

/** What stands in streets. */
final class StreetThings {
    private final SceneBuilder builder;
    private final Palette palette;
    private final Draws draws;

    StreetThings(SceneBuilder builder, Palette palette, Draws draws) {
        this.builder = builder;
        this.palette = palette;
        this.draws = draws;
    }

    private static Vector3 at(double x, double y, double z) {
        return new Vector3(x, y, z);
    }

    /** A car along x, in its own frame, the middle of its floor at the origin. */
    void car() {
        builder.object();
        double length = draws.nextDouble(3.7, 4.8);
        double w = draws.nextDouble(1.6, 1.85) / 2;
        double roof = draws.nextDouble(1.35, 1.75);
        double hood = draws.nextDouble(0.8, 0.95);
        double l = length / 2;
        builder.solid(at(-l, -w, 0), at(l, w, roof));
        Material paint = palette.plain(
                "paint", draws.chance(0.4) ? draws.nextDouble(0.7, 0.9) : draws.nextDouble(0.05, 0.5), draws);
        Material glass = palette.glass(draws);
        boolean van = draws.chance(0.3);
        double[] xs = {
            -l, -l + 0.05, van ? -l + 0.15 : -l + 0.65, van ? -l + 0.2 : -l + 1.1, l - 1.9, l - 1.15, l - 0.1, l
        };
        double[] zs = {0.3, hood, hood + 0.05, roof, roof, hood + 0.05, hood - 0.12, 0.3};
        double[] narrow = {0.05, 0, 0.02, 0.18, 0.18, 0.02, 0.02, 0.06};
        for (int i = 0; i + 1 < xs.length; i++) {
            builder.paint((i == 2 && !van) || i == 4 ? glass : paint);
            builder.polygon(
                    at(xs[i], w - narrow[i], zs[i]),
                    at(xs[i], -w + narrow[i], zs[i]),
                    at(xs[i + 1], -w + narrow[i + 1], zs[i + 1]),
                    at(xs[i + 1], w - narrow[i + 1], zs[i + 1]));
        }
        builder.paint(paint);
        for (int side = -1; side <= 1; side += 2) {
            Vector3[] body = {
                at(xs[0], side * (w - 0.05), 0.3), at(xs[7], side * (w - 0.06), 0.3),
                        at(xs[6], side * (w - 0.02), zs[6]),
                at(xs[5], side * (w - 0.02), zs[5]), at(xs[2], side * (w - 0.02), zs[2]), at(xs[1], side * w, zs[1])
            };
            upright(body, side);
            Vector3[] cabin = {
                at(xs[2], side * (w - 0.02), zs[2]), at(xs[5], side * (w - 0.02), zs[5]),
                at(xs[4], side * (w - 0.18), zs[4]), at(xs[3], side * (w - 0.18), zs[3])
            };
            upright(cabin, side);
            builder.paint(glass);
            Vector3 middle =
                    cabin[0].plus(cabin[1]).plus(cabin[2]).plus(cabin[3]).times(0.25);
            Vector3[] pane = new Vector3[4];
            for (int i = 0; i < 4; i++) {
                pane[i] = middle.plus(cabin[i].minus(middle).times(0.82)).plus(at(0, side * 0.015, 0));
            }
            upright(pane, side);
            builder.paint(paint);
        }
        wheels(l, w);
        lights(l, w, hood);
    }

    /** A polygon given counter-clockwise for who looks along y. */
    private void upright(Vector3[] points, int side) {
        Vector3[] ordered = new Vector3[points.length];
        for (int i = 0; i < points.length; i++) {
            ordered[i] = side < 0 ? points[i] : points[points.length - 1 - i];
        }
        builder.polygon(ordered);
    }

    private void wheels(double l, double w) {
        Material tyre = palette.plain("tyre", 0.06, draws);
        Material rim = palette.plain("rim", 0.55, draws);
        for (int i = 0; i < 4; i++) {
            int side = i % 2 == 0 ? -1 : 1;
            double x = (i < 2 ? -1 : 1) * (l - 0.8);
            builder.paint(tyre);
            Vector3 inner = at(x, side * (w - 0.2), 0.32);
            Vector3 outer = at(x, side * (w + 0.01), 0.32);
            Solids.tube(builder, new Vector3[] {inner, outer}, new double[] {0.32, 0.32}, 14);
            disc(outer, side, 0.32);
            builder.paint(rim);
            disc(at(x, side * (w + 0.015), 0.32), side, 0.2);
        }
    }

    private void disc(Vector3 centre, int side, double radius) {
        Vector3[] ring = new Vector3[14];
        for (int i = 0; i < ring.length; i++) {
            double angle = 2 * Math.PI * i / ring.length;
            ring[i] = centre.plus(at(radius * StrictMath.cos(angle), 0, radius * StrictMath.sin(angle)));
        }
        upright(ring, side);
    }

    private void lights(double l, double w, double hood) {
        builder.paint(palette.plain("light", 0.9, draws));
        for (int side = -1; side <= 1; side += 2) {
            double y = side * (w - 0.35);
            builder.box(at(l - 0.1, y - 0.18, hood - 0.35), at(l + 0.01, y + 0.18, hood - 0.2));
            builder.box(at(-l - 0.01, y - 0.15, hood - 0.25), at(-l + 0.05, y + 0.15, hood - 0.1));
        }
        builder.paint(palette.picture(draws));
        builder.picture(at(l + 0.02, -0.26, 0.42), at(0, 0.52, 0), at(0, 0, 0.12));
        builder.picture(at(-l - 0.02, 0.26, 0.5), at(0, -0.52, 0), at(0, 0, 0.12));
    }

    /** A lamp post whose arm points along y. */
    void lampPost(Vector3 foot, double arm) {
        builder.object();
        builder.paint(palette.plain("post", draws.nextDouble(0.1, 0.5), draws));
        double h = draws.nextDouble(4.5, 7);
        Solids.lathe(builder, foot, new double[] {0.14, 0, 0.12, 0.5, 0.06, 0.6, 0.05, h, 0, h}, 8);
        Vector3 top = foot.plus(at(0, 0, h - 0.05));
        Vector3 end = top.plus(at(0, arm, 0.25));
        Solids.pole(builder, top, end, 0.035);
        builder.box(end.plus(at(-0.12, -0.3, -0.06)), end.plus(at(0.12, 0.3, 0.06)));
    }

    /** A sign on a post, facing along x. */
    void sign(Vector3 foot) {
        builder.object();
        builder.paint(palette.plain("post", 0.5, draws));
        double h = draws.nextDouble(2.2, 2.8);
        Solids.pole(builder, foot, foot.plus(at(0, 0, h)), 0.03);
        builder.paint(palette.picture(draws).withTwoSided(true));
        double size = draws.nextDouble(0.5, 0.8);
        builder.picture(foot.plus(at(-0.035, size / 2, h - size)), at(0, -size, 0), at(0, 0, size));
    }

    /** A bin, bollard, planter, bench or hydrant. */
    void small(Vector3 foot) {
        builder.object();
        builder.paint(palette.plain("iron", draws.nextDouble(0.05, 0.6), draws));
        switch (draws.nextInt(5)) {
            case 0 ->
                Solids.lathe(builder, foot, new double[] {0.22, 0, 0.25, 0.8, 0.28, 0.82, 0.28, 0.9, 0, 0.98}, 12);
            case 1 -> Solids.lathe(builder, foot, new double[] {0.09, 0, 0.07, 0.7, 0.1, 0.75, 0.1, 0.85, 0, 0.92}, 10);
            case 2 -> {
                builder.paint(palette.stone(draws));
                builder.box(foot.plus(at(-0.6, -0.35, 0)), foot.plus(at(0.6, 0.35, 0.5)));
                new Plants(builder, palette, draws).bush(foot.plus(at(0, 0, 0.35)), 0.9);
            }
            case 3 -> bench(foot);
            default ->
                Solids.lathe(
                        builder,
                        foot,
                        new double[] {0.16, 0, 0.16, 0.06, 0.11, 0.08, 0.11, 0.5, 0.15, 0.52, 0.13, 0.65, 0, 0.74},
                        10);
        }
    }

    private void bench(Vector3 foot) {
        builder.paint(palette.wood(draws));
        for (int i = 0; i < 4; i++) {
            builder.box(foot.plus(at(-0.8, -0.22 + 0.12 * i, 0.42)), foot.plus(at(0.8, -0.13 + 0.12 * i, 0.46)));
        }
        for (int i = 0; i < 2; i++) {
            builder.box(foot.plus(at(-0.8, 0.25, 0.55 + 0.16 * i)), foot.plus(at(0.8, 0.29, 0.66 + 0.16 * i)));
        }
        builder.paint(palette.plain("iron", 0.12, draws));
        for (int side = -1; side <= 1; side += 2) {
            builder.box(foot.plus(at(side * 0.65 - 0.03, -0.22, 0)), foot.plus(at(side * 0.65 + 0.03, -0.16, 0.42)));
            builder.box(foot.plus(at(side * 0.65 - 0.03, 0.22, 0)), foot.plus(at(side * 0.65 + 0.03, 0.25, 0.84)));
        }
    }

    /** A wire that sags between two points. */
    void wire(Vector3 from, Vector3 to) {
        builder.object();
        builder.paint(palette.plain("wire", 0.05, draws));
        int n = 8;
        Vector3[] line = new Vector3[n + 1];
        double[] radii = new double[n + 1];
        double sag = 0.03 * from.distanceTo(to);
        for (int i = 0; i <= n; i++) {
            double t = i / (double) n;
            line[i] = from.times(1 - t).plus(to.times(t)).plus(at(0, 0, -4 * sag * t * (1 - t)));
            radii[i] = 0.015;
        }
        Solids.tube(builder, line, radii, 4);
    }
}
