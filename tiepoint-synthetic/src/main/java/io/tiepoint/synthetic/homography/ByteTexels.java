package io.tiepoint.synthetic.homography;

import io.tiepoint.core.image.GrayImage;
import io.tiepoint.core.image.ImageSize;

/**
 * Of 8 bits, 255 is white. Values are those of {@link FloatTexels} of the same image, at places rounded to 1/2048 px: reckoned in whole
 * numbers, since the compiler makes vectors of those and none of their conversion.
 */
final class ByteTexels extends Texels {
    /** Behind the point of a place. */
    private static final int BITS = 11;

    private static final int ONE = 1 << BITS;
    /** Adding this leaves so many bits behind the point; the float's bits then are the place itself, but for what is added to it. */
    private static final float FIXING = 0x1.8p12f;
    /** The whole part of the bits of that number. */
    private static final int FIXED_ZERO = Float.floatToRawIntBits(FIXING) >>> BITS;
    /** Texels that the places of a span may be apart. */
    private static final double REACH = 2000;

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
        for (int i = 0; i < pixels.length - width; i++) {
            pairs[i] = (char) ((pixels[i] & 0xff) | (pixels[i + width] & 0xff) << 8);
        }
        for (int i = pixels.length - width; i < pixels.length; i++) {
            pairs[i] = (char) ((pixels[i] & 0xff) * 0x101);
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
        return (span.maxU - span.minU) * scaleX < REACH && (span.maxV - span.minV) * scaleY < REACH;
    }

    /** One long method on purpose: one so long is compiled by itself, and inside of others its loops would not become vectors. */
    @Override
    void sample(Span span, float[] out, int start) {
        double x = span.originU * scaleX - 0.5;
        double y = span.originV * scaleY - 0.5;
        double column0 = Math.floor(x);
        double row0 = Math.floor(y);
        int count = span.count;
        float[] du = span.du;
        float[] dv = span.dv;
        float[] shifted = span.fx;
        int[] fixedX = span.fixedX;
        int[] fixedY = span.fixedY;
        float startX = (float) (x - column0);
        float startY = (float) (y - row0);
        float perU = (float) scaleX;
        float perV = (float) scaleY;
        for (int i = 0; i < count; i++) {
            shifted[i] = startX + perU * du[i] + FIXING;
        }
        for (int i = 0; i < count; i++) {
            fixedX[i] = Float.floatToRawIntBits(shifted[i]);
        }
        for (int i = 0; i < count; i++) {
            shifted[i] = startY + perV * dv[i] + FIXING;
        }
        for (int i = 0; i < count; i++) {
            fixedY[i] = Float.floatToRawIntBits(shifted[i]);
        }
        int[] texel = span.texel;
        int stride = width;
        int first = (int) (row0 * stride + column0) - FIXED_ZERO * (stride + 1);
        for (int i = 0; i < count; i++) {
            texel[i] = first + (fixedY[i] >>> BITS) * stride + (fixedX[i] >>> BITS);
        }
        // From now on four texels for each pixel: left above, left below, right above, right below.
        for (int i = 0; i < count; i++) {
            texel[i] = pairs[texel[i]] | pairs[texel[i] + 1] << 16;
        }
        for (int i = 0; i < count; i++) {
            int topLeft = texel[i] & 0xff;
            int bottomLeft = texel[i] >>> 8 & 0xff;
            int top = (topLeft << BITS) + (fixedX[i] & (ONE - 1)) * ((texel[i] >>> 16 & 0xff) - topLeft);
            int bottom = (bottomLeft << BITS) + (fixedX[i] & (ONE - 1)) * ((texel[i] >>> 24) - bottomLeft);
            texel[i] = (top << BITS) + (fixedY[i] & (ONE - 1)) * (bottom - top);
        }
        for (int i = 0; i < count; i++) {
            out[start + i] = texel[i] * UNIT;
        }
    }
}
