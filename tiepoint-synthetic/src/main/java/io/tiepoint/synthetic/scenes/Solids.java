package io.tiepoint.synthetic.scenes;

import io.tiepoint.core.geometry.Vector3;
import io.tiepoint.core.random.Draws;

/** Round and grown things. */
final class Solids {
    private static final double SHARP = 0.6;

    private Solids() {}

    /**
     * A body of revolution about the vertical.
     *
     * @param profile radius and height of its outline, from below, [N 2]; m
     */
    static void lathe(SceneBuilder builder, Vector3 base, double[] profile, int segments) {
        int rings = profile.length / 2;
        double length = 0;
        for (int ring = 0; ring + 1 < rings; ring++) {
            double dr = profile[2 * ring + 2] - profile[2 * ring];
            double dz = profile[2 * ring + 3] - profile[2 * ring + 1];
            double size = Math.sqrt(dr * dr + dz * dz);
            if (size < 1e-9) {
                continue;
            }
            double[] normal = {dz / size, -dr / size};
            double[] low = blended(profile, ring - 1, normal);
            double[] high = blended(profile, ring + 1, normal);
            band(
                    builder,
                    base,
                    new double[][] {
                        {profile[2 * ring], profile[2 * ring + 1], low[0], low[1], length},
                        {profile[2 * ring + 2], profile[2 * ring + 3], high[0], high[1], length + size}
                    },
                    segments);
            length += size;
        }
    }

    /** The normal between two pieces of an outline; where they meet sharply, that of the piece itself. */
    private static double[] blended(double[] profile, int neighbour, double[] normal) {
        if (neighbour < 0 || 2 * neighbour + 3 >= profile.length) {
            return normal;
        }
        double dr = profile[2 * neighbour + 2] - profile[2 * neighbour];
        double dz = profile[2 * neighbour + 3] - profile[2 * neighbour + 1];
        double size = Math.sqrt(dr * dr + dz * dz) + 1e-12;
        if ((dz * normal[0] - dr * normal[1]) / size < SHARP) {
            return normal;
        }
        double r = normal[0] + dz / size;
        double z = normal[1] - dr / size;
        double sum = Math.sqrt(r * r + z * z);
        return new double[] {r / sum, z / sum};
    }

    private static void band(SceneBuilder builder, Vector3 base, double[][] rings, int segments) {
        int first = -1;
        double around = Math.max(rings[0][0], rings[1][0]);
        for (double[] ring : rings) {
            for (int i = 0; i <= segments; i++) {
                double angle = 2 * Math.PI * (i % segments) / segments;
                double cos = StrictMath.cos(angle);
                double sin = StrictMath.sin(angle);
                Vector3 normal = new Vector3(ring[2] * cos, ring[2] * sin, ring[3]);
                Vector3 place = base.plus(new Vector3(ring[0] * cos, ring[0] * sin, ring[1]));
                int vertex = builder.vertex(place, normal, 2 * Math.PI * around * i / segments, -ring[4]);
                first = first < 0 ? vertex : first;
            }
        }
        builder.grid(first, segments, 1);
    }

    /** A pipe, branch or wire along a line. */
    static void tube(SceneBuilder builder, Vector3[] line, double[] radii, int sides) {
        double length = 0;
        int first = -1;
        for (int i = 0; i < line.length; i++) {
            Vector3 before = line[Math.max(i - 1, 0)];
            Vector3 after = line[Math.min(i + 1, line.length - 1)];
            Vector3 axis = after.minus(before).normalised();
            Vector3 aside = Math.abs(axis.z()) < 0.9 ? Vector3.UP : new Vector3(1, 0, 0);
            Vector3 x = axis.cross(aside).normalised();
            Vector3 y = axis.cross(x);
            length += i > 0 ? line[i].distanceTo(line[i - 1]) : 0;
            for (int k = 0; k <= sides; k++) {
                double angle = 2 * Math.PI * (k % sides) / sides;
                Vector3 normal = x.times(StrictMath.cos(angle)).plus(y.times(StrictMath.sin(angle)));
                int vertex = builder.vertex(
                        line[i].plus(normal.times(radii[i])), normal, 2 * Math.PI * radii[i] * k / sides, -length);
                first = first < 0 ? vertex : first;
            }
        }
        builder.grid(first, sides, line.length - 1);
    }

    /** A straight pipe of one thickness. */
    static void pole(SceneBuilder builder, Vector3 from, Vector3 to, double radius) {
        tube(builder, new Vector3[] {from, to}, new double[] {radius, radius}, 8);
    }

    /**
     * A lump.
     *
     * @param radii along x, y, z; m
     * @param roughness share of the radius by which it departs from an ellipsoid
     */
    static void lump(SceneBuilder builder, Vector3 centre, Vector3 radii, double roughness, Draws draws) {
        int columns = 14;
        int rows = 9;
        double[] waves = new double[24];
        for (int i = 0; i < waves.length; i += 4) {
            double frequency = 1.5 + 0.7 * i / 4;
            waves[i] = frequency * draws.nextGaussian();
            waves[i + 1] = frequency * draws.nextGaussian();
            waves[i + 2] = frequency * draws.nextGaussian();
            waves[i + 3] = draws.nextDouble(0, 2 * Math.PI);
        }
        int first = -1;
        for (int row = 0; row <= rows; row++) {
            double polar = Math.PI * (row / (double) rows - 0.5);
            for (int column = 0; column <= columns; column++) {
                double angle = 2 * Math.PI * (column % columns) / columns;
                double level = row == 0 || row == rows ? 0 : StrictMath.cos(polar);
                Vector3 d = new Vector3(
                        level * StrictMath.cos(angle), level * StrictMath.sin(angle), StrictMath.sin(polar));
                double size = 1;
                for (int i = 0; i < waves.length; i += 4) {
                    size += roughness
                            * StrictMath.sin(
                                    waves[i] * d.x() + waves[i + 1] * d.y() + waves[i + 2] * d.z() + waves[i + 3])
                            / (1.5 + 0.7 * i / 4);
                }
                Vector3 place = new Vector3(d.x() * radii.x(), d.y() * radii.y(), d.z() * radii.z()).times(size);
                Vector3 normal = new Vector3(d.x() / radii.x(), d.y() / radii.y(), d.z() / radii.z()).normalised();
                double around = Math.max(radii.x(), radii.y());
                int vertex = builder.vertex(
                        centre.plus(place), normal, 2 * Math.PI * around * column / columns, -radii.z() * polar);
                first = first < 0 ? vertex : first;
            }
        }
        builder.grid(first, columns, rows);
    }

    /** Leaves about the surface of an ellipsoid, each a rhombus. */
    static void leaves(SceneBuilder builder, Vector3 centre, Vector3 radii, int count, Draws draws) {
        double size = 0.075 * (radii.x() + radii.y() + radii.z());
        for (int i = 0; i < count; i++) {
            Vector3 d = direction(draws);
            double depth = 0.55 + 0.5 * draws.nextDouble();
            Vector3 place =
                    centre.plus(new Vector3(d.x() * radii.x(), d.y() * radii.y(), d.z() * radii.z()).times(depth));
            Vector3 along = direction(draws).times(size * draws.nextDouble(0.6, 1.4));
            Vector3 across = along.cross(direction(draws));
            across = across.times(0.4 * along.norm() / Math.max(across.norm(), 1e-6));
            // Lit as a part of the crown, which is round.
            Vector3 normal = d.times(0.7).plus(new Vector3(0, 0, 0.5)).normalised();
            double u = draws.nextDouble(0, 10);
            double v = draws.nextDouble(0, 10);
            int a = builder.vertex(place.minus(along), normal, u, v);
            int b = builder.vertex(place.plus(across), normal, u + 0.2, v + 0.2);
            int c = builder.vertex(place.plus(along), normal, u, v + 0.4);
            int e = builder.vertex(place.minus(across), normal, u - 0.2, v + 0.2);
            builder.triangle(a, b, c);
            builder.triangle(a, c, e);
        }
    }

    /** Any direction, all equally likely. */
    static Vector3 direction(Draws draws) {
        Vector3 v = new Vector3(draws.nextGaussian(), draws.nextGaussian(), draws.nextGaussian());
        double norm = v.norm();
        return norm > 1e-6 ? v.times(1 / norm) : Vector3.UP;
    }
}
