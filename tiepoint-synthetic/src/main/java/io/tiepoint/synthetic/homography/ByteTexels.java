package io.tiepoint.synthetic.homography;

import io.tiepoint.core.image.GrayImage;
import io.tiepoint.core.image.ImageSize;

/** Of 8 bits, 255 is white. Values are exactly those of {@link FloatTexels} of the same image. */
final class ByteTexels extends Texels {
    private static final float[] VALUES = new float[256];

    static {
        for (int i = 0; i < VALUES.length; i++) {
            VALUES[i] = i / 255f;
        }
    }

    private final byte[] pixels;

    ByteTexels(ImageSize size, byte[] pixels) {
        super(size.width(), size.height(), 1, 1);
        this.pixels = pixels;
    }

    @Override
    GrayImage toGray() {
        float[] values = new float[pixels.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = VALUES[pixels[i] & 0xff];
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
        return VALUES[pixels[i] & 0xff];
    }

    @Override
    void row(int row, int from, int to, float[] out) {
        int start = row * width;
        for (int column = from; column < to; column++) {
            out[column - from] = VALUES[pixels[start + column] & 0xff];
        }
    }

    @Override
    void sample(Span span, float[] out, int start) {
        int base = span.locate(this);
        byte[] p = pixels;
        float[] values = VALUES;
        float[] offsets = span.offsets;
        float[] fx = span.fx;
        float[] fy = span.fy;
        int stride = width;
        int count = Math.min(span.count, Span.LENGTH);
        for (int k = 0; k < count; k++) {
            int i = base + (int) offsets[k];
            float topLeft = values[p[i] & 0xff];
            float bottomLeft = values[p[i + stride] & 0xff];
            float top = topLeft + fx[k] * (values[p[i + 1] & 0xff] - topLeft);
            float bottom = bottomLeft + fx[k] * (values[p[i + stride + 1] & 0xff] - bottomLeft);
            out[start + k] = top + fy[k] * (bottom - top);
        }
    }
}
