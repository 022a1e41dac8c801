package io.tiepoint.synthetic.homography;

import io.tiepoint.core.geometry.Homography;
import io.tiepoint.core.image.GrayImage;
import io.tiepoint.core.image.ImageSize;
import org.jspecify.annotations.Nullable;

/**
 * Warps images by homographies: each pixel of the target is looked up in the source, bilinearly, and where the source is made
 * smaller, in its halvings. What lies outside the source shows another image, since black borders would make keypoints
 * (rpautrat/SuperPoint, issues 15 and 220).
 */
public final class Warp {
    /** The target is made in strips of columns, so that the part of a turned source that a strip shows stays in the cache. */
    private static final int STRIP = Span.LENGTH;

    private final double[] m = new double[9];
    private final WarpSource source;
    private final SpanSampler sampler;
    private final Span span = new Span();
    /** Of the span's first pixel: its weight, and how fast places change along the row, times the weight. */
    private double w;

    private double ux;
    private double vx;

    private Warp(WarpSource source, Homography sourceFromTarget, @Nullable GrayImage fill) {
        this.source = source;
        sampler = new SpanSampler(source, fill);
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
        return warp(WarpSource.of(source), targetFromSource, targetSize, fill);
    }

    /** Warps an image of which several warps are made; likewise. */
    public static GrayImage warp(WarpSource source, Homography targetFromSource, ImageSize targetSize, GrayImage fill) {
        float[] pixels = pixels(source, targetFromSource, targetSize, fill);
        return GrayImage.wrap(targetSize.width(), targetSize.height(), pixels);
    }

    /** Likewise, for those who go on to change the pixels; [H W]. */
    public static float[] pixels(WarpSource source, Homography targetFromSource, ImageSize targetSize, GrayImage fill) {
        return new Warp(source, targetFromSource.inverse(), fill).run(targetSize);
    }

    /** Cuts a part out of an image; beyond its border the outermost pixels count on. */
    public static GrayImage cut(WarpSource source, Homography targetFromSource, ImageSize targetSize) {
        float[] pixels = new Warp(source, targetFromSource.inverse(), null).run(targetSize);
        return GrayImage.wrap(targetSize.width(), targetSize.height(), pixels);
    }

    private float[] run(ImageSize size) {
        float[] pixels = new float[size.width() * size.height()];
        // The horizon may run through the target; what lies beyond it is not seen.
        double front = Math.signum(m[6] * size.width() / 2 + m[7] * size.height() / 2 + m[8]);
        for (int i = 0; i < 9; i++) {
            m[i] *= front == 0 ? 1 : front;
        }
        if (UprightWarp.isUpright(m, size, source.size())) {
            new UprightWarp(source, m).run(size, level(0.5, 0.5), pixels);
            return pixels;
        }
        for (int left = 0; left < size.width(); left += STRIP) {
            int right = Math.min(left + STRIP, size.width());
            for (int row = 0; row < size.height(); row++) {
                float levelHere = level(left + 0.5, row + 0.5);
                for (int from = left; from < right; from += span.count) {
                    float levelThere = place(row, from, right - from, levelHere);
                    sampler.sample(span, pixels, row * size.width() + from, levelHere, levelThere);
                    levelHere = levelThere;
                }
            }
        }
        return pixels;
    }

    /** The level of a place, see {@link SpanSampler#level}. */
    private float level(double x, double y) {
        double weight = m[6] * x + m[7] * y + m[8];
        if (weight <= 0) {
            return 0;
        }
        double inverse = 1 / weight;
        double u = (m[0] * x + m[1] * y + m[2]) * inverse;
        double v = (m[3] * x + m[4] * y + m[5]) * inverse;
        double a = m[0] - u * m[6];
        double b = m[1] - u * m[7];
        double c = m[3] - v * m[6];
        double d = m[4] - v * m[7];
        return SpanSampler.level(0.5 * (a * a + b * b + c * c + d * d) * inverse * inverse);
    }

    /**
     * Says where in the source the next pixels of a row lie; of as many as may be looked up as one.
     *
     * @return level of the pixel after them
     */
    private float place(int row, int from, int most, float levelHere) {
        int count = most;
        while (true) {
            float levelThere = level(from + count + 0.5, row + 0.5);
            span.begin(row, from, count);
            boolean isInFront = placeEnds();
            if (count <= Span.SHORT || sampler.isUniform(span, levelHere, levelThere)) {
                if (isInFront) {
                    relative();
                } else {
                    acrossHorizon();
                }
                return levelThere;
            }
            count = Span.half(count);
        }
    }

    /** Says between which places the span lies; returns false if the horizon runs through it. */
    private boolean placeEnds() {
        double x = span.column + 0.5;
        double y = span.row + 0.5;
        w = m[6] * x + m[7] * y + m[8];
        int last = span.count - 1;
        if (w <= 0 || w + m[6] * last <= 0) {
            span.boundless();
            return false;
        }
        double u = (m[0] * x + m[1] * y + m[2]) / w;
        double v = (m[3] * x + m[4] * y + m[5]) / w;
        ux = m[0] - u * m[6];
        vx = m[3] - v * m[6];
        double inverse = last / (w + m[6] * last);
        // A part of a line that lies on one side of the horizon stays one: its ends tell of all of it.
        span.bound(u, v);
        span.bound(u + ux * inverse, v + vx * inverse);
        span.originU = u;
        span.originV = v;
        return true;
    }

    private void relative() {
        relative((float) ux, (float) vx, (float) w, (float) m[6]);
    }

    private void relative(float scaleU, float scaleV, float weight, float rise) {
        float[] steps = Span.STEPS;
        float[] du = span.du;
        float[] dv = span.dv;
        int count = span.count;
        for (int i = 0; i < count; i++) {
            float share = steps[i] / (weight + rise * steps[i]);
            du[i] = scaleU * share;
            dv[i] = scaleV * share;
        }
    }

    private void acrossHorizon() {
        span.originU = 0;
        span.originV = 0;
        for (int i = 0; i < span.count; i++) {
            double x = span.column + i + 0.5;
            double y = span.row + 0.5;
            double weight = m[6] * x + m[7] * y + m[8];
            span.du[i] = weight > 0 ? (float) ((m[0] * x + m[1] * y + m[2]) / weight) : Float.NaN;
            span.dv[i] = weight > 0 ? (float) ((m[3] * x + m[4] * y + m[5]) / weight) : Float.NaN;
        }
    }
}
