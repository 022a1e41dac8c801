package io.tiepoint.synthetic.render;

import io.tiepoint.synthetic.scenes.Texture;

/**
 * Looks textures up where a pixel covers a parallelogram of them: several looks along its longer side, each between two halvings
 * (trilinear, anisotropic).
 */
final class TextureSampler {
    private static final int MOST_LOOKS = 6;
    /** Keeps coordinates positive, where truncation is rounding down; a multiple of every side; with the half texel. */
    private static final double POSITIVE = (1 << 24) - 0.5;

    private TextureSampler() {}

    /**
     * The mean over a parallelogram.
     *
     * @param u its centre, texels
     * @param v likewise
     * @param d du/dx, dv/dx, du/dy, dv/dy: its sides; texels
     */
    static float sample(Texture texture, double u, double v, double[] d) {
        double squaredX = d[0] * d[0] + d[1] * d[1];
        double squaredY = d[2] * d[2] + d[3] * d[3];
        boolean alongX = squaredX > squaredY;
        double longSquared = alongX ? squaredX : squaredY;
        if (longSquared <= 1) {
            return bilinear(texture.level(0), texture.side(), u, v);
        }
        double area = Math.abs(d[0] * d[3] - d[1] * d[2]);
        // The shorter side is the area over the longer one.
        double ratio = longSquared / Math.max(area, 1e-9);
        int looks = ratio >= MOST_LOOKS ? MOST_LOOKS : Math.max((int) (ratio + 0.5), 1);
        float level = Math.max(0.5f * log2((float) (longSquared / (looks * looks))), 0f);
        if (looks == 1) {
            return trilinear(texture, u, v, level);
        }
        double stepU = (alongX ? d[0] : d[2]) / looks;
        double stepV = (alongX ? d[1] : d[3]) / looks;
        double startU = u - stepU * 0.5 * (looks - 1);
        double startV = v - stepV * 0.5 * (looks - 1);
        float sum = 0f;
        for (int i = 0; i < looks; i++) {
            sum += trilinear(texture, startU + i * stepU, startV + i * stepV, level);
        }
        return sum / looks;
    }

    /** At a whole halving, or the last one there is; in texels of the texture itself. */
    static float atLevel(Texture texture, double u, double v, int level) {
        int existing = Math.min(Math.max(level, 0), texture.levels() - 1);
        double scale = 1.0 / (1 << existing);
        return bilinear(texture.level(existing), texture.side() >> existing, u * scale, v * scale);
    }

    /** Logarithm to base 2, linear between the powers of two: the same on every machine. */
    static float log2(float value) {
        return Float.floatToRawIntBits(value) * (1f / (1 << 23)) - 127f;
    }

    private static float trilinear(Texture texture, double u, double v, float level) {
        int lower = (int) level;
        if (lower >= texture.levels() - 1) {
            return atLevel(texture, u, v, lower);
        }
        double scale = 1.0 / (1 << lower);
        int side = texture.side() >> lower;
        float sharp = bilinear(texture.level(lower), side, u * scale, v * scale);
        float fraction = level - lower;
        if (fraction < 0.02f) {
            return sharp;
        }
        float soft = bilinear(texture.level(lower + 1), side >> 1, u * scale * 0.5, v * scale * 0.5);
        return sharp + fraction * (soft - sharp);
    }

    private static float bilinear(float[] texels, int side, double u, double v) {
        double x = u + POSITIVE;
        double y = v + POSITIVE;
        int column = (int) x;
        int row = (int) y;
        float fx = (float) (x - column);
        float fy = (float) (y - row);
        int mask = side - 1;
        int left = column & mask;
        int right = (column + 1) & mask;
        int top = (row & mask) * side;
        int bottom = ((row + 1) & mask) * side;
        float upper = texels[top + left] + fx * (texels[top + right] - texels[top + left]);
        float lower = texels[bottom + left] + fx * (texels[bottom + right] - texels[bottom + left]);
        return upper + fy * (lower - upper);
    }
}
