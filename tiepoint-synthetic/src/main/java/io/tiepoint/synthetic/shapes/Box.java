package io.tiepoint.synthetic.shapes;

import io.tiepoint.core.random.Draws;
import java.util.Arrays;

/** A box in orthographic projection, with lines along its visible edges. */
final class Box {
    /** The corners of each face in order; corner i has x = bit 0, y = bit 1, z = bit 2 of i. */
    private static final int[][] FACES = {
        {0, 2, 3, 1}, {4, 5, 7, 6}, {0, 1, 5, 4}, {2, 6, 7, 3}, {0, 4, 6, 2}, {1, 3, 7, 5}
    };

    private Box() {}

    static void draw(Drawing drawing, ShapesRecipe.Cube recipe) {
        Draws draws = drawing.draws;
        double[][] corners = corners(drawing, recipe);
        float faceColor = drawing.colors.next();
        // The published boxes have one colour and contrasting edges; real ones have shaded faces.
        boolean shaded = draws.nextBoolean();
        boolean[] visible = new boolean[8];
        int[] edgeFaces = new int[64];
        float color = faceColor;
        for (int[] face : FACES) {
            double[] polygon = new double[8];
            for (int i = 0; i < 4; i++) {
                polygon[2 * i] = corners[face[i]][0];
                polygon[2 * i + 1] = corners[face[i]][1];
            }
            if (!facesViewer(polygon)) {
                continue;
            }
            for (int i = 0; i < 4; i++) {
                int a = face[i];
                int b = face[(i + 1) % 4];
                visible[a] = true;
                edgeFaces[8 * Math.min(a, b) + Math.max(a, b)]++;
            }
            drawing.fill(polygon, color);
            color = shaded ? drawing.colors.differentFrom(color, faceColor) : faceColor;
        }
        drawing.paint();
        double thickness = recipe.edgeThickness().draw(draws) * drawing.shorterSide;
        float edgeColor = drawing.colors.oppositeOf(faceColor);
        if (!shaded || draws.nextBoolean()) {
            for (int edge = 0; edge < 64; edge++) {
                if (edgeFaces[edge] > 0) {
                    edge(drawing, corners[edge / 8], corners[edge % 8], thickness, edgeColor);
                }
            }
        }
        for (int i = 0; i < 8; i++) {
            if (visible[i]) {
                drawing.corner(corners[i][0], corners[i][1], JunctionKind.of(directions(corners, edgeFaces, i)));
            }
        }
    }

    /** Where the visible edges of a corner lead. */
    private static double[] directions(double[][] corners, int[] edgeFaces, int corner) {
        double[] directions = new double[3];
        int count = 0;
        for (int axis = 1; axis < 8; axis <<= 1) {
            int other = corner ^ axis;
            if (edgeFaces[8 * Math.min(corner, other) + Math.max(corner, other)] > 0) {
                double dx = corners[other][0] - corners[corner][0];
                double dy = corners[other][1] - corners[corner][1];
                directions[count++] = StrictMath.atan2(dy, dx);
            }
        }
        return Arrays.copyOf(directions, count);
    }

    /** Corners of a face that faces the viewer run in one direction, those of a hidden face in the other. */
    private static boolean facesViewer(double[] p) {
        return (p[2] - p[0]) * (p[5] - p[3]) - (p[3] - p[1]) * (p[4] - p[2]) > 0;
    }

    /** A line that reaches half its thickness beyond both corners, so that three of them close the corner. */
    private static void edge(Drawing drawing, double[] a, double[] b, double thickness, float color) {
        double length = Planar.distance(a[0], a[1], b[0], b[1]);
        if (length < thickness) {
            return;
        }
        double dx = (b[0] - a[0]) / length * thickness / 2;
        double dy = (b[1] - a[1]) / length * thickness / 2;
        drawing.line(a[0] - dx, a[1] - dy, b[0] + dx, b[1] + dy, thickness, color);
        drawing.paint();
    }

    private static double[][] corners(Drawing drawing, ShapesRecipe.Cube recipe) {
        Draws draws = drawing.draws;
        double[] sides = {
            recipe.side().draw(draws), recipe.side().draw(draws), recipe.side().draw(draws)
        };
        double[] angles = {
            recipe.rotationRad().draw(draws),
            recipe.rotationRad().draw(draws),
            recipe.rotationRad().draw(draws)
        };
        double scale = recipe.scale().draw(draws) * drawing.shorterSide;
        double reach = recipe.translation();
        double x = drawing.size.width() * draws.nextDouble(0.5 - reach, 0.5 + reach);
        double y = drawing.size.height() * draws.nextDouble(0.5 - reach, 0.5 + reach);
        double[][] corners = new double[8][];
        for (int i = 0; i < 8; i++) {
            double[] p = {((i & 1) - 0.5) * sides[0], ((i >> 1 & 1) - 0.5) * sides[1], ((i >> 2) - 0.5) * sides[2]};
            for (int axis = 0; axis < 3; axis++) {
                rotate(p, axis, angles[axis]);
            }
            corners[i] = new double[] {x + scale * p[0], y + scale * p[1]};
        }
        return corners;
    }

    private static void rotate(double[] p, int axis, double angleRad) {
        int u = (axis + 1) % 3;
        int v = (axis + 2) % 3;
        double cos = StrictMath.cos(angleRad);
        double sin = StrictMath.sin(angleRad);
        double pu = p[u];
        p[u] = cos * pu - sin * p[v];
        p[v] = sin * pu + cos * p[v];
    }
}
