package io.tiepoint.synthetic.raster;

import io.tiepoint.core.check.Check;
import io.tiepoint.core.image.GrayImage;
import io.tiepoint.core.image.ImageSize;
import java.util.Arrays;

/**
 * Draws filled polygons, anti-aliased by their exact area in each pixel: signed areas are accumulated along the edges and summed
 * along the rows (the method of font-rs, Levien, 2016). Polygons are collected into a layer of which no two may overlap, then
 * painted together, so that neighbours leave no seam. Positions are px in
 * {@link io.tiepoint.core.geometry.PixelFrame#CORNER}.
 */
public final class Canvas {
    /** Coverage below this is rounding of the sums. */
    private static final float NOTHING = 1e-5f;

    private final int width;
    private final int height;
    private final int stride;
    private final float[] pixels;
    /** Change of coverage from the pixel to the left, [H stride]. */
    private final float[] cover;
    /** The same, multiplied by each polygon's value. */
    private final float[] covered;

    private final float[] coverageOfRow;
    private final int[] from;
    private final int[] to;
    private int firstRow;
    private int endRow;

    /** Starts with a black canvas. */
    public Canvas(ImageSize size) {
        this(size, new float[size.width() * size.height()]);
    }

    /**
     * Draws over existing pixels.
     *
     * @param pixels [H W]; taken over, not copied
     */
    public Canvas(ImageSize size, float[] pixels) {
        Check.that(
                pixels.length == size.width() * size.height(),
                "pixels: expected %s values for %s px, found %s",
                size.width() * size.height(),
                size,
                pixels.length);
        width = size.width();
        height = size.height();
        stride = width + 2;
        this.pixels = pixels;
        cover = new float[stride * height];
        covered = new float[stride * height];
        from = new int[height];
        to = new int[height];
        coverageOfRow = new float[width];
        Arrays.fill(from, width);
        startLayer();
    }

    /** The pixels, [H W], to be written to. */
    public float[] pixels() {
        return pixels;
    }

    /** The picture; the canvas may not be drawn on afterwards. */
    public GrayImage toImage() {
        return GrayImage.wrap(width, height, pixels);
    }

    /**
     * Adds a polygon to the layer.
     *
     * @param polygon [N 2] x, y; px; simple, either orientation
     * @param value its brightness
     */
    public void add(double[] polygon, float value) {
        double twiceArea = 0;
        int n = polygon.length;
        for (int i = 0, j = n - 2; i < n; j = i, i += 2) {
            twiceArea += polygon[j] * polygon[i + 1] - polygon[i] * polygon[j + 1];
        }
        float sign = twiceArea > 0 ? -1f : 1f;
        for (int i = 0, j = n - 2; i < n; j = i, i += 2) {
            edge(polygon[j], polygon[j + 1], polygon[i], polygon[i + 1], sign, value);
        }
    }

    private void edge(double x0, double y0, double x1, double y1, float sign, float value) {
        if (y0 == y1) {
            return;
        }
        if (y0 > y1) {
            edge(x1, y1, x0, y0, -sign, value);
            return;
        }
        double top = Math.max(y0, 0);
        double bottom = Math.min(y1, height);
        if (top >= bottom) {
            return;
        }
        double slope = (x1 - x0) / (y1 - y0);
        int first = (int) top;
        int end = (int) Math.ceil(bottom);
        firstRow = Math.min(firstRow, first);
        endRow = Math.max(endRow, end);
        double x = x0 + (top - y0) * slope;
        double y = top;
        for (int row = first; row < end; row++) {
            double nextY = Math.min(row + 1, bottom);
            double nextX = x0 + (nextY - y0) * slope;
            crossRow(row, x, nextX, sign * (float) (nextY - y), value);
            x = nextX;
            y = nextY;
        }
    }

    /** The part of an edge within one row, cut at the left and the right border of the canvas. */
    private void crossRow(int row, double x0, double x1, float dy, float value) {
        double left = Math.min(x0, x1);
        double right = Math.max(x0, x1);
        if (left >= width) {
            return;
        }
        if (left < 0) {
            float outside = right <= 0 ? 1f : (float) (-left / (right - left));
            accumulate(row, 0, 0, dy * outside, value);
            if (right <= 0) {
                return;
            }
            dy *= 1f - outside;
            left = 0;
        }
        if (right > width) {
            dy *= (float) ((width - left) / (right - left));
            right = width;
        }
        accumulate(row, left, right, dy, value);
    }

    private void accumulate(int row, double left, double right, float dy, float value) {
        int base = row * stride;
        int column = (int) left;
        int last = (int) Math.ceil(right);
        from[row] = Math.min(from[row], column);
        to[row] = Math.max(to[row], Math.min(Math.max(last, column + 1) + 1, width));
        if (last <= column + 1) {
            float beyond = dy * (float) (0.5 * (left + right) - column);
            put(base + column, dy - beyond, value);
            put(base + column + 1, beyond, value);
            return;
        }
        float slope = (float) (1 / (right - left));
        float first = 1f - (float) (left - column);
        float area0 = 0.5f * slope * first * first;
        float tail = (float) (right - last + 1);
        float areaLast = 0.5f * slope * tail * tail;
        put(base + column, dy * area0, value);
        if (last == column + 2) {
            put(base + column + 1, dy * (1f - area0 - areaLast), value);
        } else {
            float area1 = slope * (0.5f + first);
            put(base + column + 1, dy * (area1 - area0), value);
            for (int c = column + 2; c < last - 1; c++) {
                put(base + c, dy * slope, value);
            }
            float area2 = area1 + (last - column - 3) * slope;
            put(base + last - 1, dy * (1f - area2 - areaLast), value);
        }
        put(base + last, dy * areaLast, value);
    }

    private void put(int index, float amount, float value) {
        cover[index] += amount;
        covered[index] += amount * value;
    }

    /** Paints the layer with its polygons' values and starts the next one. */
    public void paint() {
        for (int row = firstRow; row < endRow; row++) {
            int in = row * stride + from[row];
            int out = row * width + from[row];
            float coverage = 0;
            float value = 0;
            for (int column = from[row]; column < width; column++, in++, out++) {
                coverage += cover[in];
                value += covered[in];
                if (coverage > NOTHING) {
                    pixels[out] = pixels[out] * (1f - coverage) + value;
                } else if (column >= to[row]) {
                    break;
                }
            }
        }
        startLayer();
    }

    /** Lets somebody else paint where the layer covers, ignoring the polygons' values, and starts the next layer. */
    public void paint(RowPainter painter) {
        float[] coverage = coverageOfRow;
        for (int row = firstRow; row < endRow; row++) {
            int in = row * stride;
            float sum = 0;
            int end = from[row];
            for (int column = from[row]; column < width; column++) {
                sum += cover[in + column];
                coverage[column] = Math.min(Math.max(sum, 0f), 1f);
                if (sum > NOTHING) {
                    end = column + 1;
                } else if (column >= to[row]) {
                    break;
                }
            }
            if (end > from[row]) {
                painter.paint(row, from[row], end, coverage, pixels);
            }
        }
        startLayer();
    }

    private void startLayer() {
        for (int row = firstRow; row < endRow; row++) {
            // Sums reach one pixel beyond the last one that an edge touches.
            int end = Math.min(row * stride + to[row] + 2, (row + 1) * stride);
            if (end > row * stride + from[row]) {
                Arrays.fill(cover, row * stride + from[row], end, 0f);
                Arrays.fill(covered, row * stride + from[row], end, 0f);
            }
            from[row] = width;
            to[row] = 0;
        }
        firstRow = height;
        endRow = 0;
    }
}
