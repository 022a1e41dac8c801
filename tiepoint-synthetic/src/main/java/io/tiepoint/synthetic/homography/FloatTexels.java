package io.tiepoint.synthetic.homography;

import io.tiepoint.core.image.GrayImage;

/** Of float values. */
final class FloatTexels extends Texels {
    private final GrayImage image;

    FloatTexels(GrayImage image, double scaleX, double scaleY) {
        super(image.width(), image.height(), scaleX, scaleY);
        this.image = image;
    }

    @Override
    GrayImage toGray() {
        return image;
    }

    @Override
    float at(double x, double y) {
        return image.sample(x, y);
    }

    @Override
    void row(int row, int from, int to, float[] out) {
        System.arraycopy(image.pixels(), row * width + from, out, 0, to - from);
    }

    @Override
    boolean canLocate(Span span) {
        return (span.maxV - span.minV) * scaleY * width < Span.EXACT;
    }

    @Override
    void sample(Span span, float[] out, int start) {
        int base = span.locate(this);
        float[] p = image.pixels();
        float[] offsets = span.offsets;
        float[] fx = span.fx;
        float[] fy = span.fy;
        int stride = width;
        int count = span.count;
        for (int k = 0; k < count; k++) {
            int i = base + (int) offsets[k];
            float top = p[i] + fx[k] * (p[i + 1] - p[i]);
            float bottom = p[i + stride] + fx[k] * (p[i + stride + 1] - p[i + stride]);
            out[start + k] = top + fy[k] * (bottom - top);
        }
    }
}
