package io.tiepoint.synthetic.homography;

import io.tiepoint.core.geometry.Homography;
import io.tiepoint.core.geometry.PixelPoint;
import io.tiepoint.core.image.GrayImage;
import io.tiepoint.core.image.ImagePyramid;
import io.tiepoint.core.image.ImageSize;

/**
 * Warps images by any smooth map, as {@link Warp} does by a homography. The map is asked at every fourth pixel of every fourth row;
 * cubic polynomials between, which miss smooth maps by less than a thousandth of a pixel.
 */
public final class MapWarp {
    private static final int STEP = 4;
    private static final float LEVEL_BIAS = -0.25f;
    /** Cubic Lagrange weights of four nodes at -1, 0, 1, 2 for the quarters between 0 and 1. */
    private static final double[][] WEIGHTS = weights();

    private MapWarp() {}

    private static double[][] weights() {
        double[][] weights = new double[STEP][];
        for (int i = 0; i < STEP; i++) {
            double t = i / (double) STEP;
            weights[i] = new double[] {
                -t * (t - 1) * (t - 2) / 6,
                (t + 1) * (t - 1) * (t - 2) / 2,
                -(t + 1) * t * (t - 2) / 2,
                (t + 1) * t * (t - 1) / 6
            };
        }
        return weights;
    }

    /**
     * Warps an image.
     *
     * @param sourceFromTarget px in {@link io.tiepoint.core.geometry.PixelFrame#CORNER}
     * @param fill what is seen beside the source, tiled; any size
     */
    public static GrayImage warp(ImagePyramid source, PixelMap sourceFromTarget, ImageSize size, GrayImage fill) {
        int columns = (size.width() + STEP - 1) / STEP + 4;
        int rows = (size.height() + STEP - 1) / STEP + 4;
        double[] u = new double[columns * rows];
        double[] v = new double[columns * rows];
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                PixelPoint point = sourceFromTarget.map((column - 1) * STEP + 0.5, (row - 1) * STEP + 0.5);
                u[row * columns + column] = point.x();
                v[row * columns + column] = point.y();
            }
        }
        Warp sampler = new Warp(source, Homography.IDENTITY, fill);
        float[] pixels = new float[size.width() * size.height()];
        double[] lineU = new double[columns];
        double[] lineV = new double[columns];
        for (int y = 0; y < size.height(); y++) {
            interpolateRows(u, y, lineU);
            interpolateRows(v, y, lineV);
            int below = (y / STEP + 2) * columns;
            int here = below - columns;
            for (int x = 0; x < size.width(); x++) {
                int node = x / STEP + 1;
                double[] w = WEIGHTS[x % STEP];
                double px =
                        w[0] * lineU[node - 1] + w[1] * lineU[node] + w[2] * lineU[node + 1] + w[3] * lineU[node + 2];
                double py =
                        w[0] * lineV[node - 1] + w[1] * lineV[node] + w[2] * lineV[node + 1] + w[3] * lineV[node + 2];
                double ux = lineU[node + 1] - lineU[node];
                double vx = lineV[node + 1] - lineV[node];
                double uy = u[below + node] - u[here + node];
                double vy = v[below + node] - v[here + node];
                float squared = (float) ((ux * ux + uy * uy + vx * vx + vy * vy) / (2 * STEP * STEP));
                pixels[y * size.width() + x] = sampler.value(x, y, px, py, level(squared));
            }
        }
        return GrayImage.wrap(size.width(), size.height(), pixels);
    }

    private static void interpolateRows(double[] values, int y, double[] line) {
        double[] w = WEIGHTS[y % STEP];
        int columns = line.length;
        int start = (y / STEP) * columns;
        for (int i = 0; i < columns; i++) {
            line[i] = w[0] * values[start + i]
                    + w[1] * values[start + columns + i]
                    + w[2] * values[start + 2 * columns + i]
                    + w[3] * values[start + 3 * columns + i];
        }
    }

    /** As {@link Warp} finds it. */
    private static float level(float squared) {
        if (!(squared > 1.0001f)) {
            return 0;
        }
        int bits = Float.floatToRawIntBits(squared);
        float log = (bits >> 23) - 127 + (bits & 0x7fffff) * 0x1.0p-23f;
        return Math.max(0.5f * log + LEVEL_BIAS, 0f);
    }
}
