package io.tiepoint.synthetic.scenes;

import io.tiepoint.core.geometry.Vector3;
import io.tiepoint.core.random.Draws;
import java.util.ArrayList;
import java.util.List;

/** Hills about the origin, with rocks, trees, a hut and a fence. */
final class TerrainScene {
    /** Cells along a side; a power of two. */
    private static final int CELLS = 128;

    private static final int BLOCK = 16;

    private final Palette palette;
    private final Draws draws;
    private final SceneBuilder builder = new SceneBuilder(2);
    private final Plants plants;
    private final List<Vector3> targets = new ArrayList<>();
    private final double[] heights = new double[(CELLS + 1) * (CELLS + 1)];
    private final double side;

    TerrainScene(Palette palette, Draws draws) {
        this.palette = palette;
        this.draws = draws;
        plants = new Plants(builder, palette, draws);
        side = draws.nextDouble(140, 260);
    }

    private static Vector3 at(double x, double y, double z) {
        return new Vector3(x, y, z);
    }

    Scene make() {
        raise(side * draws.nextDouble(0.06, 0.2), draws.nextDouble(0.42, 0.56));
        ground();
        double reach = 0.32 * side;
        for (int i = draws.nextInt(25, 70); i > 0; i--) {
            rock(spot(reach));
        }
        for (int i = draws.nextInt(8, 26); i > 0; i--) {
            Vector3 foot = spot(1.3 * reach);
            double height = draws.nextDouble(4, 11);
            plants.tree(foot.plus(at(0, 0, -0.2)), height);
            builder.solid(foot.plus(at(-2, -2, 0)), foot.plus(at(2, 2, height)));
            targets.add(foot.plus(at(0, 0, height / 2)));
        }
        for (int i = draws.nextInt(10, 30); i > 0; i--) {
            plants.bush(spot(reach), draws.nextDouble(0.6, 1.8));
        }
        hut(spot(0.6 * reach));
        fence(spot(0.6 * reach));
        for (int i = 0; i < 12; i++) {
            targets.add(spot(reach));
        }
        double top = 0;
        for (double height : heights) {
            top = Math.max(top, height);
        }
        solidGround(reach);
        Stage stage = new Stage(at(-reach, -reach, 0), at(reach, reach, top + draws.nextDouble(4, 25)), targets, 1);
        Climate climate = new Climate(
                false, draws.nextDouble(0.6, 0.9), draws.nextLogUniform(150, 1500), palette.clouds(draws), List.of());
        return new Scene(SceneKind.TERRAIN, builder, stage, climate);
    }

    /** Midpoint displacement (Fournier, Fussell and Carpenter, 1982). */
    private void raise(double amplitude, double gain) {
        int n = CELLS + 1;
        double scale = amplitude;
        for (int step = CELLS; step > 1; step /= 2) {
            int h = step / 2;
            for (int y = h; y < n; y += step) {
                for (int x = h; x < n; x += step) {
                    double mean =
                            (height(x - h, y - h) + height(x + h, y - h) + height(x - h, y + h) + height(x + h, y + h))
                                    / 4;
                    heights[y * n + x] = mean + scale * draws.nextDouble(-1, 1);
                }
            }
            for (int y = 0; y < n; y += h) {
                for (int x = (y / h) % 2 == 0 ? h : 0; x < n; x += step) {
                    double sum = 0;
                    int count = 0;
                    for (int k = 0; k < 4; k++) {
                        int px = x + (k == 0 ? -h : k == 1 ? h : 0);
                        int py = y + (k == 2 ? -h : k == 3 ? h : 0);
                        if (px >= 0 && py >= 0 && px < n && py < n) {
                            sum += height(px, py);
                            count++;
                        }
                    }
                    heights[y * n + x] = sum / count + scale * draws.nextDouble(-1, 1);
                }
            }
            scale *= gain;
        }
    }

    private double height(int column, int row) {
        return heights[Math.min(Math.max(row, 0), CELLS) * (CELLS + 1) + Math.min(Math.max(column, 0), CELLS)];
    }

    /** Height of the ground between its vertices. */
    private double ground(double x, double y) {
        double u = Math.min(Math.max((x / side + 0.5) * CELLS, 0), CELLS - 1e-6);
        double v = Math.min(Math.max((y / side + 0.5) * CELLS, 0), CELLS - 1e-6);
        int c = (int) u;
        int r = (int) v;
        double upper = height(c, r) + (u - c) * (height(c + 1, r) - height(c, r));
        double lower = height(c, r + 1) + (u - c) * (height(c + 1, r + 1) - height(c, r + 1));
        return upper + (v - r) * (lower - upper);
    }

    private Vector3 spot(double reach) {
        double x = draws.nextDouble(-reach, reach);
        double y = draws.nextDouble(-reach, reach);
        return at(x, y, ground(x, y));
    }

    private void ground() {
        builder.object();
        builder.paint(palette.grass(draws));
        for (int y = 0; y < CELLS; y += BLOCK) {
            for (int x = 0; x < CELLS; x += BLOCK) {
                block(x, y);
            }
        }
    }

    private void block(int left, int top) {
        double cell = side / CELLS;
        int first = -1;
        for (int row = top; row <= top + BLOCK; row++) {
            for (int column = left; column <= left + BLOCK; column++) {
                double slopeX = (height(column + 1, row) - height(column - 1, row)) / (2 * cell);
                double slopeY = (height(column, row + 1) - height(column, row - 1)) / (2 * cell);
                double x = column * cell - side / 2;
                double y = row * cell - side / 2;
                int vertex = builder.vertex(
                        at(x, y, height(column, row)), at(-slopeX, -slopeY, 1).normalised(), x, -y);
                first = first < 0 ? vertex : first;
            }
        }
        builder.grid(first, BLOCK, BLOCK);
    }

    /** Cameras keep above the ground, block by block. */
    private void solidGround(double reach) {
        double cell = 4.0 * side / CELLS;
        for (double x = -reach; x < reach; x += cell) {
            for (double y = -reach; y < reach; y += cell) {
                double top = Double.NEGATIVE_INFINITY;
                for (int i = 0; i < 25; i++) {
                    int row = i / 5;
                    top = Math.max(top, ground(x + cell * (i % 5) / 4, y + cell * row / 4));
                }
                builder.solid(at(x, y, -1e3), at(x + cell, y + cell, top + 0.3));
            }
        }
    }

    private void rock(Vector3 foot) {
        builder.object();
        builder.paint(palette.stone(draws));
        double size = draws.nextLogUniform(0.25, 3);
        Vector3 radii = at(
                size * draws.nextDouble(0.7, 1.3), size * draws.nextDouble(0.7, 1.3), size * draws.nextDouble(0.5, 1));
        Solids.lump(builder, foot.plus(at(0, 0, 0.2 * size)), radii, 0.16, draws);
        if (size > 0.8) {
            builder.solid(foot.minus(radii), foot.plus(radii));
            targets.add(foot.plus(at(0, 0, size / 2)));
        }
    }

    private void hut(Vector3 foot) {
        builder.push(foot.plus(at(0, 0, -0.6)), draws.nextDouble(0, 6));
        new House(builder, palette, new double[] {draws.nextDouble(5, 9), draws.nextDouble(4, 7), 1}, draws).build();
        builder.pop();
        for (int i = 0; i < 4; i++) {
            targets.add(foot.plus(at(0, 0, 2)));
        }
    }

    private void fence(Vector3 from) {
        builder.object();
        builder.paint(palette.wood(draws));
        double angle = draws.nextDouble(0, 6);
        Vector3 last = from;
        for (int i = 1; i < 14; i++) {
            double x = from.x() + 2.2 * i * StrictMath.cos(angle + 0.04 * i);
            double y = from.y() + 2.2 * i * StrictMath.sin(angle + 0.04 * i);
            Vector3 foot = at(x, y, ground(x, y));
            Solids.pole(builder, foot.plus(at(0, 0, -0.3)), foot.plus(at(0, 0, 1.2)), 0.07);
            for (int rail = 1; rail <= 2; rail++) {
                Vector3 lift = at(0, 0, 0.5 * rail);
                if (i > 1) {
                    Solids.pole(builder, last.plus(lift), foot.plus(lift), 0.04);
                }
            }
            last = foot;
        }
    }
}
