package io.tiepoint.synthetic.scenes;

import io.tiepoint.core.geometry.Vector3;
import io.tiepoint.core.random.Draws;
import java.util.ArrayList;
import java.util.List;

/** One large building at the origin, on a square, its front towards negative y. */
final class LandmarkScene {
    private final Palette palette;
    private final Draws draws;
    private final SceneBuilder builder = new SceneBuilder(2);
    private final StreetThings things;
    private final Plants plants;
    private final List<Vector3> targets = new ArrayList<>();

    LandmarkScene(Palette palette, Draws draws) {
        this.palette = palette;
        this.draws = draws;
        things = new StreetThings(builder, palette, draws);
        plants = new Plants(builder, palette, draws);
    }

    private static Vector3 at(double x, double y, double z) {
        return new Vector3(x, y, z);
    }

    Scene make() {
        builder.object();
        builder.paint(palette.paving(draws));
        builder.face(at(-45, -45, 0), at(90, 0, 0), at(0, 90, 0));
        builder.paint(palette.grass(draws));
        for (int side = -1; side <= 1; side += 2) {
            builder.face(at(side > 0 ? 45 : -100, -45, -0.02), at(55, 0, 0), at(0, 90, 0));
            builder.face(at(-100, side > 0 ? 45 : -100, -0.02), at(200, 0, 0), at(0, 55, 0));
        }
        Monument monument = new Monument(builder, palette, draws);
        switch (draws.nextInt(4)) {
            case 0 -> monument.temple();
            case 1 -> monument.church();
            case 2 -> monument.arch();
            default -> monument.tower();
        }
        targets.addAll(monument.targets());
        surroundings();
        Stage stage = new Stage(at(-30, -34, 1.3), at(30, 34, 9), targets, 1);
        Climate climate = new Climate(
                false, draws.nextDouble(0.65, 0.9), draws.nextLogUniform(300, 2500), palette.clouds(draws), List.of());
        return new Scene(SceneKind.LANDMARK, builder, stage, climate);
    }

    private void surroundings() {
        for (int i = 0; i < 30; i++) {
            double angle = 2 * Math.PI * (i + draws.nextDouble(0, 0.6)) / 30;
            double far = draws.nextDouble(36, 58);
            Vector3 foot = at(far * StrictMath.cos(angle), far * StrictMath.sin(angle), 0);
            if (i % 3 == 0) {
                builder.push(foot, angle - Math.PI / 2);
                new House(
                                builder,
                                palette,
                                new double[] {draws.nextDouble(8, 15), draws.nextDouble(8, 11), draws.nextInt(2, 5)},
                                draws)
                        .build();
                builder.pop();
            } else {
                plants.tree(foot, draws.nextDouble(6, 12));
            }
        }
        for (int i = 0; i < 10; i++) {
            double angle = draws.nextDouble(0, 2 * Math.PI);
            double far = draws.nextDouble(15, 28);
            Vector3 foot = at(far * StrictMath.cos(angle), far * StrictMath.sin(angle), 0);
            if (i < 3) {
                things.lampPost(foot, 0.8);
            } else {
                things.small(foot);
            }
            builder.solid(foot.plus(at(-0.5, -0.5, 0)), foot.plus(at(0.5, 0.5, 3)));
        }
    }
}
