package io.tiepoint.synthetic.scenes;

import io.tiepoint.core.geometry.Vector3;
import io.tiepoint.core.random.Draws;
import java.util.ArrayList;
import java.util.List;

/** Things on a table, whose top is the plane z = 0, in a corner of a room. */
final class TabletopScene {
    private final Palette palette;
    private final Draws draws;
    private final SceneBuilder builder = new SceneBuilder(0.12);
    private final Things things;
    private final List<Vector3> targets = new ArrayList<>();

    TabletopScene(Palette palette, Draws draws) {
        this.palette = palette;
        this.draws = draws;
        things = new Things(builder, palette, draws);
    }

    private static Vector3 at(double x, double y, double z) {
        return new Vector3(x, y, z);
    }

    Scene make() {
        double half = draws.nextDouble(0.45, 0.75);
        builder.object();
        builder.paint(draws.chance(0.6) ? palette.wood(draws) : palette.cloth(draws));
        builder.box(at(-half, -half, -0.03), at(half, half, 0));
        if (draws.chance(0.4)) {
            builder.object();
            builder.paint(palette.cloth(draws));
            builder.push(Vector3.ZERO, draws.nextDouble(0, 1.5));
            builder.box(at(-0.6 * half, -0.4 * half, 0), at(0.6 * half, 0.4 * half, 0.002));
            builder.pop();
        }
        background();
        int number = draws.nextInt(7, 18);
        List<Vector3> taken = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            place(0.75 * half, taken);
        }
        // What lies about flat.
        for (int i = draws.nextInt(3, 9); i > 0; i--) {
            builder.object();
            builder.paint(palette.picture(draws));
            builder.push(
                    at(draws.nextDouble(-half, half) * 0.8, draws.nextDouble(-half, half) * 0.8, 0.003 + 0.0006 * i),
                    draws.nextDouble(0, 6));
            double w = draws.nextDouble(0.06, 0.16);
            builder.picture(at(-w / 2, -w * 0.7, 0), at(w, 0, 0), at(0, 1.4 * w, 0));
            builder.pop();
        }
        targets.add(at(0, 0, 0.05));
        Stage stage = new Stage(at(-1.1, -1.1, 0.15), at(1.1, 1.1, 1.2), targets, 0.07);
        Climate climate = new Climate(
                true,
                draws.nextDouble(0.35, 0.6),
                1e4,
                palette.clouds(draws),
                List.of(at(draws.nextDouble(-0.8, 0.8), draws.nextDouble(-0.8, 0.8), 1.3)));
        return new Scene(SceneKind.TABLETOP, builder, stage, climate);
    }

    /** Walls and a floor, which let the sun in as if through a window. */
    private void background() {
        builder.object();
        builder.shell(true);
        double r = 2.2;
        builder.push(Vector3.ZERO, draws.nextDouble(0, 6));
        for (int i = 0; i < 4; i++) {
            builder.push(Vector3.ZERO, i * Math.PI / 2);
            builder.paint(palette.plaster(draws));
            builder.face(at(r, -r, -0.75), at(-2 * r, 0, 0), at(0, 0, 2.8));
            builder.shell(false);
            for (int k = 0; k < 3; k++) {
                double w = draws.nextDouble(0.3, 0.9);
                builder.object();
                builder.paint(palette.picture(draws));
                builder.picture(
                        at(draws.nextDouble(-1, 1.6), -r + 0.01, draws.nextDouble(-0.2, 0.8)),
                        at(-w, 0, 0),
                        at(0, 0, w));
            }
            builder.shell(true);
            builder.pop();
        }
        builder.paint(palette.wood(draws));
        builder.face(at(-r, -r, -0.75), at(2 * r, 0, 0), at(0, 2 * r, 0));
        builder.shell(false);
        builder.pop();
    }

    private void place(double reach, List<Vector3> taken) {
        double size = draws.nextDouble(0.08, 0.26);
        for (int i = 0; i < 20; i++) {
            Vector3 spot = at(draws.nextDouble(-reach, reach), draws.nextDouble(-reach, reach), 0);
            boolean free = true;
            for (Vector3 other : taken) {
                free &= Math.hypot(other.x() - spot.x(), other.y() - spot.y()) > 0.5 * (size + other.z());
            }
            if (free) {
                taken.add(at(spot.x(), spot.y(), size));
                builder.push(spot, draws.nextDouble(0, 2 * Math.PI));
                builder.solid(at(-size / 2, -size / 2, 0), at(size / 2, size / 2, size));
                things.any(size);
                builder.pop();
                targets.add(spot.plus(at(0, 0, size / 2)));
                return;
            }
        }
    }
}
