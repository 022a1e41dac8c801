package io.tiepoint.synthetic.scenes;

import io.tiepoint.core.geometry.Vector3;

/** Triangles over shared vertices, in the world's frame. Its arrays are for loops over everything: never write to them. */
public final class Mesh {
    private final double[] positions;
    private final float[] normals;
    private final float[] texture;
    private final int[] corners;
    private final int[] materials;
    private final int[] objects;
    private final int[] faces;
    private final boolean[] shell;

    Mesh(double[] positions, float[] normals, float[] texture, int[] corners, int[] materials, Tags tags) {
        this.positions = positions;
        this.normals = normals;
        this.texture = texture;
        this.corners = corners;
        this.materials = materials;
        objects = tags.objects;
        faces = tags.faces;
        shell = tags.shell;
    }

    /** What is known of each triangle besides its material. */
    static final class Tags {
        final int[] objects;
        final int[] faces;
        final boolean[] shell;

        Tags(int[] objects, int[] faces, boolean[] shell) {
            this.objects = objects;
            this.faces = faces;
            this.shell = shell;
        }
    }

    /** Number of vertices. */
    public int vertices() {
        return positions.length / 3;
    }

    /** Number of triangles. */
    public int triangles() {
        return corners.length / 3;
    }

    /** [V 3] x, y, z; m. */
    public double[] positions() {
        return positions;
    }

    /** [V 3] normals for shading, of length 1; smooth over round things. */
    public float[] normals() {
        return normals;
    }

    /** [V 2] texture coordinates u, v; in metres, or from 0 to 1 over a picture. */
    public float[] texture() {
        return texture;
    }

    /** [T 3] vertices of each triangle. */
    public int[] corners() {
        return corners;
    }

    /** The vertex at a corner of a triangle, 0 to 2. */
    public int corner(int triangle, int corner) {
        return corners[3 * triangle + corner];
    }

    /** Index of a triangle's material. */
    public int material(int triangle) {
        return materials[triangle];
    }

    /** The object that a triangle belongs to, from 1; 0 is the sky. */
    public int object(int triangle) {
        return objects[triangle];
    }

    /** Triangles with the same number lie side by side in one plane and have one material. */
    public int face(int triangle) {
        return faces[triangle];
    }

    /** Whether a triangle belongs to the walls all around, which do not keep a room's own light out. */
    public boolean isShell(int triangle) {
        return shell[triangle];
    }

    /** A vertex's place. */
    public Vector3 position(int vertex) {
        return new Vector3(positions[3 * vertex], positions[3 * vertex + 1], positions[3 * vertex + 2]);
    }

    /** A triangle's normal, of length 1, outwards. */
    public Vector3 faceNormal(int triangle) {
        Vector3 a = position(corner(triangle, 0));
        Vector3 edge1 = position(corner(triangle, 1)).minus(a);
        Vector3 edge2 = position(corner(triangle, 2)).minus(a);
        return edge1.cross(edge2).normalised();
    }
}
