package io.tiepoint.synthetic.homography;

import io.tiepoint.core.image.GrayImage;
import org.jspecify.annotations.Nullable;

/**
 * Looks up spans in a source: fast where all of a span lies inside of it, or all of it beside it, and pixel by pixel along the
 * border. Not safe for use by several threads.
 */
final class SpanSampler {
    /** In the first one of so many parts of the way to the next level the two are blended; after it the next one is taken alone. */
    private static final float BLEND = 4f;
    /** Levels are a little sharper than what certainly shows no aliasing: the first one serves up to 1.19 px of it for each px. */
    private static final float BIAS = 0.5f;
    /** Levels that differ by more within a span are looked at pixel by pixel. */
    private static final float STEEP = 1f;

    private final WarpSource source;
    private final @Nullable GrayImage fill;
    private final int width;
    private final int height;
    private final float[] soft = new float[Span.LENGTH];
    private final float[] beside = new float[Span.LENGTH];
    private final int[] apartIndices = new int[Span.LENGTH];
    private final float[] apartU = new float[Span.LENGTH];
    private final float[] apartV = new float[Span.LENGTH];

    /**
     * Looks up a source.
     *
     * @param fill what is seen beside it, tiled; if there is none, its outermost pixels
     */
    SpanSampler(WarpSource source, @Nullable GrayImage fill) {
        this.source = source;
        this.fill = fill;
        width = source.size().width();
        height = source.size().height();
    }

    /**
     * Twice the binary logarithm of the source's px for each px of the target, about, less a bias: its whole part is the number of
     * a level.
     *
     * @param squared the square of the px of the source for each px of the target
     */
    static float level(double squared) {
        float value = (float) squared;
        if (!(value > 1f)) {
            return 0;
        }
        // Exponent and mantissa of a float read as a fixed-point number are its logarithm within 0.09.
        int bits = Float.floatToRawIntBits(value);
        float log = (bits >> 23) - 127 + (bits & 0x7fffff) * 0x1.0p-23f;
        return Math.max(log - BIAS, 0f);
    }

    /** Whether a span is best looked up as one, or else in parts: it lies inside the source or beside it, and shows the same levels. */
    boolean isUniform(Span span, float level0, float level1) {
        if (isOutside(span)) {
            return true;
        }
        boolean isInside = span.minU >= 1 && span.minV >= 1 && span.maxU <= width - 1 && span.maxV <= height - 1;
        return isInside
                && levels(level0) == levels(level1)
                && source.level((int) level0).canLocate(span);
    }

    private boolean isOutside(Span span) {
        return span.maxU <= -0.5 || span.maxV <= -0.5 || span.minU >= width + 0.5 || span.minV >= height + 0.5;
    }

    /** A number for the levels that are seen: of one alone it is even. */
    private static int levels(float level) {
        float share = share(level - (int) level);
        return 2 * (int) level + (share == 0f ? 0 : share < 1f ? 1 : 2);
    }

    /**
     * Looks a span up.
     *
     * @param start of the span in {@code pixels}, which is written to
     * @param level0 of the span's first pixel
     * @param level1 of the one after its last
     */
    void sample(Span span, float[] pixels, int start, float level0, float level1) {
        if (fill != null && isOutside(span)) {
            beside(fill, span, pixels, start);
            return;
        }
        int lower = (int) Math.max(level0, level1);
        // Where a level is passed within the span, the part before is shown a little softer than it need be.
        float share0 = share(Math.max(level0 - lower, 0f));
        float share1 = share(Math.max(level1 - lower, 0f));
        Texels sharp = source.level(share0 == 1f && share1 == 1f ? lower + 1 : lower);
        boolean isBlended = share0 + share1 > 0f && share0 + share1 < 2f;
        Texels softer = isBlended ? source.level(lower + 1) : sharp;
        if (Math.abs(level1 - level0) > STEEP || !sharp.canLocate(span) || !softer.canLocate(span)) {
            each(span, pixels, start, level0, (level1 - level0) / span.count);
            return;
        }
        int apart = setApart(span, sharp, softer);
        if (apart < span.count) {
            sharp.sample(span, pixels, start);
        }
        if (isBlended && apart < span.count) {
            float slope = (share1 - share0) / span.count;
            softer.sample(span, soft, 0);
            for (int i = 0; i < span.count; i++) {
                float sharper = pixels[start + i];
                pixels[start + i] = sharper + (share0 + slope * Span.STEPS[i]) * (soft[i] - sharper);
            }
        }
        if (fill != null && apart > 0) {
            beside(fill, span, beside, 0);
        }
        for (int k = 0; k < apart; k++) {
            int i = apartIndices[k];
            span.du[i] = apartU[k];
            span.dv[i] = apartV[k];
            one(span, i, pixels, start, level0 + (level1 - level0) / span.count * i);
        }
    }

    /**
     * Sets the pixels apart that do not lie between four pixels of both levels. In the span one that does takes their place.
     *
     * @return how many
     */
    private int setApart(Span span, Texels sharp, Texels softer) {
        double left = Math.max(sharp.minU(), softer.minU());
        double top = Math.max(sharp.minV(), softer.minV());
        double right = Math.min(sharp.maxU(), softer.maxU());
        double bottom = Math.min(sharp.maxV(), softer.maxV());
        if (span.minU >= left && span.minV >= top && span.maxU <= right && span.maxV <= bottom) {
            return 0;
        }
        int apart = 0;
        int good = -1;
        for (int i = 0; i < span.count; i++) {
            double u = span.originU + span.du[i];
            double v = span.originV + span.dv[i];
            if (u >= left && v >= top && u <= right && v <= bottom) {
                good = i;
            } else {
                apartIndices[apart] = i;
                apartU[apart] = span.du[i];
                apartV[apart] = span.dv[i];
                apart++;
            }
        }
        for (int k = 0; k < apart && good >= 0; k++) {
            span.du[apartIndices[k]] = span.du[good];
            span.dv[apartIndices[k]] = span.dv[good];
        }
        return apart;
    }

    static float share(float fraction) {
        return Math.min(BLEND * fraction, 1f);
    }

    /** Copies what the span shows of an image that is repeated. */
    private static void beside(GrayImage image, Span span, float[] out, int start) {
        int stride = image.width();
        int line = span.row % image.height() * stride;
        int column = span.column % stride;
        for (int i = 0; i < span.count; ) {
            int length = Math.min(stride - column, span.count - i);
            System.arraycopy(image.pixels(), line + column, out, start + i, length);
            i += length;
            column = 0;
        }
    }

    private void each(Span span, float[] pixels, int start, float level0, float slope) {
        if (fill != null) {
            beside(fill, span, beside, 0);
        }
        for (int i = 0; i < span.count; i++) {
            one(span, i, pixels, start, level0 + slope * i);
        }
    }

    private void one(Span span, int i, float[] pixels, int start, float level) {
        double u = span.originU + span.du[i];
        double v = span.originV + span.dv[i];
        if (fill == null) {
            pixels[start + i] = value(u, v, level);
            return;
        }
        double inside = Math.min(Math.min(u, width - u), Math.min(v, height - v));
        if (inside > -0.5) {
            // The source's border blends with what lies beside it over one pixel.
            float share = (float) Math.min(inside + 0.5, 1);
            pixels[start + i] = beside[i] + share * (value(u, v, level) - beside[i]);
        } else {
            pixels[start + i] = beside[i];
        }
    }

    private float value(double u, double v, float level) {
        int lower = (int) level;
        float share = share(level - lower);
        if (share == 1f) {
            return value(u, v, source.level(lower + 1));
        }
        float sharp = value(u, v, source.level(lower));
        return share == 0f ? sharp : sharp + share * (value(u, v, source.level(lower + 1)) - sharp);
    }

    private static float value(double u, double v, Texels texels) {
        return texels.at(u * texels.scaleX, v * texels.scaleY);
    }
}
