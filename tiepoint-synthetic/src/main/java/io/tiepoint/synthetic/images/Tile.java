package io.tiepoint.synthetic.images;

import io.tiepoint.core.image.GrayImage;
import io.tiepoint.core.image.ImageSize;
import io.tiepoint.core.random.Draws;
import io.tiepoint.synthetic.raster.Canvas;
import java.util.Arrays;

/** A texture that repeats: what leaves it on one side comes in on the other. */
final class Tile {
    /** Side in px; a power of two. */
    static final int SIDE = 256;

    private static final ImageSize SIZE = new ImageSize(SIDE, SIDE);

    private final Canvas canvas = new Canvas(SIZE);

    float[] pixels() {
        return canvas.pixels();
    }

    void clear(float value) {
        Arrays.fill(canvas.pixels(), value);
    }

    /** Draws a filled polygon, [N 2]. */
    void fill(double[] polygon, float value) {
        double minX = Double.POSITIVE_INFINITY;
        double minY = Double.POSITIVE_INFINITY;
        double maxX = Double.NEGATIVE_INFINITY;
        double maxY = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < polygon.length; i += 2) {
            minX = Math.min(minX, polygon[i]);
            maxX = Math.max(maxX, polygon[i]);
            minY = Math.min(minY, polygon[i + 1]);
            maxY = Math.max(maxY, polygon[i + 1]);
        }
        for (int dy = -SIDE; dy <= SIDE; dy += SIDE) {
            for (int dx = -SIDE; dx <= SIDE; dx += SIDE) {
                if (minX + dx < SIDE && maxX + dx > 0 && minY + dy < SIDE && maxY + dy > 0) {
                    double[] moved = polygon.clone();
                    for (int i = 0; i < moved.length; i += 2) {
                        moved[i] += dx;
                        moved[i + 1] += dy;
                    }
                    canvas.add(moved, value);
                    canvas.paint();
                }
            }
        }
    }

    void rectangle(double left, double top, double width, double height, float value) {
        fill(new double[] {left, top, left + width, top, left + width, top + height, left, top + height}, value);
    }

    /** Draws a segment. */
    void line(double[] segment, double thickness, float value) {
        double dx = segment[2] - segment[0];
        double dy = segment[3] - segment[1];
        double length = Math.sqrt(dx * dx + dy * dy);
        if (length < 1e-6) {
            return;
        }
        double nx = -dy / length * thickness / 2;
        double ny = dx / length * thickness / 2;
        fill(
                new double[] {
                    segment[0] + nx,
                    segment[1] + ny,
                    segment[2] + nx,
                    segment[3] + ny,
                    segment[2] - nx,
                    segment[3] - ny,
                    segment[0] - nx,
                    segment[1] - ny
                },
                value);
    }

    /**
     * Adds smooth noise.
     *
     * @param cells number of its values along a side; a power of two
     */
    void addNoise(int cells, float amplitude, Draws draws) {
        float[] nodes = new float[cells * cells];
        for (int i = 0; i < nodes.length; i++) {
            nodes[i] = amplitude * (float) draws.nextDouble(-1.7, 1.7);
        }
        float[] pixels = canvas.pixels();
        float[] weights = new float[SIDE];
        for (int i = 0; i < SIDE; i++) {
            float t = (i * cells % SIDE) / (float) SIDE;
            weights[i] = t * t * (3f - 2f * t);
        }
        for (int y = 0; y < SIDE; y++) {
            int row0 = y * cells / SIDE * cells;
            int row1 = (y * cells / SIDE + 1) % cells * cells;
            for (int x = 0; x < SIDE; x++) {
                int c0 = x * cells / SIDE;
                int c1 = (c0 + 1) % cells;
                float top = nodes[row0 + c0] + weights[x] * (nodes[row0 + c1] - nodes[row0 + c0]);
                float bottom = nodes[row1 + c0] + weights[x] * (nodes[row1 + c1] - nodes[row1 + c0]);
                pixels[y * SIDE + x] += top + weights[y] * (bottom - top);
            }
        }
    }

    /** Adds octaves of noise of which each has {@code gain} times the amplitude of the coarser one. */
    void addFractal(int coarsest, int finest, double gain, Draws draws) {
        float amplitude = 1f;
        for (int cells = coarsest; cells <= finest; cells *= 2) {
            addNoise(cells, amplitude, draws);
            amplitude *= (float) gain;
        }
    }

    /** Shifts and scales to mean 0 and standard deviation 1, with the tails cut at 2.5. */
    GrayImage normalised() {
        float[] pixels = canvas.pixels();
        double sum = 0;
        double squares = 0;
        for (float pixel : pixels) {
            sum += pixel;
            squares += (double) pixel * pixel;
        }
        double mean = sum / pixels.length;
        double deviation = Math.sqrt(Math.max(squares / pixels.length - mean * mean, 1e-12));
        float[] normalised = new float[pixels.length];
        for (int i = 0; i < pixels.length; i++) {
            normalised[i] = (float) Math.min(Math.max((pixels[i] - mean) / deviation, -2.5), 2.5);
        }
        return GrayImage.wrap(SIDE, SIDE, normalised);
    }
}
