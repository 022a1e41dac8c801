package io.tiepoint.synthetic.images;

import io.tiepoint.core.geometry.Homography;
import io.tiepoint.synthetic.raster.RowPainter;

/** A textured, shaded plane seen through a homography, ready to be painted into an outline. */
final class Surface implements RowPainter {
    private static final int MASK = Tile.SIDE - 1;
    private static final int SPAN = 16;
    /** Keeps texture coordinates positive, where truncation is rounding down; a multiple of every side; with the half pixel. */
    private static final double POSITIVE = (1 << 24) - 0.5;

    private final int imageWidth;
    private final float[][] texture;
    private final double[] textureFromImage;
    private final Shading shading;

    /**
     * A surface.
     *
     * @param texture halvings of a tile with mean 0 and standard deviation 1
     * @param textureFromImage from px of the image to px of the tile
     */
    Surface(int imageWidth, float[][] texture, Homography textureFromImage, Shading shading) {
        this.imageWidth = imageWidth;
        this.texture = texture;
        this.shading = shading;
        this.textureFromImage = new double[9];
        for (int i = 0; i < 9; i++) {
            this.textureFromImage[i] = textureFromImage.entry(i / 3, i % 3);
        }
    }

    @Override
    public void paint(int row, int from, int to, float[] coverage, float[] pixels) {
        double y = row + 0.5;
        for (int start = from; start < to; start += SPAN) {
            int end = Math.min(start + SPAN, to);
            int level = level((start + end) / 2.0, y);
            span(row, start, end, level, coverage, pixels);
        }
    }

    private int level(double x, double y) {
        double[] m = textureFromImage;
        double w = m[6] * x + m[7] * y + m[8];
        double u = (m[0] * x + m[1] * y + m[2]) / w;
        double v = (m[3] * x + m[4] * y + m[5]) / w;
        double ux = (m[0] - u * m[6]) / w;
        double uy = (m[1] - u * m[7]) / w;
        double vx = (m[3] - v * m[6]) / w;
        double vy = (m[4] - v * m[7]) / w;
        double squared = 0.5 * (ux * ux + uy * uy + vx * vx + vy * vy);
        int level = 0;
        // The next halving from 1.4 texels per pixel on.
        while (squared > 2 && level < texture.length - 1) {
            squared /= 4;
            level++;
        }
        return level;
    }

    private void span(int row, int from, int to, int level, float[] coverage, float[] pixels) {
        double[] m = textureFromImage;
        float[] texels = texture[level];
        int side = Tile.SIDE >> level;
        int mask = MASK >> level;
        double scale = 1.0 / (1 << level);
        double y = row + 0.5;
        double wRow = m[7] * y + m[8];
        double uRow = m[1] * y + m[2];
        double vRow = m[4] * y + m[5];
        float dy = row - shading.centreY();
        float lightOfRow = shading.tone() + shading.slopeY() * dy;
        float contrast = shading.contrast();
        for (int column = from; column < to; column++) {
            double x = column + 0.5;
            double inverse = scale / (m[6] * x + wRow);
            double u = (m[0] * x + uRow) * inverse + POSITIVE;
            double v = (m[3] * x + vRow) * inverse + POSITIVE;
            int left = (int) u;
            int top = (int) v;
            float fx = (float) (u - left);
            float fy = (float) (v - top);
            int x0 = left & mask;
            int x1 = (left + 1) & mask;
            int y0 = (top & mask) * side;
            int y1 = ((top + 1) & mask) * side;
            float upper = texels[y0 + x0] + fx * (texels[y0 + x1] - texels[y0 + x0]);
            float lower = texels[y1 + x0] + fx * (texels[y1 + x1] - texels[y1 + x0]);
            float dx = column - shading.centreX();
            float round = 1f - shading.bulge() * (dx * dx + dy * dy);
            float light = (lightOfRow + shading.slopeX() * dx) * Math.max(round, 0.1f);
            float value = light * (1f + contrast * (upper + fy * (lower - upper)));
            int i = row * imageWidth + column;
            pixels[i] += coverage[column] * (value - pixels[i]);
        }
    }
}
