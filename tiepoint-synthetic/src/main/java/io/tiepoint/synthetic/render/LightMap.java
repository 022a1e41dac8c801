package io.tiepoint.synthetic.render;

import io.tiepoint.core.geometry.Vector3;
import io.tiepoint.synthetic.scenes.Mesh;
import io.tiepoint.synthetic.scenes.Scene;
import io.tiepoint.synthetic.scenes.Stage;

/** What light of one direction meets first, on a grid across the direction: a shadow map. Outside of it everything is lit. */
final class LightMap {
    private final int side;
    private final Vector3 towards;
    private final Vector3 right;
    private final Vector3 up;
    private final double left;
    private final double bottom;
    private final double cellsPerMetre;
    /** Height of what is met first, along the direction, [side side]. */
    private final float[] top;

    /**
     * Shines on a scene.
     *
     * @param withShell whether the walls all around keep the light out
     */
    LightMap(Scene scene, Vector3 towards, int side, boolean withShell) {
        this.side = side;
        this.towards = towards;
        Vector3 aside = Math.abs(towards.z()) < 0.99 ? Vector3.UP : new Vector3(1, 0, 0);
        right = aside.cross(towards).normalised();
        up = towards.cross(right);
        Ball lit = Ball.about(scene.stage());
        cellsPerMetre = side / (2 * lit.radius);
        left = right.dot(lit.centre) - lit.radius;
        bottom = up.dot(lit.centre) - lit.radius;
        Scanlines cells = new Scanlines(side, side, Float.NEGATIVE_INFINITY);
        fill(scene.mesh(), withShell, cells);
        top = cells.nearness;
    }

    /** Where cameras look: the middle of the stage, and some way beyond it. */
    record Ball(Vector3 centre, double radius) {
        static Ball about(Stage stage) {
            Vector3 centre = stage.eyeMin().plus(stage.eyeMax());
            for (Vector3 target : stage.targets()) {
                centre = centre.plus(target);
            }
            centre = centre.times(1.0 / (2 + stage.targets().size()));
            double radius = Math.max(centre.distanceTo(stage.eyeMin()), centre.distanceTo(stage.eyeMax()));
            for (Vector3 target : stage.targets()) {
                radius = Math.max(radius, centre.distanceTo(target));
            }
            return new Ball(centre, 1.3 * radius);
        }
    }

    private void fill(Mesh mesh, boolean withShell, Scanlines cells) {
        double[] projected = new double[3 * mesh.vertices()];
        double[] p = mesh.positions();
        for (int i = 0; i < projected.length; i += 3) {
            projected[i] = column(p[i], p[i + 1], p[i + 2]);
            projected[i + 1] = row(p[i], p[i + 1], p[i + 2]);
            projected[i + 2] = height(p[i], p[i + 1], p[i + 2]);
        }
        double[] corners = new double[6];
        double[] plane = new double[3];
        for (int t = 0; t < mesh.triangles(); t++) {
            if (!withShell && mesh.isShell(t)) {
                continue;
            }
            int a = 3 * mesh.corner(t, 0);
            int b = 3 * mesh.corner(t, 1);
            int c = 3 * mesh.corner(t, 2);
            if (Scanlines.isBetweenSamples(projected[a + 1], projected[b + 1], projected[c + 1], side)
                    || Scanlines.isBetweenSamples(projected[a], projected[b], projected[c], side)) {
                continue;
            }
            double ux = projected[b] - projected[a];
            double uy = projected[b + 1] - projected[a + 1];
            double uz = projected[b + 2] - projected[a + 2];
            double vx = projected[c] - projected[a];
            double vy = projected[c + 1] - projected[a + 1];
            double vz = projected[c + 2] - projected[a + 2];
            double area = ux * vy - uy * vx;
            if (Math.abs(area) < 1e-12) {
                continue;
            }
            plane[0] = (uz * vy - uy * vz) / area;
            plane[1] = (ux * vz - uz * vx) / area;
            plane[2] = projected[a + 2] - plane[0] * projected[a] - plane[1] * projected[a + 1];
            System.arraycopy(projected, a, corners, 0, 2);
            System.arraycopy(projected, b, corners, 2, 2);
            System.arraycopy(projected, c, corners, 4, 2);
            cells.fill(corners, plane, t);
        }
    }

    private double column(double x, double y, double z) {
        return (right.x() * x + right.y() * y + right.z() * z - left) * cellsPerMetre;
    }

    private double row(double x, double y, double z) {
        return (up.x() * x + up.y() * y + up.z() * z - bottom) * cellsPerMetre;
    }

    private double height(double x, double y, double z) {
        return towards.x() * x + towards.y() * y + towards.z() * z;
    }

    /** Width of a cell, m. */
    double cell() {
        return 1 / cellsPerMetre;
    }

    /** Where a place is on the map: its column for axis 0, its row for 1, its height for 2. */
    double place(int axis, Vector3 p) {
        return axis == 0
                ? column(p.x(), p.y(), p.z())
                : axis == 1 ? row(p.x(), p.y(), p.z()) : height(p.x(), p.y(), p.z());
    }

    /** How {@link #place} changes along a direction. */
    double direction(int axis, Vector3 d) {
        return axis == 0 ? right.dot(d) * cellsPerMetre : axis == 1 ? up.dot(d) * cellsPerMetre : towards.dot(d);
    }

    /**
     * How much of the light reaches a place, from 0 to 1, softened over one cell.
     *
     * @param bias what is less than this above the place does not darken it, m
     */
    float light(double x, double y, double z, double bias) {
        return light(column(x, y, z), row(x, y, z), (float) (height(x, y, z) + bias));
    }

    /**
     * How much of the light reaches a place on the map.
     *
     * @param limit what is not above this does not darken it
     */
    float light(double column, double row, float limit) {
        int c = (int) column;
        int r = (int) row;
        if (!(column >= 0 && row >= 0) || c >= side - 1 || r >= side - 1) {
            return 1f;
        }
        int i = r * side + c;
        boolean a = top[i] > limit;
        boolean b = top[i + 1] > limit;
        boolean d = top[i + side] > limit;
        boolean e = top[i + side + 1] > limit;
        if (a == b && a == d && a == e) {
            return a ? 0f : 1f;
        }
        float fx = (float) (column - c);
        float upper = (a ? 0f : 1f - fx) + (b ? 0f : fx);
        float lower = (d ? 0f : 1f - fx) + (e ? 0f : fx);
        return upper + (float) (row - r) * (lower - upper);
    }
}
