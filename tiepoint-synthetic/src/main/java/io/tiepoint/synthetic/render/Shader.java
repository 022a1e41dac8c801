package io.tiepoint.synthetic.render;

import io.tiepoint.core.geometry.Camera;
import io.tiepoint.core.geometry.Pose;
import io.tiepoint.core.geometry.Vector3;
import io.tiepoint.synthetic.scenes.Mesh;

/** How bright the triangles are along short rows of positions of one view. For one thread. */
final class Shader {
    private static final double GROUND_BRIGHTNESS = 0.25;
    private static final float LEAST_ALBEDO = 0.03f;
    private static final float LEAST_AMBIENT = 0.02f;
    private static final int MOST_LOOKS = 5;
    /** Relative change of the inverse depth, and change of the sun's cosine, from one place to the next that is small. */
    private static final double STEADY = 0.05;

    private final Mesh mesh;
    private final SeenTriangles seen;
    private final Sky sky;
    private final LightMap shadows;
    private final Paint[] paints;
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
    private final float[] structure = new float[Segment.MOST];
    private final float[] detail = new float[Segment.MOST];
    private final float[] ambient = new float[Segment.MOST];
    private final float[] facing = new float[Segment.MOST];
    private final float[] mirrored = new float[Segment.MOST];

    Shader(Visibility view, Lighting lighting) {
        mesh = view.scene().mesh();
        seen = new SeenTriangles(view, lighting);
        sky = new Sky(lighting.sun(), view.scene().climate().clouds());
        shadows = lighting.shadows();
        sunStrength = (float) lighting.sun().strength();
        haze = (float) (1 / view.scene().climate().haze());
        skyStrength = (float) lighting.sun().sky();
        hazeBrightness = (float) Sky.HORIZON * skyStrength;
        paints = view.scene().materials().stream().map(Paint::new).toArray(Paint[]::new);
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

    /** Looks at a surface, at positions (x, y), (x + 1, y), and so on; px. In few loops: segments are short, and each end of one costs. */
    void shade(Segment segment, double x, double y) {
        Paint paint = paints[mesh.material(segment.triangles[0])];
        int count = segment.count;
        for (int from = 0; from < count; ) {
            int to = segment.endOfTriangle(from);
            place(seen.slot(segment.triangles[from]), new double[] {x, y}, from, to);
            from = to;
        }
        aim(paint, seen.slot(segment.triangles[count / 2]), count / 2);
        fine.sample(u, v, 1, count, structure);
        if (paint.detailContrast > 0f) {
            coarse.sample(u, v, paint.detailRatio, count, detail);
        }
        if (paint.isGlass) {
            mirror(mesh.faceNormal(segment.triangles[0]), x, y, count);
        }
        light(paint, x, y, count);
    }

    /** Finds the depths, where in the texture the positions lie, and the light from all sides and from the sun. */
    private void place(int slot, double[] start, int from, int to) {
        double[] a = seen.values();
        double y = start[1];
        double startZ = a[slot + 1] * y + a[slot + 2];
        double startU = a[slot + 4] * y + a[slot + 5];
        double startV = a[slot + 7] * y + a[slot + 8];
        double startAmbient = a[slot + 10] * y + a[slot + 11];
        double startFacing = a[slot + 13] * y + a[slot + 14];
        for (int i = from; i < to; i++) {
            double x = start[0] + i;
            double z = 1 / (a[slot] * x + startZ);
            depth[i] = z;
            u[i] = (a[slot + 3] * x + startU) * z;
            v[i] = (a[slot + 6] * x + startV) * z;
            ambient[i] = (float) ((a[slot + 9] * x + startAmbient) * z);
            facing[i] = (float) ((a[slot + 12] * x + startFacing) * z);
        }
    }

    /** Finds how much of the textures a pixel covers, in the middle of a segment. */
    private void aim(Paint paint, int slot, int middle) {
        double[] a = seen.values();
        double scale = depth[middle] / TextureSampler.PARTS;
        step[0] = (a[slot + 3] - u[middle] * a[slot]) * scale;
        step[1] = (a[slot + 6] - v[middle] * a[slot]) * scale;
        step[2] = (a[slot + 4] - u[middle] * a[slot + 1]) * scale;
        step[3] = (a[slot + 7] - v[middle] * a[slot + 1]) * scale;
        fine.aim(paint.texture, step, MOST_LOOKS);
        if (paint.detailContrast > 0f) {
            coarse.aimOnce(paint.detail, fine.halvings() + paint.detailHalvings);
        }
    }

    /** The light that reaches the surface, what it returns of it, and how much of that the haze lets through. */
    private void light(Paint paint, double x, double y, int count) {
        for (int i = 0; i < count; i++) {
            float relative = 1f + paint.contrast * structure[i];
            float share = paint.tone * (relative > LEAST_ALBEDO ? relative : LEAST_ALBEDO);
            share *= 1f + paint.detailContrast * detail[i];
            share = share < 1f ? share : 1f;
            float bright = share * (paint.isLamp ? 3f : light(paint, i, x + i, y));
            if (paint.isGlass) {
                bright += mirrored[i];
            }
            float clear = 1f / (1f + (float) depth[i] * haze);
            clear = clear * (2f - clear);
            brightness[i] = hazeBrightness + clear * (bright - hazeBrightness);
        }
    }

    private float light(Paint paint, int i, double x, double y) {
        float light = (ambient[i] > LEAST_AMBIENT ? ambient[i] : LEAST_AMBIENT) * skyStrength;
        float cosine = facing[i];
        if (paint.isFoliage) {
            cosine = 0.25f + 0.6f * Math.abs(cosine);
        } else if (paint.isTwoSided) {
            cosine = Math.abs(cosine);
        }
        if (cosine > 0.01f && sunStrength > 0f) {
            light += sunStrength * (cosine < 1f ? cosine : 1f) * sunlit(x, y, depth[i], cosine);
        }
        return light;
    }

    private float sunlit(double x, double y, double z, float facing) {
        double[] r = rayInShadows;
        float slack = (float) bias * (1.2f + 0.7f / (facing > 0.25f ? facing : 0.25f));
        return shadows.light(
                eyeInShadows[0] + z * (r[0] * x + r[1] * y + r[2]),
                eyeInShadows[1] + z * (r[3] * x + r[4] * y + r[5]),
                (float) (eyeInShadows[2] + z * (r[6] * x + r[7] * y + r[8])) + slack);
    }

    /** The more of the sky, the more aslant glass is seen (Schlick, 1994, with a cube in place of the fifth power). */
    private void mirror(Vector3 n, double startX, double y, int count) {
        for (int i = 0; i < count; i++) {
            double x = startX + i;
            double wx = ray[0] * x + ray[1] * y + ray[2];
            double wy = ray[3] * x + ray[4] * y + ray[5];
            double wz = ray[6] * x + ray[7] * y + ray[8];
            double length = Math.sqrt(wx * wx + wy * wy + wz * wz);
            double across = (wx * n.x() + wy * n.y() + wz * n.z()) / length;
            double rest = 1 - Math.abs(across);
            float share = (float) (0.12 + 0.7 * rest * rest * rest);
            double mx = wx / length - 2 * across * n.x();
            double my = wy / length - 2 * across * n.y();
            double mz = wz / length - 2 * across * n.z();
            mirrored[i] = share * (mz > 0 ? sky.brightness(mx, my, mz) : (float) GROUND_BRIGHTNESS);
        }
    }
}
