package io.tiepoint.synthetic.photometric;

import io.tiepoint.core.image.GrayImage;
import io.tiepoint.core.image.ImageSize;
import io.tiepoint.core.random.Draws;
import io.tiepoint.synthetic.raster.Blur;
import io.tiepoint.synthetic.raster.Ellipse;
import io.tiepoint.synthetic.raster.Grid;

/** Changes the light, the lens and the sensor of an image. */
public final class PhotometricChange {
    private PhotometricChange() {}

    /** Draws a change and applies it; the result lies in [0, 1]. */
    public static GrayImage apply(GrayImage image, PhotometricRecipe recipe, Draws draws) {
        return apply(image.pixels().clone(), image.size(), recipe, draws);
    }

    /**
     * Draws a change and applies it.
     *
     * @param pixels [H W]; taken over, not copied
     * @return in [0, 1]
     */
    public static GrayImage apply(float[] pixels, ImageSize size, PhotometricRecipe recipe, Draws draws) {
        int width = size.width();
        int height = size.height();
        // Without weather nothing is drawn for it, so that recipes from before there was any keep their samples.
        boolean hasWeather = !recipe.weather().isNone();
        if (hasWeather) {
            WeatherChange.scene(pixels, size, recipe.weather(), draws);
        }
        if (draws.chance(recipe.shade().probability())) {
            shade(pixels, size, recipe.shade(), draws);
        }
        Blur.gaussian(pixels, width, height, recipe.defocus().draw(draws, 0));
        double motionPx = recipe.motionBlur().draw(draws, 0);
        double directionRad = draws.nextDouble(0, Math.PI);
        if (motionPx > 1) {
            pixels = MotionBlur.apply(pixels, size, motionPx, directionRad);
        }
        Tone tone = new Tone(pixels);
        tone.gamma(drawGamma(recipe.gamma(), draws));
        double contrast = recipe.contrast().draw(draws, 1);
        double brightness = recipe.brightness().draw(draws, 0);
        tone.expose(contrast, brightness, (float) recipe.noise().draw(draws, 0), draws);
        if (hasWeather) {
            WeatherChange.sensor(pixels, size, recipe.weather(), draws);
        }
        speckle(pixels, recipe.speckle().draw(draws, 0), draws);
        clamp(pixels);
        double quality = recipe.compression().draw(draws, 0);
        if (quality > 0) {
            BlockCompression.apply(pixels, size, quality);
            clamp(pixels);
        }
        return GrayImage.wrap(width, height, pixels);
    }

    private static double drawGamma(Change gamma, Draws draws) {
        boolean happens = draws.chance(gamma.probability());
        double share = draws.nextDouble();
        if (!happens) {
            return 1;
        }
        double low = StrictMath.log(gamma.min());
        return StrictMath.exp(low + share * (StrictMath.log(gamma.max()) - low));
    }

    private static void shade(float[] pixels, ImageSize size, Shade shade, Draws draws) {
        int shorter = Math.min(size.width(), size.height());
        Grid grid = new Grid(size, Math.max(1, shorter / 32.0));
        double radius = shorter / 4.0;
        for (int i = 0; i < shade.ellipses(); i++) {
            double axis0 = Math.max(draws.nextDouble() * radius, radius / 5);
            double axis1 = Math.max(draws.nextDouble() * radius, radius / 5);
            double margin = Math.max(axis0, axis1);
            fill(
                    grid,
                    new Ellipse(
                            draws.nextDouble(margin, Math.max(margin, size.width() - margin)),
                            draws.nextDouble(margin, Math.max(margin, size.height() - margin)),
                            axis0,
                            axis1,
                            draws.nextDouble(0, Math.PI / 2)));
        }
        float transparency = (float) shade.transparency().draw(draws);
        // OpenCV's standard deviation of a Gaussian kernel of this width, which the published values refer to.
        double sigmaPx = 0.15 * shade.kernelFraction().draw(draws) * shorter + 0.35;
        Blur.gaussian(grid.values(), grid.columns(), grid.rows(), sigmaPx / grid.cellPx());
        float[] row = new float[size.width()];
        float[] line = new float[size.width()];
        for (int y = 0; y < size.height(); y++) {
            grid.interpolateRow(y, row);
            System.arraycopy(pixels, y * row.length, line, 0, row.length);
            for (int x = 0; x < row.length; x++) {
                line[x] *= 1f - transparency * row[x];
            }
            System.arraycopy(line, 0, pixels, y * row.length, row.length);
        }
    }

    private static void fill(Grid grid, Ellipse ellipse) {
        double cell = grid.cellPx();
        double reach = Math.max(ellipse.semiAxis0(), ellipse.semiAxis1());
        double cos = StrictMath.cos(ellipse.angleRad());
        double sin = StrictMath.sin(ellipse.angleRad());
        int firstRow = Math.max(0, (int) ((ellipse.y() - reach) / cell));
        int lastRow = Math.min(grid.rows() - 1, (int) ((ellipse.y() + reach) / cell));
        int firstColumn = Math.max(0, (int) ((ellipse.x() - reach) / cell));
        int lastColumn = Math.min(grid.columns() - 1, (int) ((ellipse.x() + reach) / cell));
        for (int row = firstRow; row <= lastRow; row++) {
            double dy = row * cell - ellipse.y();
            for (int column = firstColumn; column <= lastColumn; column++) {
                double dx = column * cell - ellipse.x();
                double u = (dx * cos + dy * sin) / ellipse.semiAxis0();
                double v = (dy * cos - dx * sin) / ellipse.semiAxis1();
                if (u * u + v * v <= 1) {
                    grid.values()[row * grid.columns() + column] = 1f;
                }
            }
        }
    }

    private static void speckle(float[] pixels, double share, Draws draws) {
        int count = (int) (share * pixels.length);
        for (int i = 0; i < count; i++) {
            pixels[draws.nextInt(pixels.length)] = 0f;
            pixels[draws.nextInt(pixels.length)] = 1f;
        }
    }

    private static void clamp(float[] pixels) {
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = Math.min(Math.max(pixels[i], 0f), 1f);
        }
    }
}
