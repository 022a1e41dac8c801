package io.tiepoint.synthetic.homography;

import io.tiepoint.core.image.GrayImage;
import io.tiepoint.core.image.ImageSize;

/**
 * Of 8 bits, 255 is white. Values are those of {@link FloatTexels} of the same image, at places rounded to 1/2048 px: reckoned in whole
 * numbers, since the compiler makes vectors of those and none of their conversion.
 */
final class ByteTexels extends Texels {
    private static final int ONE = 1 << Span.FRACTION_BITS;
    private static final float UNIT = (float) (1.0 / (255.0 * ONE * ONE));
    private static final float[] VALUES = new float[256];

    static {
        for (int i = 0; i < VALUES.length; i++) {
            VALUES[i] = i / 255f;
        }
    }

    /** Each texel with the one below it, which is thus found by the same look-up. */
    private final char[] pairs;

    ByteTexels(ImageSize size, byte[] pixels, double scaleX, double scaleY) {
        super(size.width(), size.height(), scaleX, scaleY);
        pairs = new char[pixels.length];
        for (int i = 0; i < pixels.length; i++) {
            int below = Math.min(i + width, pixels.length - width + i % width);
            pairs[i] = (char) ((pixels[i] & 0xff) | (pixels[below] & 0xff) << 8);
        }
    }

    @Override
    GrayImage toGray() {
        float[] values = new float[pairs.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = value(i);
        }
        return GrayImage.wrap(width, height, values);
    }

    @Override
    float at(double x, double y) {
        double u = Math.min(Math.max(x - 0.5, 0), width - 1);
        double v = Math.min(Math.max(y - 0.5, 0), height - 1);
        int column = Math.min((int) u, Math.max(width - 2, 0));
        int row = Math.min((int) v, Math.max(height - 2, 0));
        float fractionX = (float) (u - column);
        float fractionY = (float) (v - row);
        int i = row * width + column;
        int right = width > 1 ? 1 : 0;
        int below = height > 1 ? width : 0;
        float top = value(i) + fractionX * (value(i + right) - value(i));
        float bottom = value(i + below) + fractionX * (value(i + below + right) - value(i + below));
        return top + fractionY * (bottom - top);
    }

    private float value(int i) {
        return VALUES[pairs[i] & 0xff];
    }

    @Override
    void row(int row, int from, int to, float[] out) {
        int start = row * width;
        for (int column = from; column < to; column++) {
            out[column - from] = VALUES[pairs[start + column] & 0xff];
        }
    }

    @Override
    boolean canLocate(Span span) {
        return (span.maxU - span.minU) * scaleX < Span.REACH && (span.maxV - span.minV) * scaleY < Span.REACH;
    }

    @Override
    void sample(Span span, float[] out, int start) {
        span.locateFixed(this);
        int[] values = span.texel;
        lookUp(pairs, values, span.count);
        blend(span.fixedX, span.fixedY, values, span.count);
        for (int i = 0; i < span.count; i++) {
            out[start + i] = values[i] * UNIT;
        }
    }

    /** Replaces indices of texels by these and their neighbours: left above, left below, right above, right below. */
    private static void lookUp(char[] pairs, int[] texels, int count) {
        for (int i = 0; i < count; i++) {
            int texel = texels[i];
            texels[i] = pairs[texel] | pairs[texel + 1] << 16;
        }
    }

    /** Replaces four texels by the bilinear value between them, times the square of {@link #ONE}. */
    private static void blend(int[] fixedX, int[] fixedY, int[] texels, int count) {
        for (int i = 0; i < count; i++) {
            int fx = fixedX[i] & (ONE - 1);
            int fy = fixedY[i] & (ONE - 1);
            int four = texels[i];
            int topLeft = four & 0xff;
            int bottomLeft = four >>> 8 & 0xff;
            int top = (topLeft << Span.FRACTION_BITS) + fx * ((four >>> 16 & 0xff) - topLeft);
            int bottom = (bottomLeft << Span.FRACTION_BITS) + fx * ((four >>> 24) - bottomLeft);
            texels[i] = (top << Span.FRACTION_BITS) + fy * (bottom - top);
        }
    }
}
