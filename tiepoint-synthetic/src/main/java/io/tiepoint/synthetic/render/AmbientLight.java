package io.tiepoint.synthetic.render;

import io.tiepoint.core.geometry.Vector3;
import io.tiepoint.synthetic.scenes.Climate;
import io.tiepoint.synthetic.scenes.Mesh;
import io.tiepoint.synthetic.scenes.Scene;

/** The light that reaches each vertex from all sides: how much of the sky it sees, what the ground returns, and lamps. */
public final class AmbientLight {
    private static final int RINGS = 3;
    private static final int PER_RING = 5;
    private static final int MAP_SIDE = 256;

    /** Light that comes from everywhere, whatever is in the way. */
    private static final double FLOOR = 0.12;

    private final float[] perVertex;

    private AmbientLight(float[] perVertex) {
        this.perVertex = perVertex;
    }

    /** Looks from every vertex of a scene into the sky. */
    public static AmbientLight of(Scene scene) {
        Mesh mesh = scene.mesh();
        int vertices = mesh.vertices();
        double[] seen = new double[vertices];
        double all = 0;
        boolean indoor = scene.climate().indoor();
        for (int ring = 0; ring < RINGS; ring++) {
            double height = (ring + 0.5) / RINGS;
            double level = Math.sqrt(1 - height * height);
            for (int i = 0; i < PER_RING; i++) {
                double azimuth = 2 * Math.PI * (i + 0.37 * ring) / PER_RING;
                Vector3 towards = new Vector3(level * StrictMath.cos(azimuth), level * StrictMath.sin(azimuth), height);
                LightMap map = new LightMap(scene, towards, MAP_SIDE, !indoor);
                all += height;
                collect(scene, map, towards, seen);
            }
        }
        float[] light = new float[vertices];
        for (int v = 0; v < vertices; v++) {
            double up = mesh.normals()[3 * v + 2];
            double bounce = (indoor ? 0.35 : 0.22) * (1 - 0.8 * up);
            double direct = seen[v] / all;
            light[v] = (float) (scene.climate().ambient() * (FLOOR + bounce + (1 - FLOOR) * direct));
        }
        if (!scene.climate().lamps().isEmpty()) {
            lamps(scene.climate(), mesh, light);
        }
        return new AmbientLight(light);
    }

    private static void collect(Scene scene, LightMap map, Vector3 towards, double[] seen) {
        Mesh mesh = scene.mesh();
        double[] p = mesh.positions();
        float[] n = mesh.normals();
        double bias = 1.5 * map.cell();
        for (int v = 0; v < seen.length; v++) {
            double facing = n[3 * v] * towards.x() + n[3 * v + 1] * towards.y() + n[3 * v + 2] * towards.z();
            if (facing > 0) {
                double lift = 0.6 * map.cell();
                float light = map.light(
                        p[3 * v] + lift * n[3 * v],
                        p[3 * v + 1] + lift * n[3 * v + 1],
                        p[3 * v + 2] + lift * n[3 * v + 2],
                        bias);
                seen[v] += facing * light;
            }
        }
    }

    private static void lamps(Climate climate, Mesh mesh, float[] light) {
        double[] p = mesh.positions();
        float[] n = mesh.normals();
        for (Vector3 lamp : climate.lamps()) {
            for (int v = 0; v < light.length; v++) {
                double dx = lamp.x() - p[3 * v];
                double dy = lamp.y() - p[3 * v + 1];
                double dz = lamp.z() - p[3 * v + 2];
                double squared = dx * dx + dy * dy + dz * dz;
                double facing = (dx * n[3 * v] + dy * n[3 * v + 1] + dz * n[3 * v + 2]) / Math.sqrt(squared + 1e-9);
                light[v] += (float) (Math.max(0.3 + 0.7 * facing, 0) * 1.2 / (0.6 + squared));
            }
        }
    }

    /** Light at a vertex. */
    float at(int vertex) {
        return perVertex[vertex];
    }
}
