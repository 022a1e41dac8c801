package io.tiepoint.synthetic.scenes;

import io.tiepoint.core.geometry.Vector3;
import java.util.List;

/**
 * A rigid place made of triangles. World frame: x and y level, z upwards, metres. A triangle's corners turn counter-clockwise
 * for who sees it from outside. Never changes.
 */
public final class Scene {
    private final SceneKind kind;
    private final Mesh mesh;
    private final List<Material> materials;
    private final Chunks chunks;
    private final Stage stage;
    private final Climate climate;
    private final List<Vector3> solids;

    Scene(SceneKind kind, SceneBuilder builder, Stage stage, Climate climate) {
        this.kind = kind;
        mesh = builder.mesh();
        materials = List.copyOf(builder.materials());
        chunks = Chunks.of(mesh);
        this.stage = stage;
        this.climate = climate;
        solids = List.copyOf(builder.solids());
    }

    /** What it shows. */
    public SceneKind kind() {
        return kind;
    }

    /** All its triangles. */
    public Mesh mesh() {
        return mesh;
    }

    /** What the triangles are made of; the mesh tells which. */
    public List<Material> materials() {
        return materials;
    }

    /** The material of a triangle. */
    public Material materialOf(int triangle) {
        return materials.get(mesh.material(triangle));
    }

    /** Its triangles in groups that lie together. */
    public Chunks chunks() {
        return chunks;
    }

    /** Where cameras may stand. */
    public Stage stage() {
        return stage;
    }

    /** Its light, but for the sun. */
    public Climate climate() {
        return climate;
    }

    /** Whether a camera may be at a place: on the stage, and not in something solid. */
    public boolean isFree(Vector3 eye) {
        if (!stage.contains(eye)) {
            return false;
        }
        double gap = stage.nearest();
        for (int i = 0; i < solids.size(); i += 2) {
            Vector3 min = solids.get(i);
            Vector3 max = solids.get(i + 1);
            boolean inside = eye.x() > min.x() - gap
                    && eye.y() > min.y() - gap
                    && eye.z() > min.z() - gap
                    && eye.x() < max.x() + gap
                    && eye.y() < max.y() + gap
                    && eye.z() < max.z() + gap;
            if (inside) {
                return false;
            }
        }
        return true;
    }
}
