package io.tiepoint.synthetic.render;

import io.tiepoint.core.image.DepthMap;
import io.tiepoint.synthetic.scenes.Mesh;

/**
 * One picture in the making, row by row. Each surface among the nine samples of a pixel counts by a tent and is shaded once, in
 * the pixel's centre, together with its neighbours in the row. For one thread.
 */
final class Frame {
    private static final int[] TENT = {4, 2, 2, 2, 2, 1, 1, 1, 1};
    private static final int ALL = (1 << TENT.length) - 1;
    /** By set of samples, a bit for each: its share of the pixel. */
    private static final float[] SHARES = new float[ALL + 1];

    static {
        for (int set = 0; set <= ALL; set++) {
            for (int k = 0; k < TENT.length; k++) {
                SHARES[set] += ((set >> k) & 1) * TENT[k] / 16f;
            }
        }
    }

    private static final int[] ASIDE = {0, 0, -1, 1, 0, -1, 1, -1, 1};
    private static final int[] DOWN = {0, -1, 0, 0, 1, -1, -1, 1, 1};
    private static final int SKY = -1;
    private static final int MOST_OPEN = 10;
    /** So many pairs of triangles are remembered; the same ones meet in many pixels. A power of two. */
    private static final int REMEMBERED = 1 << 12;

    private final Mesh mesh;
    private final Shader shader;
    private final int[] triangles;
    private final int columns;
    private final int width;
    private final int height;
    private final float[] pixels;
    private final float[] depths;
    /** Segments that may go on in the next pixel, and spare ones after them. */
    private final Segment[] open = new Segment[MOST_OPEN];

    private int openCount;
    private final Segment single = new Segment();
    private final int[] distinct = new int[9];
    private final int[] members = new int[9];
    private final int[] about = new int[9];
    /** Twice a pair of triangles, and 1 more if they are of one surface. */
    private final long[] remembered = new long[REMEMBERED];

    Frame(Visibility view, Lighting lighting) {
        mesh = view.scene().mesh();
        shader = new Shader(view, lighting);
        triangles = view.triangles();
        columns = view.columns();
        width = view.camera().size().width();
        height = view.camera().size().height();
        pixels = new float[width * height];
        depths = new float[width * height];
        for (int i = 0; i < MOST_OPEN; i++) {
            open[i] = new Segment();
        }
    }

    /** Brightness, [H W]. */
    float[] pixels() {
        return pixels;
    }

    /** z at the pixels' centres, [H W]. */
    float[] depths() {
        return depths;
    }

    void draw() {
        for (int row = 0; row < height; row++) {
            int column = 0;
            while (column < width) {
                int end = endOfRun(row, column);
                if (end == column) {
                    mixed(row, column++);
                } else {
                    run(row, column, end);
                    column = end;
                }
            }
            close(row, width + 1);
        }
    }

    /** The first pixel from a column on in which something else is seen than in the one there. */
    private int endOfRun(int row, int column) {
        int[] t = triangles;
        int middle = (2 * row + 1) * columns;
        int above = middle - columns;
        int below = middle + columns;
        int i = 2 * column;
        int id = t[middle + i + 1];
        if (t[middle + i] != id || t[above + i] != id || t[below + i] != id) {
            return column;
        }
        int last = 2 * width;
        // Each pixel shares the samples on its left side with the one before.
        while (i < last
                && t[middle + i + 1] == id
                && t[middle + i + 2] == id
                && t[above + i + 1] == id
                && t[above + i + 2] == id
                && t[below + i + 1] == id
                && t[below + i + 2] == id) {
            i += 2;
        }
        return i / 2;
    }

    /** Pixels that show one triangle or the sky alone. */
    private void run(int row, int from, int to) {
        int triangle = triangles[(2 * row + 1) * columns + 2 * from + 1];
        int face = triangle < 0 ? SKY : mesh.face(triangle);
        int column = from;
        while (column < to) {
            Segment segment = segment(row, face, column);
            int count = Math.min(to - column, Segment.MOST - segment.count);
            for (int i = 0; i < count; i++) {
                segment.add(triangle, 1f, true);
            }
            column += count;
            close(row, column);
        }
    }

    /** The open segment that a pixel continues, or a new one. */
    private Segment segment(int row, int face, int column) {
        for (int i = 0; i < openCount; i++) {
            Segment segment = open[i];
            if (segment.face == face && segment.end() == column && segment.count < Segment.MOST) {
                return segment;
            }
        }
        if (openCount == MOST_OPEN) {
            close(row, width + 1);
        }
        Segment begun = open[openCount++];
        begun.begin(face, column);
        return begun;
    }

    /** Shades what does not go on at a column. */
    private void close(int row, int column) {
        int left = 0;
        for (int i = 0; i < openCount; i++) {
            Segment segment = open[i];
            if (segment.end() == column && segment.count < Segment.MOST) {
                open[i] = open[left];
                open[left++] = segment;
            } else {
                shade(row, segment);
            }
        }
        openCount = left;
    }

    private void shade(int row, Segment segment) {
        int base = row * width + segment.start;
        double x = segment.start + 0.5;
        double y = row + 0.5;
        boolean isSky = segment.face == SKY;
        if (isSky) {
            shader.sky(x, y, segment.count);
        } else {
            shader.shade(segment, x, y);
        }
        float[] brightness = shader.brightness;
        for (int i = 0; i < segment.count; i++) {
            pixels[base + i] += segment.weights[i] * brightness[i];
            if (segment.isCentre[i]) {
                depths[base + i] = isSky ? DepthMap.SKY : (float) shader.depth[i];
            }
        }
    }

    /** A pixel with several triangles. */
    private void mixed(int row, int column) {
        int centre = (2 * row + 1) * columns + 2 * column + 1;
        double x = column + 0.5;
        double y = row + 0.5;
        int count = surfaces(centre);
        for (int k = 0; k < count; k++) {
            int triangle = distinct[k];
            float weight = SHARES[members[k]];
            int first = Integer.numberOfTrailingZeros(members[k]);
            double sampleX = x + 0.5 * ASIDE[first];
            double sampleY = y + 0.5 * DOWN[first];
            if (k == 0 || triangle < 0 || shader.isSteady(triangle, x, y, sampleX, sampleY)) {
                int face = triangle < 0 ? SKY : mesh.face(triangle);
                segment(row, face, column).add(triangle, weight, k == 0);
            } else {
                single.begin(mesh.face(triangle), column);
                single.add(triangle, weight, false);
                shader.shade(single, sampleX, sampleY);
                pixels[row * width + column] += weight * shader.brightness[0];
            }
        }
        close(row, column + 1);
    }

    /**
     * Finds the surfaces among the samples of a pixel, the one in its centre first, and returns their number. Each triangle is
     * compared with all samples at once, without branches that depend on what is seen.
     */
    private int surfaces(int centre) {
        int above = centre - columns;
        int below = centre + columns;
        int[] t = triangles;
        int[] near = about;
        near[0] = t[centre];
        near[1] = t[above];
        near[2] = t[centre - 1];
        near[3] = t[centre + 1];
        near[4] = t[below];
        near[5] = t[above - 1];
        near[6] = t[above + 1];
        near[7] = t[below - 1];
        near[8] = t[below + 1];
        int count = 0;
        int left = ALL;
        while (left != 0) {
            int triangle = near[Integer.numberOfTrailingZeros(left)];
            int set = left & ~others(near, triangle);
            left &= ~set;
            int found = 0;
            while (found < count && !isSame(distinct[found], triangle)) {
                found++;
            }
            if (found == count) {
                distinct[count] = triangle;
                members[count++] = set;
            } else {
                members[found] |= set;
            }
        }
        return count;
    }

    /** The set of samples that show something else. */
    private static int others(int[] near, int triangle) {
        int set = 0;
        for (int k = 0; k < 9; k++) {
            int differs = near[k] ^ triangle;
            set |= ((differs | -differs) >>> 31) << k;
        }
        return set;
    }

    /** Whether two different triangles are of one plane, or of one surface that is bent: then they share vertices. */
    private boolean isSame(int one, int other) {
        if ((one | other) < 0) {
            return false;
        }
        long pair = ((long) one << 33) | ((long) other << 1);
        int at = (one * 31 + other) & (REMEMBERED - 1);
        long known = remembered[at];
        if ((known & ~1L) != pair) {
            known = pair | (mesh.face(one) == mesh.face(other) || touch(one, other) ? 1 : 0);
            remembered[at] = known;
        }
        return (known & 1) != 0;
    }

    private boolean touch(int one, int other) {
        int[] corners = mesh.corners();
        int a = corners[3 * one];
        int b = corners[3 * one + 1];
        int c = corners[3 * one + 2];
        for (int i = 3 * other; i < 3 * other + 3; i++) {
            int corner = corners[i];
            if (corner == a || corner == b || corner == c) {
                return true;
            }
        }
        return false;
    }
}
