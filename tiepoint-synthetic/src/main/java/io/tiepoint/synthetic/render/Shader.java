package io.tiepoint.synthetic.render;

import io.tiepoint.core.geometry.Camera;
import io.tiepoint.core.geometry.Pose;
import io.tiepoint.core.geometry.Vector3;
import io.tiepoint.synthetic.scenes.Finish;
import io.tiepoint.synthetic.scenes.Material;
import io.tiepoint.synthetic.scenes.Mesh;

/** How bright the triangles are along short rows of positions of one view. For one thread. */
final class Shader {
    private static final double GROUND_BRIGHTNESS = 0.25;
    private static final float LEAST_ALBEDO = 0.03f;
    private static final int FINE_LOOKS = 5;
    /** The second structure is coarser and of little contrast. */
    private static final int COARSE_LOOKS = 1;
    /** Relative change of the inverse depth, and change of the sun's cosine, from one place to the next that is small. */
    private static final double STEADY = 0.05;

    private final Mesh mesh;
    private final SeenTriangles seen;
    private final Sky sky;
    private final LightMap shadows;
    private final Material[] materials;
    private final TextureSampler fine = new TextureSampler();
    private final TextureSampler coarse = new TextureSampler();
    /** The direction of the ray through a position, in the world, linear in the image: [3 3]. */
    private final double[] ray = new double[9];
    /** Where the eye is in the shadow map: column, row, height. */
    private final double[] eyeInShadows = new double[3];
    /** How the ray runs through the shadow map, linear in the image: [3 3]. */
    private final double[] rayInShadows = new double[9];

    private final double[] step = new double[4];
    private final float sunStrength;
    private final float haze;
    private final float hazeBrightness;
    private final float skyStrength;
    private final double bias;

    /** Depths of what was shaded last. */
    final double[] depth = new double[Segment.MOST];
    /** Brightness of what was shaded last. */
    final float[] brightness = new float[Segment.MOST];

    private final double[] u = new double[Segment.MOST];
    private final double[] v = new double[Segment.MOST];
    private final int[] texelU = new int[Segment.MOST];
    private final int[] texelV = new int[Segment.MOST];
    private final float[] structure = new float[Segment.MOST];

    Shader(Visibility view, Lighting lighting) {
        mesh = view.scene().mesh();
        seen = new SeenTriangles(view, lighting);
        sky = new Sky(lighting.sun(), view.scene().climate().clouds());
        shadows = lighting.shadows();
        sunStrength = (float) lighting.sun().strength();
        haze = (float) (1 / view.scene().climate().haze());
        skyStrength = (float) lighting.sun().sky();
        hazeBrightness = (float) Sky.HORIZON * skyStrength;
        materials = view.scene().materials().toArray(Material[]::new);
        bias = shadows.cell();
        Camera c = view.camera();
        Pose worldFromCam = view.camFromWorld().inverse();
        for (int axis = 0; axis < 3; axis++) {
            double x = worldFromCam.rotation(axis, 0) / c.focalX();
            double y = worldFromCam.rotation(axis, 1) / c.focalY();
            ray[3 * axis] = x;
            ray[3 * axis + 1] = y;
            ray[3 * axis + 2] = worldFromCam.rotation(axis, 2) - x * c.centreX() - y * c.centreY();
        }
        Vector3 eye = view.eye();
        for (int axis = 0; axis < 3; axis++) {
            eyeInShadows[axis] = shadows.place(axis, eye);
            for (int k = 0; k < 3; k++) {
                rayInShadows[3 * axis + k] = shadows.direction(axis, new Vector3(ray[k], ray[3 + k], ray[6 + k]));
            }
        }
    }

    /** Whether depth and light of a triangle are about the same at a position as at another one where it is seen; px. */
    boolean isSteady(int triangle, double x, double y, double seenX, double seenY) {
        int k = seen.slot(triangle);
        double[] a = seen.values();
        double there = a[k] * seenX + a[k + 1] * seenY + a[k + 2];
        double change = a[k] * (x - seenX) + a[k + 1] * (y - seenY);
        double turn = a[k + 12] * (x - seenX) + a[k + 13] * (y - seenY);
        return Math.abs(change) < STEADY * there && Math.abs(turn) < STEADY * there;
    }

    /** Looks at the sky, at positions (x, y), (x + 1, y), and so on; px. */
    void sky(double x, double y, int count) {
        double wx = ray[1] * y + ray[2];
        double wy = ray[4] * y + ray[5];
        double wz = ray[7] * y + ray[8];
        for (int i = 0; i < count; i++) {
            double px = x + i;
            brightness[i] = sky.brightness(ray[0] * px + wx, ray[3] * px + wy, ray[6] * px + wz);
        }
    }

    /** Looks at a surface, at positions (x, y), (x + 1, y), and so on; px. */
    void shade(Segment segment, double x, double y) {
        int triangle = segment.triangles[0];
        int count = segment.count;
        Material material = materials[mesh.material(triangle)];
        double[] start = {x, y};
        for (int from = 0; from < count; ) {
            int to = segment.endOfTriangle(from);
            place(seen.slot(segment.triangles[from]), start, from, to);
            from = to;
        }
        paint(segment, material);
        if (material.finish() == Finish.LAMP) {
            for (int i = 0; i < count; i++) {
                brightness[i] *= 3f;
            }
        } else {
            light(segment, material, start);
        }
        if (material.finish() == Finish.GLASS) {
            mirror(triangle, x, y, count);
        }
        for (int i = 0; i < count; i++) {
            float clear = 1f / (1f + (float) depth[i] * haze);
            clear = clear * (2f - clear);
            brightness[i] = hazeBrightness + clear * (brightness[i] - hazeBrightness);
        }
    }

    /** Finds the depths, and where in the texture the positions lie. */
    private void place(int slot, double[] start, int from, int to) {
        double[] a = seen.values();
        double y = start[1];
        double startZ = a[slot + 1] * y + a[slot + 2];
        double startU = a[slot + 4] * y + a[slot + 5];
        double startV = a[slot + 7] * y + a[slot + 8];
        for (int i = from; i < to; i++) {
            double x = start[0] + i;
            double z = 1 / (a[slot] * x + startZ);
            depth[i] = z;
            u[i] = (a[slot + 3] * x + startU) * z;
            v[i] = (a[slot + 6] * x + startV) * z;
        }
    }

    /** The share of the light that the surface returns. */
    private void paint(Segment segment, Material material) {
        int count = segment.count;
        int middle = count / 2;
        int slot = seen.slot(segment.triangles[middle]);
        double[] a = seen.values();
        double scale = depth[middle] / TextureSampler.PARTS;
        step[0] = (a[slot + 3] - u[middle] * a[slot]) * scale;
        step[1] = (a[slot + 6] - v[middle] * a[slot]) * scale;
        step[2] = (a[slot + 4] - u[middle] * a[slot + 1]) * scale;
        step[3] = (a[slot + 7] - v[middle] * a[slot + 1]) * scale;
        fine.aim(material.texture(), step, FINE_LOOKS);
        for (int i = 0; i < count; i++) {
            texelU[i] = (int) u[i];
            texelV[i] = (int) v[i];
        }
        fine.sample(texelU, texelV, count, structure);
        float tone = (float) material.tone();
        float contrast = (float) material.contrast();
        for (int i = 0; i < count; i++) {
            brightness[i] = tone * Math.max(1f + contrast * structure[i], LEAST_ALBEDO);
        }
        if (material.detailContrast() > 0) {
            paintCoarse(material, count);
        }
        for (int i = 0; i < count; i++) {
            brightness[i] = Math.min(brightness[i], 1f);
        }
    }

    private void paintCoarse(Material material, int count) {
        double ratio = material.detailTexelsPerUnit() / material.texelsPerUnit();
        for (int k = 0; k < 4; k++) {
            step[k] *= ratio;
        }
        coarse.aim(material.detail(), step, COARSE_LOOKS);
        for (int i = 0; i < count; i++) {
            texelU[i] = (int) (u[i] * ratio);
            texelV[i] = (int) (v[i] * ratio);
        }
        coarse.sample(texelU, texelV, count, structure);
        float contrast = (float) material.detailContrast();
        for (int i = 0; i < count; i++) {
            brightness[i] *= Math.max(1f + contrast * structure[i], LEAST_ALBEDO);
        }
    }

    /** The light that reaches the surface: over the same plane it differs from triangle to triangle. */
    private void light(Segment segment, Material material, double[] start) {
        for (int from = 0; from < segment.count; ) {
            int to = segment.endOfTriangle(from);
            light(seen.slot(segment.triangles[from]), material, start, from, to);
            from = to;
        }
    }

    private void light(int slot, Material material, double[] start, int from, int to) {
        double[] a = seen.values();
        boolean isFoliage = material.finish() == Finish.FOLIAGE;
        boolean twoSided = material.twoSided();
        double x = start[0];
        double y = start[1];
        double startAmbient = a[slot + 10] * y + a[slot + 11];
        double startFacing = a[slot + 13] * y + a[slot + 14];
        for (int i = from; i < to; i++) {
            double px = x + i;
            double z = depth[i];
            float light = (float) ((a[slot + 9] * px + startAmbient) * z);
            light = Math.max(light, 0.02f) * skyStrength;
            float facing = (float) ((a[slot + 12] * px + startFacing) * z);
            if (isFoliage) {
                facing = 0.25f + 0.6f * Math.abs(facing);
            } else if (twoSided) {
                facing = Math.abs(facing);
            }
            if (facing > 0.01f && sunStrength > 0f) {
                light += sunStrength * Math.min(facing, 1f) * sunlit(px, y, z, facing);
            }
            brightness[i] *= light;
        }
    }

    private float sunlit(double x, double y, double z, float facing) {
        double[] r = rayInShadows;
        float slack = (float) bias * (1.2f + 0.7f / Math.max(facing, 0.25f));
        return shadows.light(
                eyeInShadows[0] + z * (r[0] * x + r[1] * y + r[2]),
                eyeInShadows[1] + z * (r[3] * x + r[4] * y + r[5]),
                (float) (eyeInShadows[2] + z * (r[6] * x + r[7] * y + r[8])) + slack);
    }

    /** The more of the sky, the more aslant glass is seen (Schlick, 1994, with a cube in place of the fifth power). */
    private void mirror(int triangle, double x, double y, int count) {
        Vector3 n = mesh.faceNormal(triangle);
        for (int i = 0; i < count; i++) {
            double px = x + i;
            double wx = ray[0] * px + ray[1] * y + ray[2];
            double wy = ray[3] * px + ray[4] * y + ray[5];
            double wz = ray[6] * px + ray[7] * y + ray[8];
            double length = Math.sqrt(wx * wx + wy * wy + wz * wz);
            double across = (wx * n.x() + wy * n.y() + wz * n.z()) / length;
            double rest = 1 - Math.abs(across);
            float share = (float) (0.12 + 0.7 * rest * rest * rest);
            double mx = wx / length - 2 * across * n.x();
            double my = wy / length - 2 * across * n.y();
            double mz = wz / length - 2 * across * n.z();
            brightness[i] += share * (mz > 0 ? sky.brightness(mx, my, mz) : (float) GROUND_BRIGHTNESS);
        }
    }
}
