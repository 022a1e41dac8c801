package io.tiepoint.synthetic.render;

import io.tiepoint.core.geometry.Camera;
import io.tiepoint.core.geometry.Vector3;
import io.tiepoint.synthetic.scenes.Material;
import io.tiepoint.synthetic.scenes.Mesh;
import java.util.Arrays;

/**
 * What is linear in one view over each triangle that is seen of it, prepared when it is first asked for: the inverse depth, and
 * texture coordinates and light over the depth. For one thread.
 */
final class SeenTriangles {
    /** Where the inverse depth of a triangle starts: its change with x, with y, and its value at (0, 0). So for the others. */
    static final int INVERSE = 0;

    /** Texture coordinates in parts of a texel, see {@link TextureSampler#PARTS}. */
    static final int U = 3;

    static final int V = 6;
    static final int AMBIENT = 9;

    /** Cosine of the angle between the normal and the sun. */
    static final int FACING = 12;

    private static final int KEPT = 15;
    private static final int FIRST_CAPACITY = 2048;

    private final Mesh mesh;
    private final Lighting lighting;
    private final double[] texelParts;
    private final double[] m;
    private final Vector3 t;
    private final Camera camera;
    private final int[] slots;
    private double[] values = new double[KEPT * FIRST_CAPACITY];
    private int end;
    /** [3 3] the corners of the triangle at hand in the camera's frame. */
    private final double[] p = new double[9];
    /** [3 3] their vector products: the weight of each corner over the depth, before it is scaled. */
    private final double[] c = new double[9];

    SeenTriangles(Visibility view, Lighting lighting) {
        this.lighting = lighting;
        mesh = view.scene().mesh();
        m = view.camFromWorld().rotation();
        t = view.camFromWorld().translation();
        camera = view.camera();
        texelParts = new double[view.scene().materials().size()];
        for (int i = 0; i < texelParts.length; i++) {
            Material material = view.scene().materials().get(i);
            texelParts[i] = material.texelsPerUnit() * TextureSampler.PARTS;
        }
        slots = new int[mesh.triangles()];
        Arrays.fill(slots, -1);
    }

    /** All that is known; what {@link #slot} returns is an index into it, until the next call of that. */
    double[] values() {
        return values;
    }

    /** Where the values of a triangle start. */
    int slot(int triangle) {
        int slot = slots[triangle];
        if (slot < 0) {
            slot = end;
            end += KEPT;
            if (end > values.length) {
                values = Arrays.copyOf(values, 2 * values.length);
            }
            slots[triangle] = slot;
            prepare(triangle, slot);
        }
        return slot;
    }

    private void prepare(int triangle, int slot) {
        int[] corners = mesh.corners();
        double[] positions = mesh.positions();
        for (int i = 0; i < 3; i++) {
            int at = 3 * corners[3 * triangle + i];
            double x = positions[at];
            double y = positions[at + 1];
            double z = positions[at + 2];
            p[3 * i] = m[0] * x + m[1] * y + m[2] * z + t.x();
            p[3 * i + 1] = m[3] * x + m[4] * y + m[5] * z + t.y();
            p[3 * i + 2] = m[6] * x + m[7] * y + m[8] * z + t.z();
        }
        double ux = p[3] - p[0];
        double uy = p[4] - p[1];
        double uz = p[5] - p[2];
        double vx = p[6] - p[0];
        double vy = p[7] - p[1];
        double vz = p[8] - p[2];
        double nx = uy * vz - uz * vy;
        double ny = uz * vx - ux * vz;
        double nz = ux * vy - uy * vx;
        store(slot + INVERSE, nx, ny, nz, 1 / (nx * p[0] + ny * p[1] + nz * p[2]));
        // Barycentric coordinates over z are linear in the image (Olano and Greer, 1997).
        for (int i = 0; i < 3; i++) {
            int j = 3 * ((i + 1) % 3);
            int k = 3 * ((i + 2) % 3);
            c[3 * i] = p[j + 1] * p[k + 2] - p[j + 2] * p[k + 1];
            c[3 * i + 1] = p[j + 2] * p[k] - p[j] * p[k + 2];
            c[3 * i + 2] = p[j] * p[k + 1] - p[j + 1] * p[k];
        }
        double scale = 1 / (p[0] * c[0] + p[1] * c[1] + p[2] * c[2]);
        int a = corners[3 * triangle];
        int b = corners[3 * triangle + 1];
        int d = corners[3 * triangle + 2];
        float[] texture = mesh.texture();
        double texels = scale * texelParts[mesh.material(triangle)];
        mix(slot + U, texture[2 * a], texture[2 * b], texture[2 * d], texels);
        mix(slot + V, texture[2 * a + 1], texture[2 * b + 1], texture[2 * d + 1], texels);
        mix(slot + AMBIENT, lighting.ambient(a), lighting.ambient(b), lighting.ambient(d), scale);
        mix(slot + FACING, lighting.facing(a), lighting.facing(b), lighting.facing(d), scale);
    }

    private void mix(int at, double value0, double value1, double value2, double scale) {
        store(
                at,
                value0 * c[0] + value1 * c[3] + value2 * c[6],
                value0 * c[1] + value1 * c[4] + value2 * c[7],
                value0 * c[2] + value1 * c[5] + value2 * c[8],
                scale);
    }

    /** The plane that a ray's direction is multiplied with, as a function of the position in the image. */
    private void store(int at, double nx, double ny, double nz, double scale) {
        double x = nx * scale / camera.focalX();
        double y = ny * scale / camera.focalY();
        values[at] = x;
        values[at + 1] = y;
        values[at + 2] = nz * scale - x * camera.centreX() - y * camera.centreY();
    }
}
