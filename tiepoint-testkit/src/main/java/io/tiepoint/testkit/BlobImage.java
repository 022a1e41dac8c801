package io.tiepoint.testkit;

import io.tiepoint.core.geometry.Homography;
import io.tiepoint.core.geometry.PixelPoint;
import io.tiepoint.core.image.GrayImage;
import io.tiepoint.core.image.ImageSize;
import io.tiepoint.core.random.Draws;
import io.tiepoint.core.random.Seed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A picture of soft blobs, defined everywhere in the plane, so that it can be drawn moved, turned and resized without resampling:
 * whatever error a position shows is the extractor's.
 */
public final class BlobImage {
    private static final int BLOBS = 400;
    private static final double CUT = 10;
    private static final int CELL_PX = 32;

    private final double[] x = new double[BLOBS];
    private final double[] y = new double[BLOBS];
    private final double[] sigma = new double[BLOBS];
    private final double[] contrast = new double[BLOBS];
    private final ImageSize size;
    private final Map<Long, List<Integer>> nearCell = new HashMap<>();

    /** Blobs all over an image of this size. */
    public BlobImage(ImageSize size, Seed seed) {
        this.size = size;
        Draws draws = seed.child("blobs").draws();
        for (int i = 0; i < BLOBS; i++) {
            x[i] = draws.nextDouble() * size.width();
            y[i] = draws.nextDouble() * size.height();
            sigma[i] = 1.5 + 3.5 * draws.nextDouble();
            contrast[i] = draws.nextDouble() - 0.5;
            double reach = Math.sqrt(2 * CUT) * sigma[i];
            for (double py = y[i] - reach; py < y[i] + reach + CELL_PX; py += CELL_PX) {
                for (double px = x[i] - reach; px < x[i] + reach + CELL_PX; px += CELL_PX) {
                    boolean ignored = nearCell.computeIfAbsent(cellOf(px, py), cell -> new ArrayList<>())
                            .add(i);
                }
            }
        }
    }

    /** Draws it as it is. */
    public GrayImage draw() {
        return draw(Homography.IDENTITY, size);
    }

    /** Draws it mapped, such as by a translation. */
    public GrayImage draw(Homography viewFromPicture, ImageSize viewSize) {
        Homography pictureFromView = viewFromPicture.inverse();
        float[] pixels = new float[viewSize.width() * viewSize.height()];
        for (int row = 0; row < viewSize.height(); row++) {
            for (int column = 0; column < viewSize.width(); column++) {
                PixelPoint point = pictureFromView.map(column + 0.5, row + 0.5);
                pixels[row * viewSize.width() + column] = valueAt(point.x(), point.y());
            }
        }
        return GrayImage.wrap(viewSize.width(), viewSize.height(), pixels);
    }

    private float valueAt(double px, double py) {
        double value = 0.5;
        List<Integer> near = nearCell.get(cellOf(px, py));
        if (near != null) {
            for (int i : near) {
                double dx = px - x[i];
                double dy = py - y[i];
                double distanceSquared = (dx * dx + dy * dy) / (2 * sigma[i] * sigma[i]);
                if (distanceSquared < CUT) {
                    value += contrast[i] * StrictMath.exp(-distanceSquared);
                }
            }
        }
        return (float) Math.min(Math.max(value, 0), 1);
    }

    private static long cellOf(double px, double py) {
        return ((long) Math.floor(px / CELL_PX) << 32) + (long) Math.floor(py / CELL_PX);
    }
}
