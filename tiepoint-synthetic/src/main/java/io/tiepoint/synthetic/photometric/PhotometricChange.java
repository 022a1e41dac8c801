package io.tiepoint.synthetic.photometric;

import io.tiepoint.core.image.GrayImage;
import io.tiepoint.core.image.ImageSize;
import io.tiepoint.core.random.Draws;
import io.tiepoint.synthetic.raster.Blur;
import io.tiepoint.synthetic.raster.Ellipse;
import io.tiepoint.synthetic.raster.Grid;

/** Changes the light, the lens and the sensor of an image. */
public final class PhotometricChange {
    private static final int GAMMA_STEPS = 256;
    /** So many pixels are looked at together, in loops so plain that the compiler makes vectors of them. */
    private static final int BLOCK = 512;
    /** Adding and subtracting this rounds to whole numbers. */
    private static final float ROUNDING = 0x1.8p23f;

    /** Means that brightness does not go beyond. */
    private static final double DARKEST = 0.12;

    private static final double BRIGHTEST = 0.88;

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
        gamma(pixels, drawGamma(recipe.gamma(), draws));
        tone(pixels, recipe.contrast().draw(draws, 1), recipe.brightness().draw(draws, 0));
        double sigma = recipe.noise().draw(draws, 0);
        if (sigma > 0) {
            GaussianNoise.add(pixels, (float) sigma, draws);
        }
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

    private static void gamma(float[] pixels, double gamma) {
        if (gamma == 1) {
            return;
        }
        float[] table = new float[GAMMA_STEPS + 1];
        for (int i = 0; i <= GAMMA_STEPS; i++) {
            table[i] = (float) StrictMath.pow(i / (double) GAMMA_STEPS, gamma);
        }
        float[] rises = new float[GAMMA_STEPS + 1];
        for (int i = 0; i < GAMMA_STEPS; i++) {
            rises[i] = table[i + 1] - table[i];
        }
        float[] steps = new float[BLOCK];
        float[] shares = new float[BLOCK];
        for (int start = 0; start < pixels.length; start += BLOCK) {
            int count = Math.min(BLOCK, pixels.length - start);
            System.arraycopy(pixels, start, steps, 0, count);
            for (int i = 0; i < count; i++) {
                float position = Math.min(Math.max(steps[i], 0f), 1f) * GAMMA_STEPS;
                float step = position - 0.5f + ROUNDING - ROUNDING;
                steps[i] = step;
                shares[i] = position - step;
            }
            for (int i = 0; i < count; i++) {
                int step = (int) steps[i];
                pixels[start + i] = table[step] + shares[i] * rises[step];
            }
        }
    }

    private static void tone(float[] pixels, double contrast, double brightness) {
        if (contrast == 1 && brightness == 0) {
            return;
        }
        double mean = sum(pixels) / pixels.length;
        // No exposure is so wrong that nothing is left of the image.
        double exposed = Math.min(Math.max(mean + brightness, Math.min(mean, DARKEST)), Math.max(mean, BRIGHTEST));
        float factor = (float) contrast;
        float offset = (float) (exposed - contrast * mean);
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = pixels[i] * factor + offset;
        }
    }

    /** Four sums side by side, since each addition waits for the one before. */
    private static double sum(float[] pixels) {
        double sum0 = 0;
        double sum1 = 0;
        double sum2 = 0;
        double sum3 = 0;
        int i = 0;
        for (; i + 3 < pixels.length; i += 4) {
            sum0 += pixels[i];
            sum1 += pixels[i + 1];
            sum2 += pixels[i + 2];
            sum3 += pixels[i + 3];
        }
        for (; i < pixels.length; i++) {
            sum0 += pixels[i];
        }
        return sum0 + sum1 + (sum2 + sum3);
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
