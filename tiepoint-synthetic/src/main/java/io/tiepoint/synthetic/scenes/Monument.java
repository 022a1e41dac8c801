package io.tiepoint.synthetic.scenes;

import io.tiepoint.core.geometry.Vector3;
import io.tiepoint.core.random.Draws;
import java.util.ArrayList;
import java.util.List;

/** Large buildings about the origin. */
final class Monument {
    private final SceneBuilder builder;
    private final Palette palette;
    private final Draws draws;
    private final Material stone;
    private final Material trim;
    private final List<Vector3> targets = new ArrayList<>();

    Monument(SceneBuilder builder, Palette palette, Draws draws) {
        this.builder = builder;
        this.palette = palette;
        this.draws = draws;
        stone = palette.stone(draws);
        trim = palette.plaster(draws);
        builder.object();
    }

    /** What is worth looking at. */
    List<Vector3> targets() {
        return targets;
    }

    private static Vector3 at(double x, double y, double z) {
        return new Vector3(x, y, z);
    }

    private void look(double x, double y, double z) {
        targets.add(at(x, y, z));
    }

    /** A hall behind columns, under a gable. */
    void temple() {
        int front = draws.nextInt(4, 9);
        int side = draws.nextInt(5, 11);
        double pitch = draws.nextDouble(2.2, 3);
        double w = (front - 1) * pitch / 2;
        double d = (side - 1) * pitch / 2;
        double h = draws.nextDouble(6, 9);
        int steps = draws.nextInt(3, 7);
        builder.paint(stone);
        for (int i = 0; i < steps; i++) {
            double out = 1.2 + 0.42 * (steps - 1 - i);
            builder.box(at(-w - out, -d - out, 0.2 * i), at(w + out, d + out, 0.2 * i + 0.2));
        }
        double base = 0.2 * steps;
        builder.solid(at(-w - 3, -d - 3, 0), at(w + 3, d + 3, 2));
        builder.paint(trim);
        double r = pitch * draws.nextDouble(0.15, 0.2);
        for (int i = 0; i < front; i++) {
            column(at(-w + i * pitch, -d, base), r, h);
            column(at(-w + i * pitch, d, base), r, h);
        }
        for (int i = 1; i < side - 1; i++) {
            column(at(-w, -d + i * pitch, base), r, h);
            column(at(w, -d + i * pitch, base), r, h);
        }
        builder.object();
        builder.paint(stone);
        builder.box(at(-w + pitch * 0.9, -d + pitch, base), at(w - pitch * 0.9, d - pitch, base + h));
        builder.paint(palette.wood(draws));
        builder.box(at(-0.9, -d + pitch - 0.1, base), at(0.9, -d + pitch, base + 3.6));
        builder.paint(trim);
        double top = base + h;
        builder.box(at(-w - 0.6, -d - 0.6, top), at(w + 0.6, d + 0.6, top + 0.9));
        builder.paint(palette.picture(draws));
        builder.picture(at(-w * 0.7, -d - 0.61, top + 0.15), at(1.4 * w, 0, 0), at(0, 0, 0.6));
        builder.paint(trim);
        builder.box(at(-w - 0.9, -d - 0.9, top + 0.9), at(w + 0.9, d + 0.9, top + 1.2));
        // The gable's ridge runs along y.
        builder.push(at(w + 0.6, -d - 0.6, 0), Math.PI / 2);
        new Roof(builder, palette, draws)
                .gable(2 * d + 1.2, 2 * w + 1.2, new double[] {top + 1.2, 0.42 * w, 0.4}, stone);
        builder.pop();
        look(0, -d, base + h * 0.5);
        look(-w, -d, base + h * 0.7);
        look(w, -d, base + h * 0.4);
        look(w, d, base + h * 0.5);
        look(0, -d, top + 1);
    }

    private void column(Vector3 foot, double r, double h) {
        builder.object();
        Solids.lathe(
                builder,
                foot,
                new double[] {
                    1.3 * r, 0, 1.3 * r, 0.15, 1.15 * r, 0.3, r, 0.35, 0.82 * r, h - 0.6, 1.05 * r, h - 0.35, 1.05 * r,
                    h - 0.3
                },
                16);
        builder.box(foot.plus(at(-1.25 * r, -1.25 * r, h - 0.3)), foot.plus(at(1.25 * r, 1.25 * r, h)));
    }

    /** A nave with a tower before it. */
    void church() {
        double w = draws.nextDouble(4, 6);
        double l = draws.nextDouble(9, 14);
        double h = draws.nextDouble(7, 11);
        builder.solid(at(-w - 2, -l - 6, 0), at(w + 2, l + 1, 40));
        Material glass = palette.glass(draws);
        builder.push(at(w, -l, 0), Math.PI / 2);
        new Roof(builder, palette, draws).gable(2 * l, 2 * w, new double[] {h, 1.3 * w, 0.4}, stone);
        builder.pop();
        builder.paint(stone);
        builder.box(at(-w, -l, 0), at(w, l, h));
        int bays = draws.nextInt(4, 7);
        for (int i = 0; i < bays; i++) {
            double y = -l + (i + 0.5) * 2 * l / bays;
            for (int side = -1; side <= 1; side += 2) {
                builder.push(at(side * w, y, 0), side > 0 ? Math.PI / 2 : -Math.PI / 2);
                pointedWindow(0.7, 2, 0.55 * h, glass);
                builder.paint(trim);
                double step = l / bays;
                builder.box(at(step - 0.35, -0.9, 0), at(step + 0.35, 0, 0.6 * h));
                builder.box(at(step - 0.3, -0.5, 0.6 * h), at(step + 0.3, 0, 0.85 * h));
                builder.pop();
            }
        }
        look(0, -l, h * 0.5);
        look(w, 0, h * 0.5);
        look(-w, 0, h * 0.6);
        spire(at(0, -l - 1.8, 0), draws.nextDouble(2.2, 2.9), h * draws.nextDouble(1.5, 2.1));
    }

    /** A window of half a width in the plane y = 0, seen from where y is negative. */
    private void pointedWindow(double half, double low, double height, Material glass) {
        int n = 6;
        Vector3[] outline = new Vector3[2 * n + 3];
        Vector3[] pane = new Vector3[2 * n + 3];
        outline[0] = at(-half - 0.2, -0.05, low - 0.2);
        outline[1] = at(half + 0.2, -0.05, low - 0.2);
        for (int i = 0; i <= 2 * n; i++) {
            // Two arcs, each about the other side's foot.
            double angle = Math.PI / 3 * (i <= n ? i / (double) n : (2 * n - i) / (double) n);
            double x = (i <= n ? 1 : -1) * (2 * StrictMath.cos(angle) - 1);
            double z = 2 * StrictMath.sin(angle);
            outline[i + 2] = at(x * (half + 0.2), -0.05, low + height + z * (half + 0.2));
        }
        for (int i = 0; i < outline.length; i++) {
            double shrink = half / (half + 0.2);
            double middle = low + height * 0.5;
            pane[i] = at(outline[i].x() * shrink, -0.07, middle + (outline[i].z() - middle) * 0.95);
        }
        builder.object();
        builder.paint(trim);
        builder.polygon(outline);
        builder.paint(glass);
        builder.polygon(pane);
        builder.paint(trim);
        builder.box(at(-0.04, -0.1, low), at(0.04, -0.06, low + height + half));
        for (int i = 1; i < 4; i++) {
            builder.box(at(-half, -0.1, low + height * i / 4), at(half, -0.06, low + height * i / 4 + 0.07));
        }
    }

    private void spire(Vector3 foot, double half, double height) {
        builder.object();
        builder.push(foot, 0);
        builder.paint(stone);
        builder.box(at(-half, -half, 0), at(half, half, height));
        builder.paint(trim);
        for (int i = 1; i <= 3; i++) {
            double z = height * i / 3;
            builder.box(at(-half - 0.15, -half - 0.15, z - 0.3), at(half + 0.15, half + 0.15, z));
        }
        Material glass = palette.glass(draws);
        Material clock = palette.picture(draws);
        for (int i = 0; i < 4; i++) {
            builder.push(Vector3.ZERO, i * Math.PI / 2);
            builder.push(at(0, -half - 0.01, 0), 0);
            pointedWindow(0.45, 0.72 * height, 0.14 * height, glass);
            pointedWindow(0.35, 0.42 * height, 0.1 * height, glass);
            builder.paint(clock);
            builder.picture(at(-0.8, -0.02, 0.57 * height), at(1.6, 0, 0), at(0, 0, 1.6));
            if (i == 0) {
                pointedWindow(0.9, 0.2, 2.6, palette.wood(draws));
            }
            builder.pop();
            builder.pop();
        }
        builder.paint(palette.roof(draws).withTwoSided(true));
        double tip = height + half * draws.nextDouble(2, 4.5);
        Vector3 top = at(0, 0, tip);
        double o = half + 0.3;
        Vector3[] ring = {at(-o, -o, height), at(o, -o, height), at(o, o, height), at(-o, o, height)};
        for (int i = 0; i < 4; i++) {
            builder.polygon(ring[i], ring[(i + 1) % 4], top);
        }
        builder.paint(trim);
        Solids.pole(builder, top.plus(at(0, 0, -0.2)), top.plus(at(0, 0, 1.6)), 0.06);
        builder.box(top.plus(at(-0.5, -0.06, 0.9)), top.plus(at(0.5, 0.06, 1.05)));
        builder.pop();
        look(foot.x(), foot.y() - half, 0.65 * height);
        look(foot.x() + half, foot.y(), 0.4 * height);
    }

    /** A gate that one can see through. */
    void arch() {
        double w = draws.nextDouble(5, 8);
        double d = draws.nextDouble(2, 3.2);
        double h = w * draws.nextDouble(1.5, 2);
        double r = w * draws.nextDouble(0.38, 0.5);
        double spring = h * 0.4;
        builder.solid(at(-w, -d, 0), at(w, d, h));
        builder.paint(stone);
        int n = 12;
        for (int side = -1; side <= 1; side += 2) {
            builder.push(Vector3.ZERO, side < 0 ? 0 : Math.PI);
            builder.face(at(-w, -d, 0), at(w - r, 0, 0), at(0, 0, spring));
            builder.face(at(r, -d, 0), at(w - r, 0, 0), at(0, 0, spring));
            builder.face(at(-w, d, 0), at(0, -2 * d, 0), at(0, 0, h));
            builder.face(at(-r, -d, 0), at(0, 2 * d, 0), at(0, 0, spring));
            for (int i = 0; i < n; i++) {
                double a0 = Math.PI * i / n;
                double a1 = Math.PI * (i + 1) / n;
                double x0 = -r * StrictMath.cos(a0);
                double x1 = -r * StrictMath.cos(a1);
                double z0 = spring + r * StrictMath.sin(a0);
                double z1 = spring + r * StrictMath.sin(a1);
                builder.polygon(at(x0, -d, z0), at(x1, -d, z1), at(x1, -d, h), at(x0, -d, h));
                if (side < 0) {
                    builder.polygon(at(x0, -d, z0), at(x0, d, z0), at(x1, d, z1), at(x1, -d, z1));
                }
            }
            builder.face(at(-w, -d, spring), at(w - r, 0, 0), at(0, 0, h - spring));
            builder.face(at(r, -d, spring), at(w - r, 0, 0), at(0, 0, h - spring));
            ornaments(new double[] {w, d, h, r, spring});
            builder.pop();
        }
        builder.object();
        builder.paint(trim);
        builder.box(at(-w - 0.5, -d - 0.5, h), at(w + 0.5, d + 0.5, h + 0.7));
        builder.paint(stone);
        builder.box(at(-w + 0.2, -d + 0.2, h + 0.7), at(w - 0.2, d - 0.2, h + 2.6));
        builder.paint(palette.picture(draws));
        builder.picture(at(-0.6 * w, -d + 0.19, h + 0.9), at(1.2 * w, 0, 0), at(0, 0, 1.5));
        look(-w * 0.7, -d, spring);
        look(w * 0.7, -d, spring * 1.4);
        look(w, d, spring);
        look(0, -d, h * 0.85);
    }

    private void ornaments(double[] size) {
        double w = size[0];
        double d = size[1];
        double r = size[3];
        double spring = size[4];
        builder.object();
        builder.paint(trim);
        double middle = (w + r) / 2;
        for (int side = -1; side <= 1; side += 2) {
            for (int k = -1; k <= 1; k += 2) {
                Vector3 foot = at(side * middle + k * 0.3 * (w - r), -d - 0.45, 0);
                column(foot, 0.28, size[2]);
            }
            builder.paint(palette.picture(draws));
            double panel = 0.42 * (w - r);
            builder.picture(
                    at(side * middle - panel / 2, -d - 0.02, 0.25 * spring), at(panel, 0, 0), at(0, 0, 0.6 * spring));
            builder.paint(trim);
        }
        builder.box(at(-w - 0.1, -d - 0.2, spring - 0.3), at(-r, -d, spring));
        builder.box(at(r, -d - 0.2, spring - 0.3), at(w + 0.1, -d, spring));
    }

    /** A round or a many-storeyed tower with a dome. */
    void tower() {
        double r = draws.nextDouble(4, 6.5);
        double h = draws.nextDouble(9, 16);
        builder.solid(at(-r - 1, -r - 1, 0), at(r + 1, r + 1, 40));
        builder.paint(stone);
        Solids.lathe(builder, Vector3.ZERO, new double[] {r + 0.6, 0, r + 0.6, 1, r, 1.2, r, 0.5 * h, r, h}, 32);
        builder.paint(trim);
        for (int i = 1; i <= 3; i++) {
            double z = h * i / 3 - 0.4;
            Solids.lathe(builder, at(0, 0, z), new double[] {r, 0, r + 0.3, 0.1, r + 0.35, 0.35, r, 0.42}, 32);
        }
        Material glass = palette.glass(draws);
        int bays = draws.nextInt(8, 14);
        for (int i = 0; i < bays; i++) {
            double angle = 2 * Math.PI * i / bays;
            builder.push(Vector3.ZERO, angle);
            builder.push(at(0, -r - 0.12, 0), 0);
            for (int floor = 0; floor < 3; floor++) {
                if (i == 0 && floor == 0) {
                    pointedWindow(0.9, 0.1, 2.4, palette.wood(draws));
                } else {
                    pointedWindow(0.45, h * floor / 3 + 1.4, 0.12 * h, glass);
                }
            }
            builder.pop();
            builder.paint(trim);
            double turn = Math.PI / bays;
            column(at((r + 0.5) * StrictMath.sin(turn), -(r + 0.5) * StrictMath.cos(turn), 0), 0.16, h / 3 - 0.4);
            builder.pop();
            look((r + 0.1) * StrictMath.sin(angle), -(r + 0.1) * StrictMath.cos(angle), h * draws.nextDouble(0.3, 0.9));
        }
        dome(r, h);
    }

    private void dome(double r, double base) {
        builder.object();
        builder.paint(palette.roof(draws));
        int n = 10;
        double[] profile = new double[2 * (n + 1)];
        double swell = draws.nextDouble(0.8, 1.3);
        for (int i = 0; i <= n; i++) {
            double angle = Math.PI / 2 * i / n;
            profile[2 * i] = (r - 0.2) * (i == n ? 0.02 : StrictMath.cos(angle));
            profile[2 * i + 1] = swell * r * StrictMath.sin(angle);
        }
        Solids.lathe(builder, at(0, 0, base), profile, 32);
        builder.paint(trim);
        double top = base + swell * r;
        Solids.lathe(builder, at(0, 0, top - 0.3), new double[] {0.9, 0, 0.9, 1.6, 1.1, 1.7, 0.8, 2.1, 0, 3}, 14);
        look(0, -r * 0.5, base + r * 0.5);
    }
}
