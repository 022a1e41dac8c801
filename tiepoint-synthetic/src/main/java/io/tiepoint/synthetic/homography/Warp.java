package io.tiepoint.synthetic.homography;

import io.tiepoint.core.geometry.Homography;
import io.tiepoint.core.image.GrayImage;
import io.tiepoint.core.image.ImagePyramid;
import io.tiepoint.core.image.ImageSize;

/**
 * Warps images by homographies: each pixel of the target is looked up in the source, bilinearly, and where the source is made
 * smaller, in its pyramid. What lies outside the source shows another image, since black borders would make keypoints
 * (rpautrat/SuperPoint, issues 15 and 220).
 */
public final class Warp {
    /** The level of the pyramid is found once for so many pixels and interpolated between. */
    private static final int SPAN = 16;
    /** Slightly sharper than the level that certainly shows no aliasing. */
    private static final float LEVEL_BIAS = -0.25f;

    private final ImagePyramid source;
    private final GrayImage fill;
    private final double[] m = new double[9];
    private final int width;
    private final int height;

    Warp(ImagePyramid source, Homography sourceFromTarget, GrayImage fill) {
        this.source = source;
        this.fill = fill;
        width = source.image().width();
        height = source.image().height();
        for (int i = 0; i < 9; i++) {
            m[i] = sourceFromTarget.entry(i / 3, i % 3);
        }
    }

    /**
     * Warps an image.
     *
     * @param targetFromSource px in {@link io.tiepoint.core.geometry.PixelFrame#CORNER}
     * @param fill what is seen beside the source, tiled; any size
     */
    public static GrayImage warp(GrayImage source, Homography targetFromSource, ImageSize targetSize, GrayImage fill) {
        return warp(new ImagePyramid(source), targetFromSource, targetSize, fill);
    }

    /** Warps an image of which several warps are made; likewise. */
    public static GrayImage warp(
            ImagePyramid source, Homography targetFromSource, ImageSize targetSize, GrayImage fill) {
        return new Warp(source, targetFromSource.inverse(), fill).run(targetSize);
    }

    private GrayImage run(ImageSize size) {
        float[] pixels = new float[size.width() * size.height()];
        // The horizon may run through the target; what lies beyond it is not seen.
        double front = Math.signum(m[6] * size.width() / 2 + m[7] * size.height() / 2 + m[8]);
        for (int i = 0; i < 9; i++) {
            m[i] *= front == 0 ? 1 : front;
        }
        for (int row = 0; row < size.height(); row++) {
            float levelHere = level(0.5, row + 0.5);
            for (int from = 0; from < size.width(); from += SPAN) {
                int to = Math.min(from + SPAN, size.width());
                float levelThere = level(to + 0.5, row + 0.5);
                span(pixels, size.width(), row, from, to, new float[] {levelHere, levelThere});
                levelHere = levelThere;
            }
        }
        return GrayImage.wrap(size.width(), size.height(), pixels);
    }

    /** Binary logarithm of the source's px for each px of the target, about. */
    private float level(double x, double y) {
        double w = m[6] * x + m[7] * y + m[8];
        if (w <= 0) {
            return 0;
        }
        double u = (m[0] * x + m[1] * y + m[2]) / w;
        double v = (m[3] * x + m[4] * y + m[5]) / w;
        double ux = (m[0] - u * m[6]) / w;
        double uy = (m[1] - u * m[7]) / w;
        double vx = (m[3] - v * m[6]) / w;
        double vy = (m[4] - v * m[7]) / w;
        float squared = (float) (0.5 * (ux * ux + uy * uy + vx * vx + vy * vy));
        if (squared <= 1.0001f) {
            return 0;
        }
        // Exponent and mantissa of a float read as a fixed-point number are its logarithm within 0.09.
        int bits = Float.floatToRawIntBits(squared);
        float log = (bits >> 23) - 127 + (bits & 0x7fffff) * 0x1.0p-23f;
        return Math.max(0.5f * log + LEVEL_BIAS, 0f);
    }

    private void span(float[] pixels, int stride, int row, int from, int to, float[] levels) {
        float slope = (levels[1] - levels[0]) / (to - from);
        int lower = (int) Math.min(levels[0], levels[1]);
        boolean isPlain = levels[0] == 0 && levels[1] == 0;
        boolean isWithinOneLevel = lower == (int) Math.max(levels[0], levels[1]);
        GrayImage sharp = source.level(lower);
        GrayImage soft = isPlain ? sharp : source.level(lower + 1);
        double sharpScale = source.scale(lower);
        double softScale = source.scale(lower + 1);
        double y = row + 0.5;
        double uRow = m[1] * y + m[2];
        double vRow = m[4] * y + m[5];
        double wRow = m[7] * y + m[8];
        for (int column = from; column < to; column++) {
            double x = column + 0.5;
            double w = m[6] * x + wRow;
            double inverse = 1 / w;
            double u = (m[0] * x + uRow) * inverse;
            double v = (m[3] * x + vRow) * inverse;
            float level = levels[0] + slope * (column - from);
            float value;
            if (!(w > 0 && u >= 0.5 && v >= 0.5 && u <= width - 0.5 && v <= height - 0.5)) {
                value = atBorder(column, row, w > 0 ? u : Double.NaN, v, level);
            } else if (isPlain) {
                value = bilinear(sharp, u, v);
            } else if (isWithinOneLevel) {
                float sharper = bilinear(sharp, u * sharpScale, v * sharpScale);
                float softer = bilinear(soft, u * softScale, v * softScale);
                value = sharper + (level - lower) * (softer - sharper);
            } else {
                value = sample(u, v, level);
            }
            pixels[row * stride + column] = value;
        }
    }

    /** As {@link GrayImage#sample}, which it must agree with; the hottest line of all, with fewer comparisons. */
    private static float bilinear(GrayImage image, double x, double y) {
        int stride = image.width();
        // Truncation towards 0 keeps what lies less than a pixel beyond the first centre in the first column.
        int column = Math.min((int) (x - 0.5), stride - 2);
        int row = Math.min((int) (y - 0.5), image.height() - 2);
        float fx = (float) Math.min(Math.max(x - 0.5 - column, 0), 1);
        float fy = (float) Math.min(Math.max(y - 0.5 - row, 0), 1);
        float[] p = image.pixels();
        int i = row * stride + column;
        float top = p[i] + fx * (p[i + 1] - p[i]);
        float bottom = p[i + stride] + fx * (p[i + stride + 1] - p[i + stride]);
        return top + fy * (bottom - top);
    }

    /** The value of a pixel of the target that shows a place of the source. */
    float value(int column, int row, double u, double v, float level) {
        boolean isInside = u >= 0.5 && v >= 0.5 && u <= width - 0.5 && v <= height - 0.5;
        return isInside ? sample(u, v, level) : atBorder(column, row, u, v, level);
    }

    private float sample(double u, double v, float level) {
        int lower = (int) level;
        float fraction = level - lower;
        float sharp = sampleLevel(u, v, lower);
        return fraction == 0 ? sharp : sharp + fraction * (sampleLevel(u, v, lower + 1) - sharp);
    }

    private float sampleLevel(double u, double v, int level) {
        double scale = source.scale(level);
        return source.level(level).sample(u * scale, v * scale);
    }

    /** Blends the source's border with what lies beside it over one pixel. */
    private float atBorder(int column, int row, double u, double v, float level) {
        float beside = fill.at(column % fill.width(), row % fill.height());
        double inside = Math.min(Math.min(u, width - u), Math.min(v, height - v));
        if (!(inside > -0.5)) {
            return beside;
        }
        float share = (float) Math.min(inside + 0.5, 1);
        return beside + share * (sample(u, v, level) - beside);
    }
}
