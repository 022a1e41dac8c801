package io.tiepoint.synthetic.homography;

import io.tiepoint.core.image.GrayImage;

/**
 * One level of a {@link WarpSource}. Positions are px of the level in {@link io.tiepoint.core.geometry.PixelFrame#CORNER}.
 */
abstract class Texels {
    /** How near a span may come to the centres of the outermost pixels, px: more than its positions are rounded by. */
    private static final double NEAR = 1e-3;

    final int width;
    final int height;
    /** Px of this level for each px of the image itself, along the rows. */
    final double scaleX;
    /** Likewise along the columns. */
    final double scaleY;

    Texels(int width, int height, double scaleX, double scaleY) {
        this.width = width;
        this.height = height;
        this.scaleX = scaleX;
        this.scaleY = scaleY;
    }

    /** The level itself. */
    abstract GrayImage toGray();

    /** Bilinear value; beyond the centres of the outermost pixels the nearest ones count. */
    abstract float at(double x, double y);

    /**
     * Copies a part of a row.
     *
     * @param out written to from 0 on
     */
    abstract void row(int row, int from, int to, float[] out);

    /** Whether the places of a span are not too far apart for {@link #sample}. */
    abstract boolean canLocate(Span span);

    /**
     * Looks up the bilinear values of a span of which every pixel lies between four pixels of this level.
     *
     * @param out written to from {@code start} on
     */
    abstract void sample(Span span, float[] out, int start);

    /** Least and greatest place that lies between four pixels, along the rows; px of the image itself. */
    final double minU() {
        return (0.5 + NEAR) / scaleX;
    }

    /** Likewise. */
    final double maxU() {
        return (width - 0.5 - NEAR) / scaleX;
    }

    /** Likewise along the columns. */
    final double minV() {
        return (0.5 + NEAR) / scaleY;
    }

    /** Likewise. */
    final double maxV() {
        return (height - 0.5 - NEAR) / scaleY;
    }
}
