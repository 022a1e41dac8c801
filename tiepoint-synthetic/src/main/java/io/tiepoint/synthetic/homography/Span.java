package io.tiepoint.synthetic.homography;

/**
 * Where the pixels of a part of a row of the target lie in the source; px of the source in
 * {@link io.tiepoint.core.geometry.PixelFrame#CORNER}. Positions are kept relative to the first one, so that float is exact to less than
 * a ten-thousandth of a pixel. Not safe for use by several threads.
 */
final class Span {
    /** Most pixels: what the compiler makes vectors of is slow at its ends, so that many short loops are slower than few long ones. */
    static final int LENGTH = 320;
    /** One of so few pixels is not divided further. */
    static final int SHORT = 80;
    /** Parts begin at multiples of so many pixels. */
    static final int GRAIN = 8;
    /** 0, 1, 2 and so on. */
    static final float[] STEPS = new float[LENGTH];
    /** Whole numbers below this are exact in what a float adds up, with room. */
    static final double EXACT = 1 << 22;

    /** Adding and subtracting this rounds to whole numbers. */
    private static final float ROUNDING = 0x1.8p23f;

    static {
        for (int i = 0; i < LENGTH; i++) {
            STEPS[i] = i;
        }
    }

    /** Where the first pixel lies. */
    double originU;
    /** Likewise. */
    double originV;
    /** How much further each pixel lies; NaN where nowhere. */
    final float[] du = new float[LENGTH];
    /** Likewise. */
    final float[] dv = new float[LENGTH];
    /** The target's row. */
    int row;
    /** The target's column of the first pixel. */
    int column;
    /** Number of pixels. */
    int count;
    /** A rectangle about all of them. */
    double minU;
    /** Likewise. */
    double minV;
    /** Likewise. */
    double maxU;
    /** Likewise. */
    double maxV;

    /** After {@link #locate}: from the texel left above the first pixel to the one left above each pixel, in texels. */
    final float[] offsets = new float[LENGTH];
    /** After {@link #locate}: how far each pixel lies from its texel to the next one. */
    final float[] fx = new float[LENGTH];
    /** Likewise. */
    final float[] fy = new float[LENGTH];
    /** Room for whole numbers of {@link ByteTexels}. */
    final int[] fixedX = new int[LENGTH];
    /** Likewise. */
    final int[] fixedY = new int[LENGTH];
    /** Likewise. */
    final int[] texel = new int[LENGTH];

    /** About half of so many pixels. */
    static int half(int count) {
        return (count / 2 + GRAIN - 1) / GRAIN * GRAIN;
    }

    /** Starts another span, of which nothing is known yet. */
    void begin(int newRow, int newColumn, int newCount) {
        row = newRow;
        column = newColumn;
        count = newCount;
        minU = Double.POSITIVE_INFINITY;
        minV = Double.POSITIVE_INFINITY;
        maxU = Double.NEGATIVE_INFINITY;
        maxV = Double.NEGATIVE_INFINITY;
    }

    /** The span lies within the rectangle about all such places. */
    void bound(double u, double v) {
        minU = Math.min(minU, u);
        minV = Math.min(minV, v);
        maxU = Math.max(maxU, u);
        maxV = Math.max(maxV, v);
    }

    /** The rectangle is larger by a share of itself on every side. */
    void widen(double share) {
        double u = share * (maxU - minU);
        double v = share * (maxV - minV);
        minU -= u;
        maxU += u;
        minV -= v;
        maxV += v;
    }

    /** The span may lie anywhere. */
    void boundless() {
        bound(Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY);
        bound(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);
    }

    /**
     * Finds the four texels about each pixel. Nothing but additions and multiplications, so that the compiler makes vectors of it.
     *
     * @return index of the texel left above the first pixel
     */
    int locate(Texels texels) {
        double x = originU * texels.scaleX - 0.5;
        double y = originV * texels.scaleY - 0.5;
        double column0 = Math.floor(x);
        double row0 = Math.floor(y);
        float x0 = (float) (x - column0);
        float y0 = (float) (y - row0);
        float scaleX = (float) texels.scaleX;
        float scaleY = (float) texels.scaleY;
        float stride = texels.width;
        for (int i = 0; i < count; i++) {
            float tx = x0 + scaleX * du[i];
            float ty = y0 + scaleY * dv[i];
            float cx = tx - 0.5f + ROUNDING - ROUNDING;
            float cy = ty - 0.5f + ROUNDING - ROUNDING;
            fx[i] = tx - cx;
            fy[i] = ty - cy;
            offsets[i] = cy * stride + cx;
        }
        return (int) (row0 * texels.width + column0);
    }
}
