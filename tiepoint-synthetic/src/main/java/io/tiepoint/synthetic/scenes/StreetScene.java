package io.tiepoint.synthetic.scenes;

import io.tiepoint.core.geometry.Vector3;
import io.tiepoint.core.random.Draws;
import java.util.ArrayList;
import java.util.List;

/** A street along x, its middle at y = 0. */
final class StreetScene {
    private static final double KERB = 0.14;

    private final Palette palette;
    private final Draws draws;
    private final SceneBuilder builder = new SceneBuilder(2.2);
    private final StreetThings things;
    private final Plants plants;
    private final List<Vector3> targets = new ArrayList<>();
    private final double half;
    private final double lane;
    private final double sidewalk;

    StreetScene(Palette palette, Draws draws) {
        this.palette = palette;
        this.draws = draws;
        things = new StreetThings(builder, palette, draws);
        plants = new Plants(builder, palette, draws);
        half = draws.nextDouble(26, 38);
        lane = draws.nextDouble(2.6, 4.2);
        sidewalk = draws.nextDouble(2, 3.6);
    }

    Scene make() {
        ground();
        double setback = draws.chance(0.3) ? draws.nextDouble(1, 4) : 0;
        double front = lane + sidewalk + setback;
        row(front, 0);
        row(front, Math.PI);
        end(half + 6, 0);
        end(half + 6, Math.PI);
        markings();
        furniture();
        Vector3 reach = new Vector3(half - 5, lane + sidewalk - 0.6, 0);
        Stage stage = new Stage(
                new Vector3(-reach.x(), -reach.y(), 1.2), new Vector3(reach.x(), reach.y(), 3.4), targets, 0.5);
        Climate climate = new Climate(
                false, draws.nextDouble(0.6, 0.9), draws.nextLogUniform(150, 1500), palette.clouds(draws), List.of());
        return new Scene(SceneKind.STREET, builder, stage, climate);
    }

    private void ground() {
        double far = half + 45;
        builder.object();
        builder.paint(palette.asphalt(draws));
        strip(-half - 8, half + 8, -lane, lane, 0);
        Material paving = palette.paving(draws);
        Material kerb = palette.stone(draws);
        for (int side = -1; side <= 1; side += 2) {
            double inner = side * lane;
            double outer = side * (lane + sidewalk);
            builder.paint(paving);
            strip(
                    -half - 8,
                    half + 8,
                    Math.min(inner + side * 0.18, outer),
                    Math.max(inner + side * 0.18, outer),
                    KERB);
            builder.paint(kerb);
            builder.box(
                    new Vector3(-half - 8, Math.min(inner, inner + side * 0.18), -0.05),
                    new Vector3(half + 8, Math.max(inner, inner + side * 0.18), KERB + 0.005));
        }
        builder.object();
        builder.paint(draws.chance(0.6) ? palette.grass(draws) : palette.paving(draws));
        for (int side = -1; side <= 1; side += 2) {
            double inner = side * (lane + sidewalk);
            double outer = side * 60;
            strip(-far, far, Math.min(inner, outer), Math.max(inner, outer), KERB - 0.02);
            double x0 = side * (half + 8);
            strip(Math.min(x0, side * far), Math.max(x0, side * far), -lane - sidewalk, lane + sidewalk, -0.02);
        }
    }

    private void strip(double x0, double x1, double y0, double y1, double z) {
        builder.face(new Vector3(x0, y0, z), new Vector3(x1 - x0, 0, 0), new Vector3(0, y1 - y0, 0));
    }

    /** Houses of one side; turned by half a turn for the other side. */
    private void row(double front, double yaw) {
        builder.push(Vector3.ZERO, yaw);
        boolean attached = draws.chance(0.6);
        double x = -half - 4;
        int common = draws.nextInt(1, 5);
        while (x < half + 4) {
            double width = draws.nextDouble(6, 13);
            int floors = Math.max(1, common + draws.nextInt(-1, 2));
            builder.push(new Vector3(x, front, KERB - 0.02), 0);
            House house = new House(builder, palette, new double[] {width, draws.nextDouble(8, 12), floors}, draws);
            house.build();
            builder.pop();
            double sign = yaw == 0 ? 1 : -1;
            for (int i = 0; i < 2; i++) {
                targets.add(new Vector3(
                        sign * (x + width * draws.nextDouble(0.1, 0.9)),
                        sign * front,
                        draws.nextDouble(1, Math.max(0.8 * house.height(), 2))));
            }
            double gap = attached ? 0 : draws.nextDouble(1.5, 6);
            if (gap > 3) {
                plants.tree(new Vector3(x + width + gap / 2, front + 3, KERB), draws.nextDouble(5, 9));
            }
            x += width + gap;
        }
        builder.pop();
    }

    /** What closes the view at an end of the street. */
    private void end(double x, double yaw) {
        builder.push(Vector3.ZERO, yaw);
        if (draws.chance(0.6)) {
            builder.push(new Vector3(x + 6, 9, 0), -Math.PI / 2);
            new House(builder, palette, new double[] {18, 10, draws.nextInt(2, 6)}, draws).build();
            builder.pop();
        } else {
            for (int i = 0; i < 5; i++) {
                Vector3 foot = new Vector3(x + draws.nextDouble(6, 25), draws.nextDouble(-14, 14), 0);
                plants.tree(foot, draws.nextDouble(6, 12));
            }
        }
        builder.pop();
    }

    private void markings() {
        builder.object();
        builder.paint(palette.plain("marking", 0.8, draws));
        double dash = draws.nextDouble(1, 3);
        for (double x = -half; x < half; x += 2.5 * dash) {
            strip(x, x + dash, -0.07, 0.07, 0.006);
        }
        if (draws.chance(0.6)) {
            double x = draws.nextDouble(-half / 2, half / 2);
            for (double y = -lane + 0.3; y < lane - 0.4; y += 0.95) {
                strip(x, x + 3, y, y + 0.5, 0.007);
            }
        }
        builder.paint(palette.plain("iron", 0.12, draws));
        for (int i = 0; i < 4; i++) {
            Vector3 foot = new Vector3(draws.nextDouble(-half, half), draws.nextDouble(-lane + 0.6, lane - 0.6), 0.005);
            Solids.lathe(builder, foot, new double[] {0.32, 0, 0, 0.002}, 16);
        }
    }

    private void furniture() {
        boolean trees = draws.chance(0.6);
        boolean wires = draws.chance(0.4);
        double spacing = draws.nextDouble(9, 16);
        for (int side = -1; side <= 1; side += 2) {
            double y = side * (lane + 0.55);
            for (double x = -half + draws.nextDouble(0, spacing); x < half; x += spacing) {
                if (trees && draws.chance(0.8)) {
                    plants.tree(new Vector3(x, y, KERB), draws.nextDouble(4, 7.5));
                }
                if (draws.chance(0.5)) {
                    things.lampPost(new Vector3(x + spacing / 2, y, KERB), -side * 1.2);
                }
                if (draws.chance(0.35)) {
                    things.sign(new Vector3(x + spacing / 3, y, KERB));
                }
                if (draws.chance(0.7)) {
                    Vector3 foot = new Vector3(
                            x + spacing * draws.nextDouble(),
                            side * (lane + draws.nextDouble(0.8, sidewalk - 0.4)),
                            KERB);
                    things.small(foot);
                    targets.add(foot.plus(new Vector3(0, 0, 0.6)));
                }
                if (draws.chance(0.5)) {
                    builder.push(new Vector3(x + spacing * 0.6, side * (lane - 1.05), 0), side > 0 ? Math.PI : 0);
                    things.car();
                    builder.pop();
                    targets.add(new Vector3(x + spacing * 0.6, side * (lane - 1), 0.9));
                }
            }
        }
        if (wires) {
            double front = lane + sidewalk;
            for (int i = 0; i < 4; i++) {
                double x = draws.nextDouble(-half, half);
                double z = draws.nextDouble(5, 7);
                things.wire(
                        new Vector3(x, -front, z),
                        new Vector3(x + draws.nextDouble(-6, 6), front, z + draws.nextDouble(-1, 1)));
            }
        }
    }
}
