package io.tiepoint.synthetic.shapes;

import io.tiepoint.core.image.ImageSize;
import io.tiepoint.core.random.Draws;
import io.tiepoint.synthetic.photometric.GaussianNoise;
import io.tiepoint.synthetic.raster.Blur;
import io.tiepoint.synthetic.raster.Grid;
import java.util.Arrays;

/** What is behind the shapes. */
final class Backgrounds {
    private Backgrounds() {}

    /** Blurred discs on grey; [H W]. */
    static float[] blurredBlobs(ImageSize size, ShapesRecipe.Background recipe, Draws draws) {
        int shorter = Math.min(size.width(), size.height());
        Grid grid = new Grid(size, Math.max(1, shorter / 30.0));
        float[] values = grid.values();
        // The published noise, thresholded at a random value and blurred, is the grey of that value.
        float gray = draws.nextFloat();
        Arrays.fill(values, gray);
        for (int i = 0; i < recipe.blobs(); i++) {
            float color = draws.nextFloat();
            if (Math.abs(color - gray) < 30 / 255f) {
                color = color < 0.5f ? color + 0.5f : color - 0.5f;
            }
            double x = draws.nextDouble(0, grid.columns());
            double y = draws.nextDouble(0, grid.rows());
            disc(grid, x, y, recipe.blobRadius().draw(draws) * shorter / grid.cellPx(), color);
        }
        double side = recipe.blur().draw(draws) * shorter / grid.cellPx();
        Blur.box(values, grid.columns(), grid.rows(), (int) (side / 2));
        float[] pixels = new float[size.width() * size.height()];
        float[] row = new float[size.width()];
        for (int y = 0; y < size.height(); y++) {
            grid.interpolateRow(y, row);
            System.arraycopy(row, 0, pixels, y * row.length, row.length);
        }
        return pixels;
    }

    private static void disc(Grid grid, double x, double y, double radius, float color) {
        int firstRow = Math.max(0, (int) (y - radius - 1));
        int lastRow = Math.min(grid.rows() - 1, (int) (y + radius + 1));
        int firstColumn = Math.max(0, (int) (x - radius - 1));
        int lastColumn = Math.min(grid.columns() - 1, (int) (x + radius + 1));
        float[] values = grid.values();
        for (int row = firstRow; row <= lastRow; row++) {
            for (int column = firstColumn; column <= lastColumn; column++) {
                double distance = Math.sqrt((column - x) * (column - x) + (row - y) * (row - y));
                float coverage = (float) Math.min(Math.max(radius - distance + 0.5, 0), 1);
                int i = row * grid.columns() + column;
                values[i] += coverage * (color - values[i]);
            }
        }
    }

    /** Nothing but noise about grey; [H W]. */
    static float[] noise(ImageSize size, ShapesRecipe recipe, Draws draws) {
        float[] pixels = new float[size.width() * size.height()];
        Arrays.fill(pixels, (float) draws.nextDouble(0.3, 0.7));
        GaussianNoise.add(pixels, (float) recipe.noise().draw(draws), draws);
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = Math.min(Math.max(pixels[i], 0f), 1f);
        }
        return pixels;
    }
}
