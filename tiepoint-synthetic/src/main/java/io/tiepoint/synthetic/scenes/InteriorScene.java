package io.tiepoint.synthetic.scenes;

import io.tiepoint.core.geometry.Vector3;
import io.tiepoint.core.random.Draws;
import java.util.ArrayList;
import java.util.List;

/** A furnished room with its corner at the origin. */
final class InteriorScene {
    private final Palette palette;
    private final Draws draws;
    private final SceneBuilder builder = new SceneBuilder(0.45);
    private final Furniture furniture;
    private final List<Vector3> targets = new ArrayList<>();
    private final double width;
    private final double depth;
    private final double height;

    InteriorScene(Palette palette, Draws draws) {
        this.palette = palette;
        this.draws = draws;
        furniture = new Furniture(builder, palette, draws);
        width = draws.nextDouble(4.2, 8);
        depth = draws.nextDouble(3.8, 6.5);
        height = draws.nextDouble(2.5, 3.2);
    }

    private static Vector3 at(double x, double y, double z) {
        return new Vector3(x, y, z);
    }

    Scene make() {
        room();
        furnish();
        Vector3 lamp = at(width * draws.nextDouble(0.35, 0.65), depth * draws.nextDouble(0.35, 0.65), height - 0.5);
        furniture.ceilingLamp(lamp, height);
        Stage stage = new Stage(at(0.45, 0.45, 0.8), at(width - 0.45, depth - 0.45, 2), targets, 0.22);
        Climate climate = new Climate(
                true, draws.nextDouble(0.35, 0.65), 1e4, palette.clouds(draws), List.of(lamp.plus(at(0, 0, -0.25))));
        return new Scene(SceneKind.INTERIOR, builder, stage, climate);
    }

    private void room() {
        builder.object();
        builder.shell(true);
        builder.paint(draws.chance(0.5) ? palette.wood(draws) : palette.paving(draws));
        builder.face(at(0, 0, 0), at(width, 0, 0), at(0, depth, 0));
        builder.paint(palette.plain("ceiling", draws.nextDouble(0.75, 0.92), draws));
        builder.face(at(0, depth, height), at(width, 0, 0), at(0, -depth, 0));
        Material wall = draws.chance(0.7) ? palette.plaster(draws) : palette.cloth(draws);
        Material other = draws.chance(0.4) ? palette.wall(draws) : wall;
        // Each wall in its own frame: along x, the room where y is positive.
        wall(wall, at(0, 0, 0), 0, width);
        wall(other, at(width, 0, 0), Math.PI / 2, depth);
        wall(wall, at(width, depth, 0), Math.PI, width);
        wall(wall, at(0, depth, 0), -Math.PI / 2, depth);
        builder.shell(false);
    }

    private void wall(Material wall, Vector3 corner, double yaw, double length) {
        builder.push(corner, yaw);
        builder.shell(true);
        builder.paint(wall);
        double choice = draws.nextDouble();
        if (choice < 0.4) {
            window(wall, length);
        } else {
            // Seen from the room: to the left is where x grows.
            builder.face(at(length, 0, 0), at(-length, 0, 0), at(0, 0, height));
            if (choice < 0.6) {
                furniture.door(length * draws.nextDouble(0.2, 0.6));
            }
            for (int i = draws.nextInt(1, 4); i > 0; i--) {
                double w = draws.nextDouble(0.35, 1.1);
                double h = w * draws.nextDouble(0.6, 1.4);
                double x = draws.nextDouble(0.1, Math.max(length - w - 0.1, 0.2));
                furniture.painting(x, Math.min(draws.nextDouble(1.2, 1.6), height - h - 0.1), w, h);
            }
        }
        builder.shell(true);
        builder.paint(palette.plain("skirting", 0.8, draws));
        builder.box(at(0, 0, 0), at(length, 0.015, 0.09));
        builder.pop();
    }

    /** A wall with an opening, through which the sky is seen and the sun shines. */
    private void window(Material wall, double length) {
        double w = length * draws.nextDouble(0.3, 0.6);
        double h = height * draws.nextDouble(0.4, 0.6);
        double x0 = (length - w) * draws.nextDouble(0.2, 0.8);
        double z0 = draws.nextDouble(0.5, 0.95);
        double x1 = x0 + w;
        double z1 = Math.min(z0 + h, height - 0.2);
        builder.paint(wall.withTwoSided(true));
        builder.face(at(length, 0, 0), at(x1 - length, 0, 0), at(0, 0, height));
        builder.face(at(x0, 0, 0), at(-x0, 0, 0), at(0, 0, height));
        builder.face(at(x1, 0, 0), at(x0 - x1, 0, 0), at(0, 0, z0));
        builder.face(at(x1, 0, z1), at(x0 - x1, 0, 0), at(0, 0, height - z1));
        builder.paint(palette.plain("frame", 0.85, draws));
        double t = 0.06;
        double d = -0.16;
        builder.box(at(x0, d, z0), at(x0 + t, 0, z1));
        builder.box(at(x1 - t, d, z0), at(x1, 0, z1));
        builder.box(at(x0, d, z1 - t), at(x1, 0, z1));
        builder.box(at(x0 - 0.05, d, z0 - 0.03), at(x1 + 0.05, 0.12, z0));
        int bars = draws.nextInt(1, 4);
        for (int i = 1; i <= bars; i++) {
            double x = x0 + w * i / (bars + 1.0);
            builder.box(at(x - 0.025, -0.1, z0), at(x + 0.025, -0.05, z1));
        }
        targets.add(at(0, 0, 0).plus(at(width / 2, depth / 2, 1)));
        if (draws.chance(0.5)) {
            builder.shell(false);
            furniture.curtain(x0 - 0.35, z1 + 0.12);
            furniture.curtain(x1 - 0.1, z1 + 0.12);
        }
    }

    private void furnish() {
        if (draws.chance(0.6)) {
            builder.object();
            builder.paint(palette.cloth(draws));
            double w = width * draws.nextDouble(0.3, 0.5);
            double d = depth * draws.nextDouble(0.3, 0.5);
            builder.box(at((width - w) / 2, (depth - d) / 2, 0), at((width + w) / 2, (depth + d) / 2, 0.012));
        }
        builder.push(
                at(width * draws.nextDouble(0.35, 0.65), depth * draws.nextDouble(0.35, 0.65), 0),
                draws.nextDouble(-0.4, 0.4));
        furniture.tableWithChairs();
        builder.pop();
        targets.add(at(width / 2, depth / 2, 0.75));
        against(at(0, 0, 0), 0, width);
        against(at(width, 0, 0), Math.PI / 2, depth);
        against(at(width, depth, 0), Math.PI, width);
        against(at(0, depth, 0), -Math.PI / 2, depth);
    }

    /** Furniture along one wall. */
    private void against(Vector3 corner, double yaw, double length) {
        builder.push(corner, yaw);
        double x = draws.nextDouble(0.5, 1);
        while (x < length - 1.3) {
            double w = Math.min(draws.nextDouble(0.6, 1.9), length - 0.5 - x);
            builder.push(at(x, 0.03, 0), 0);
            furniture.any(w, height);
            builder.pop();
            double cos = StrictMath.cos(yaw);
            double sin = StrictMath.sin(yaw);
            double cx = x + w / 2;
            targets.add(corner.plus(at(cos * cx - sin * 0.3, sin * cx + cos * 0.3, draws.nextDouble(0.5, 1.5))));
            x += w + draws.nextDouble(0.1, 1.2);
        }
        builder.pop();
    }
}
