package io.tiepoint.synthetic.render;

import io.tiepoint.core.geometry.Camera;
import io.tiepoint.core.geometry.Pose;
import io.tiepoint.core.geometry.Vector3;
import io.tiepoint.synthetic.scenes.Finish;
import io.tiepoint.synthetic.scenes.Material;
import io.tiepoint.synthetic.scenes.Mesh;
import java.util.Arrays;

/** How bright the triangles are at positions of one view. For one thread. */
final class Shader {
    /** Numbers kept of a triangle: inverse depth, u, v, ambient light and facing of the sun, each linear in the image over z. */
    private static final int KEPT = 15;

    private static final double GROUND_BRIGHTNESS = 0.25;

    private final Visibility view;
    private final Mesh mesh;
    private final Lighting lighting;
    private final Sky sky;
    private final int[] slots;
    private double[] kept = new double[KEPT * 1024];
    private int count;
    private final double[] ray = new double[9];
    private final double[] step = new double[4];
    private final double[] detailStep = new double[4];
    private final Vector3 eye;
    private final float sunStrength;
    private final float haze;
    private final float hazeBrightness;
    private final float skyStrength;
    private final Material[] materials;
    private final double bias;

    Shader(Visibility view, Lighting lighting) {
        this.view = view;
        this.lighting = lighting;
        mesh = view.scene().mesh();
        sky = new Sky(lighting.sun(), view.scene().climate().clouds());
        slots = new int[mesh.triangles()];
        Arrays.fill(slots, -1);
        eye = view.eye();
        sunStrength = (float) lighting.sun().strength();
        haze = (float) (1 / view.scene().climate().haze());
        skyStrength = (float) lighting.sun().sky();
        hazeBrightness = (float) Sky.HORIZON * skyStrength;
        materials = view.scene().materials().toArray(Material[]::new);
        bias = lighting.shadows().cell();
        Camera c = view.camera();
        Pose worldFromCam = view.camFromWorld().inverse();
        for (int axis = 0; axis < 3; axis++) {
            double x = worldFromCam.rotation(axis, 0) / c.focalX();
            double y = worldFromCam.rotation(axis, 1) / c.focalY();
            ray[3 * axis] = x;
            ray[3 * axis + 1] = y;
            ray[3 * axis + 2] = worldFromCam.rotation(axis, 2) - x * c.centreX() - y * c.centreY();
        }
    }

    /** Brightness of the sky at a position, px. */
    float sky(double x, double y) {
        return sky.brightness(along(0, x, y), along(1, x, y), along(2, x, y));
    }

    private double along(int axis, double x, double y) {
        return ray[3 * axis] * x + ray[3 * axis + 1] * y + ray[3 * axis + 2];
    }

    /** Depth of a triangle's plane at a position, px. */
    double depth(int triangle, double x, double y) {
        int k = slot(triangle);
        return 1 / (kept[k] * x + kept[k + 1] * y + kept[k + 2]);
    }

    /** Brightness of a triangle at a position, px. */
    float shade(int triangle, double x, double y) {
        int k = slot(triangle);
        double[] a = kept;
        double z = 1 / (a[k] * x + a[k + 1] * y + a[k + 2]);
        double u = (a[k + 3] * x + a[k + 4] * y + a[k + 5]) * z;
        double v = (a[k + 6] * x + a[k + 7] * y + a[k + 8]) * z;
        float light = (float) ((a[k + 9] * x + a[k + 10] * y + a[k + 11]) * z);
        float facing = (float) ((a[k + 12] * x + a[k + 13] * y + a[k + 14]) * z);
        Material material = materials[mesh.material(triangle)];
        double wx = along(0, x, y);
        double wy = along(1, x, y);
        double wz = along(2, x, y);
        float albedo = albedo(material, u, v, k, z);
        float brightness;
        if (material.finish() == Finish.LAMP) {
            brightness = albedo * 3f;
        } else {
            if (material.finish() == Finish.FOLIAGE) {
                facing = 0.25f + 0.6f * Math.abs(facing);
            } else if (material.twoSided()) {
                facing = Math.abs(facing);
            }
            light = Math.max(light, 0.02f) * skyStrength;
            if (facing > 0.01f && sunStrength > 0f) {
                double slack = bias * (1.2 + 0.7 / Math.max(facing, 0.25f));
                float lit = lighting.shadows().light(eye.x() + z * wx, eye.y() + z * wy, eye.z() + z * wz, slack);
                light += sunStrength * facing * lit;
            }
            brightness = albedo * light;
        }
        if (material.finish() == Finish.GLASS) {
            brightness += mirrored(triangle, wx, wy, wz);
        }
        float clear = 1f / (1f + (float) z * haze);
        clear = clear * (2f - clear);
        return hazeBrightness * (1f - clear) + clear * brightness;
    }

    private float albedo(Material material, double u, double v, int k, double z) {
        double[] a = kept;
        double scale = material.texelsPerUnit() * z;
        step[0] = (a[k + 3] - u * a[k]) * scale;
        step[1] = (a[k + 6] - v * a[k]) * scale;
        step[2] = (a[k + 4] - u * a[k + 1]) * scale;
        step[3] = (a[k + 7] - v * a[k + 1]) * scale;
        double texels = material.texelsPerUnit();
        float fine = TextureSampler.sample(material.texture(), u * texels, v * texels, step);
        float albedo = (float) material.tone() * Math.max(1f + (float) material.contrast() * fine, 0.03f);
        if (material.detailContrast() > 0) {
            double ratio = material.detailTexelsPerUnit() / texels;
            for (int i = 0; i < 4; i++) {
                detailStep[i] = step[i] * ratio;
            }
            double detailTexels = material.detailTexelsPerUnit();
            float coarse = TextureSampler.sample(material.detail(), u * detailTexels, v * detailTexels, detailStep);
            albedo *= Math.max(1f + (float) material.detailContrast() * coarse, 0.03f);
        }
        return Math.min(albedo, 1f);
    }

    /** The more of the sky, the more aslant glass is seen (Schlick, 1994, with a cube in place of the fifth power). */
    private float mirrored(int triangle, double wx, double wy, double wz) {
        Vector3 n = mesh.faceNormal(triangle);
        double length = Math.sqrt(wx * wx + wy * wy + wz * wz);
        double across = (wx * n.x() + wy * n.y() + wz * n.z()) / length;
        double rest = 1 - Math.abs(across);
        float share = (float) (0.12 + 0.7 * rest * rest * rest);
        double mx = wx / length - 2 * across * n.x();
        double my = wy / length - 2 * across * n.y();
        double mz = wz / length - 2 * across * n.z();
        return share * (mz > 0 ? sky.brightness(mx, my, mz) : (float) GROUND_BRIGHTNESS);
    }

    private int slot(int triangle) {
        int slot = slots[triangle];
        if (slot < 0) {
            slot = KEPT * count++;
            if (slot == kept.length) {
                kept = Arrays.copyOf(kept, 2 * kept.length);
            }
            slots[triangle] = slot;
            keep(triangle, slot);
        }
        return slot;
    }

    private void keep(int triangle, int slot) {
        int[] corners = {mesh.corner(triangle, 0), mesh.corner(triangle, 1), mesh.corner(triangle, 2)};
        Vector3 p0 = view.camFromWorld().map(mesh.position(corners[0]));
        Vector3 p1 = view.camFromWorld().map(mesh.position(corners[1]));
        Vector3 p2 = view.camFromWorld().map(mesh.position(corners[2]));
        Vector3 normal = p1.minus(p0).cross(p2.minus(p0));
        Visibility.PlaneInView inverse = Visibility.PlaneInView.of(normal, normal.dot(p0), view.camera());
        kept[slot] = inverse.x();
        kept[slot + 1] = inverse.y();
        kept[slot + 2] = inverse.constant();
        // Barycentric coordinates over z are linear in the image (Olano and Greer, 1997).
        Vector3[] weights = {p1.cross(p2), p2.cross(p0), p0.cross(p1)};
        double determinant = p0.dot(weights[0]);
        for (int i = 0; i < 3; i++) {
            Visibility.PlaneInView weight = Visibility.PlaneInView.of(weights[i], determinant, view.camera());
            int vertex = corners[i];
            float[] values = {
                mesh.texture()[2 * vertex],
                mesh.texture()[2 * vertex + 1],
                lighting.ambient(vertex),
                lighting.facing(vertex)
            };
            for (int k = 0; k < values.length; k++) {
                kept[slot + 3 * k + 3] += values[k] * weight.x();
                kept[slot + 3 * k + 4] += values[k] * weight.y();
                kept[slot + 3 * k + 5] += values[k] * weight.constant();
            }
        }
    }
}
