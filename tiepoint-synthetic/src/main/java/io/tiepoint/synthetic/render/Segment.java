package io.tiepoint.synthetic.render;

/** Pixels side by side in a row, in which one surface is seen, wholly or in part; or the sky. */
final class Segment {
    /** As many as are shaded at once, over which a pixel covers about the same part of a texture. */
    static final int MOST = 16;

    /** The surface, {@link io.tiepoint.synthetic.scenes.Mesh#face}; -1 for the sky. */
    int face;
    /** Column of the first pixel. */
    int start;
    /** Number of pixels. */
    int count;
    /** The triangle in each pixel; they lie about in one plane, as far as colours go. */
    final int[] triangles = new int[MOST];
    /** The share of each pixel. */
    final float[] weights = new float[MOST];
    /** Whether the surface is seen in the pixel's centre. */
    final boolean[] isCentre = new boolean[MOST];

    void begin(int newFace, int column) {
        face = newFace;
        start = column;
        count = 0;
    }

    void add(int triangle, float weight, boolean centre) {
        triangles[count] = triangle;
        weights[count] = weight;
        isCentre[count++] = centre;
    }

    int end() {
        return start + count;
    }

    /** The first pixel from one on that shows another triangle. */
    int endOfTriangle(int from) {
        int to = from + 1;
        while (to < count && triangles[to] == triangles[from]) {
            to++;
        }
        return to;
    }
}
