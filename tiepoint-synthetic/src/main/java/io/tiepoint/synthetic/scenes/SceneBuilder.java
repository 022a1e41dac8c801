package io.tiepoint.synthetic.scenes;

import io.tiepoint.core.geometry.Vector3;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Collects the triangles of a scene. What is added is given in a local frame that can be moved and turned about the vertical. */
final class SceneBuilder {
    /** A local frame: where its origin is, and how far it is turned. */
    private record Frame(Vector3 origin, double cos, double sin) {
        Vector3 turn(Vector3 v) {
            return new Vector3(cos * v.x() - sin * v.y(), sin * v.x() + cos * v.y(), v.z());
        }

        Vector3 place(Vector3 v) {
            return turn(v).plus(origin);
        }
    }

    private final double cell;
    private final List<Material> materials = new ArrayList<>();
    private final Map<Material, Integer> indices = new HashMap<>();
    private final List<Vector3> solids = new ArrayList<>();
    private final Deque<Frame> frames = new ArrayDeque<>();
    private Frame frame = new Frame(Vector3.ZERO, 1, 0);
    private double[] positions = new double[3 * 4096];
    private float[] normals = new float[3 * 4096];
    private float[] texture = new float[2 * 4096];
    private int[] corners = new int[3 * 4096];
    private int[] materialOf = new int[4096];
    private int[] objectOf = new int[4096];
    private int[] faceOf = new int[4096];
    private boolean[] shellOf = new boolean[4096];
    private int vertices;
    private int triangles;
    private int material = -1;
    private int object;
    private int face;
    private boolean plane;
    private boolean shell;

    /**
     * Starts an empty scene.
     *
     * @param cell largest side of the quadrilaterals that faces are divided into, so that light varies over them; m
     */
    SceneBuilder(double cell) {
        this.cell = cell;
    }

    List<Material> materials() {
        return materials;
    }

    List<Vector3> solids() {
        return solids;
    }

    /** What is added from now on belongs to a new object. */
    void object() {
        object++;
    }

    /** Whether what is added from now on belongs to the walls all around. */
    void shell(boolean isShell) {
        shell = isShell;
    }

    /** What is added from now on is made of this. */
    void paint(Material newMaterial) {
        material = indices.computeIfAbsent(newMaterial, key -> {
            materials.add(key);
            return materials.size() - 1;
        });
    }

    /** Enters a frame within the present one. */
    void push(Vector3 origin, double yawRad) {
        frames.push(frame);
        double cos = StrictMath.cos(yawRad);
        double sin = StrictMath.sin(yawRad);
        frame = new Frame(frame.place(origin), frame.cos * cos - frame.sin * sin, frame.sin * cos + frame.cos * sin);
    }

    /** Leaves the frame. */
    void pop() {
        frame = frames.pop();
    }

    /** No camera may be in this box of the present frame. */
    void solid(Vector3 min, Vector3 max) {
        double[] low = {Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY};
        double[] high = {Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY};
        for (int i = 0; i < 4; i++) {
            Vector3 corner =
                    frame.place(new Vector3(i % 2 == 0 ? min.x() : max.x(), i / 2 == 0 ? min.y() : max.y(), min.z()));
            low[0] = Math.min(low[0], corner.x());
            low[1] = Math.min(low[1], corner.y());
            high[0] = Math.max(high[0], corner.x());
            high[1] = Math.max(high[1], corner.y());
        }
        double base = frame.origin.z();
        solids.add(new Vector3(low[0], low[1], base + min.z()));
        solids.add(new Vector3(high[0], high[1], base + max.z()));
    }

    /** Adds a vertex. */
    int vertex(Vector3 place, Vector3 normal, double u, double v) {
        if (3 * vertices == positions.length) {
            positions = Arrays.copyOf(positions, 2 * positions.length);
            normals = Arrays.copyOf(normals, 2 * normals.length);
            texture = Arrays.copyOf(texture, 2 * texture.length);
        }
        Vector3 p = frame.place(place);
        Vector3 n = frame.turn(normal);
        positions[3 * vertices] = p.x();
        positions[3 * vertices + 1] = p.y();
        positions[3 * vertices + 2] = p.z();
        normals[3 * vertices] = (float) n.x();
        normals[3 * vertices + 1] = (float) n.y();
        normals[3 * vertices + 2] = (float) n.z();
        texture[2 * vertices] = (float) u;
        texture[2 * vertices + 1] = (float) v;
        return vertices++;
    }

    /** Adds a triangle of three vertices, counter-clockwise from outside. */
    void triangle(int a, int b, int c) {
        if (triangles == materialOf.length) {
            corners = Arrays.copyOf(corners, 2 * corners.length);
            materialOf = Arrays.copyOf(materialOf, 2 * materialOf.length);
            objectOf = Arrays.copyOf(objectOf, 2 * objectOf.length);
            faceOf = Arrays.copyOf(faceOf, 2 * faceOf.length);
            shellOf = Arrays.copyOf(shellOf, 2 * shellOf.length);
        }
        corners[3 * triangles] = a;
        corners[3 * triangles + 1] = b;
        corners[3 * triangles + 2] = c;
        materialOf[triangles] = material;
        objectOf[triangles] = object;
        faceOf[triangles] = plane ? face : face++;
        shellOf[triangles] = shell;
        triangles++;
    }

    /** A parallelogram that is seen from the side to which {@code along x up} points; texture in metres. */
    void face(Vector3 origin, Vector3 along, Vector3 up) {
        Vector3 u = along.normalised();
        Vector3 v = up.minus(u.times(u.dot(up))).normalised();
        Vector3 normal = u.cross(v);
        int columns = cells(along);
        int rows = cells(up);
        int first = vertices;
        for (int row = 0; row <= rows; row++) {
            for (int column = 0; column <= columns; column++) {
                Vector3 p = origin.plus(along.times(column / (double) columns)).plus(up.times(row / (double) rows));
                // Counted from the frame's origin, so that the pieces of a wall fit together; downwards, as images do.
                int ignored = vertex(p, normal, p.dot(u), -p.dot(v));
            }
        }
        plane = true;
        grid(first, columns, rows);
        endPlane();
    }

    private void endPlane() {
        plane = false;
        face++;
    }

    private int cells(Vector3 side) {
        return Math.min(Math.max((int) Math.ceil(side.norm() / cell - 1e-9), 1), 64);
    }

    /** The triangles of a grid of vertices, row by row. */
    void grid(int first, int columns, int rows) {
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                int a = first + row * (columns + 1) + column;
                int c = a + columns + 1;
                triangle(a, a + 1, c + 1);
                triangle(a, c + 1, c);
            }
        }
    }

    /** A parallelogram that shows the whole of its texture once. */
    void picture(Vector3 origin, Vector3 along, Vector3 up) {
        Vector3 normal = along.cross(up).normalised();
        int first = vertices;
        for (int i = 0; i < 4; i++) {
            Vector3 p = origin.plus(along.times(i % 2)).plus(up.times(i < 2 ? 0 : 1));
            int ignored = vertex(p, normal, i % 2, i < 2 ? 1 : 0);
        }
        plane = true;
        grid(first, 1, 1);
        endPlane();
    }

    /**
     * A triangle or a convex polygon, counter-clockwise from outside; texture in metres. It is a fan of triangles from the first point, which
     * are one face and have one normal: that of the plane through the first, the second and the last point. Other points may lie beside
     * that plane, as those of cars do by some centimetres; depth is then that of the triangles.
     */
    void polygon(Vector3... points) {
        Vector3 u = points[1].minus(points[0]).normalised();
        Vector3 normal = u.cross(points[points.length - 1].minus(points[0])).normalised();
        Vector3 v = normal.cross(u);
        int first = vertices;
        for (Vector3 p : points) {
            int ignored = vertex(p, normal, p.dot(u), -p.dot(v));
        }
        plane = true;
        for (int i = 2; i < points.length; i++) {
            triangle(first, first + i - 1, first + i);
        }
        endPlane();
    }

    /** A box with all its sides, two opposite corners given. */
    void box(Vector3 min, Vector3 max) {
        Vector3 size = max.minus(min);
        Vector3 x = new Vector3(size.x(), 0, 0);
        Vector3 y = new Vector3(0, size.y(), 0);
        Vector3 z = new Vector3(0, 0, size.z());
        face(min, x, z);
        face(min.plus(x), y, z);
        face(max.minus(z), x.times(-1), z);
        face(min.plus(y), y.times(-1), z);
        face(min.plus(z), x, y);
        face(min.plus(y), x, y.times(-1));
    }

    Mesh mesh() {
        return new Mesh(
                Arrays.copyOf(positions, 3 * vertices),
                Arrays.copyOf(normals, 3 * vertices),
                Arrays.copyOf(texture, 2 * vertices),
                Arrays.copyOf(corners, 3 * triangles),
                Arrays.copyOf(materialOf, triangles),
                new Mesh.Tags(
                        Arrays.copyOf(objectOf, triangles),
                        Arrays.copyOf(faceOf, triangles),
                        Arrays.copyOf(shellOf, triangles)));
    }
}
