package io.tiepoint.synthetic.render;

import io.tiepoint.synthetic.scenes.Mesh;
import io.tiepoint.synthetic.scenes.Scene;

/** A scene's light at some hour: made once, for any number of views. Safe for use by several threads. */
public final class Lighting {
    private static final int MAP_SIDE = 2048;

    private final Scene scene;
    private final AmbientLight ambient;
    private final Sun sun;
    private final float[] facing;
    private final LightMap shadows;
    private final Sky sky;

    /**
     * Lets the sun shine.
     *
     * @param ambient of the same scene
     */
    public Lighting(Scene scene, AmbientLight ambient, Sun sun) {
        this.scene = scene;
        this.ambient = ambient;
        this.sun = sun;
        Mesh mesh = scene.mesh();
        facing = new float[mesh.vertices()];
        float[] n = mesh.normals();
        for (int v = 0; v < facing.length; v++) {
            facing[v] = (float) (n[3 * v] * sun.towards().x()
                    + n[3 * v + 1] * sun.towards().y()
                    + n[3 * v + 2] * sun.towards().z());
        }
        shadows = new LightMap(scene, sun.towards(), MAP_SIDE, true);
        sky = new Sky(sun, scene.climate().clouds());
    }

    /** What is lit. */
    public Scene scene() {
        return scene;
    }

    /** The sun. */
    public Sun sun() {
        return sun;
    }

    /** Brightness of the sky in a direction of any length; that of haze below the horizon. */
    public float sky(double x, double y, double z) {
        return sky.brightness(x, y, z);
    }

    /** Brightness of haze, which is that of the sky at the horizon. */
    public float haze() {
        return (float) (Sky.HORIZON * sun.sky());
    }

    /** Light from all sides at a vertex. */
    float ambient(int vertex) {
        return ambient.at(vertex);
    }

    /** Cosine of the angle between a vertex's normal and the sun. */
    float facing(int vertex) {
        return facing[vertex];
    }

    LightMap shadows() {
        return shadows;
    }
}
