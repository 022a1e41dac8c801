package io.tiepoint.synthetic.photometric;

import io.tiepoint.core.image.ImageSize;
import io.tiepoint.core.random.Draws;
import io.tiepoint.synthetic.raster.Canvas;

/** Applies {@link Weather} to pixels, [H W], in copies of rows: of two places in one array the compiler makes no vectors. */
final class WeatherChange {
    private static final double MIN_LAMP = 0.01;
    private static final double MAX_LAMP = 0.08;

    private WeatherChange() {}

    /** What happens before the lens. */
    static void scene(float[] pixels, ImageSize size, Weather weather, Draws draws) {
        double spotlight = weather.spotlight().draw(draws, 0);
        double night = weather.night().draw(draws, 0);
        double haze = weather.haze().draw(draws, 0);
        double rain = weather.rain().draw(draws, 0);
        if (spotlight > 0) {
            spotlight(pixels, size, (float) spotlight, draws);
        }
        if (night > 0) {
            night(pixels, size, (float) night, draws);
        }
        if (haze > 0) {
            haze(pixels, size, haze, draws);
        }
        if (rain > 0) {
            rain(pixels, size, rain, draws);
        }
    }

    /** What happens in the sensor. */
    static void sensor(float[] pixels, ImageSize size, Weather weather, Draws draws) {
        double shot = weather.shotNoise().draw(draws, 0);
        double iso = weather.isoNoise().draw(draws, 0);
        if (shot > 0) {
            GaussianNoise.addShot(pixels, (float) shot, draws);
        }
        if (iso > 0) {
            iso(pixels, size, (float) iso, draws);
        }
    }

    /** A Gaussian along one side; the product of two is a round spot. */
    private static float[] bell(int length, double centre, double sigma) {
        float[] bell = new float[length];
        for (int i = 0; i < length; i++) {
            double d = (i + 0.5 - centre) / sigma;
            bell[i] = (float) StrictMath.exp(-0.5 * d * d);
        }
        return bell;
    }

    private static void spotlight(float[] pixels, ImageSize size, float share, Draws draws) {
        double sigma = draws.nextDouble(0.2, 0.6) * Math.min(size.width(), size.height());
        float[] across = bell(size.width(), draws.nextDouble(0, size.width()), sigma);
        float[] down = bell(size.height(), draws.nextDouble(0, size.height()), sigma);
        float[] line = new float[size.width()];
        for (int y = 0; y < size.height(); y++) {
            float row = 1.6f * share * down[y];
            System.arraycopy(pixels, y * line.length, line, 0, line.length);
            for (int x = 0; x < line.length; x++) {
                line[x] *= 1f - share + row * across[x];
            }
            System.arraycopy(line, 0, pixels, y * line.length, line.length);
        }
    }

    private static void night(float[] pixels, ImageSize size, float darkness, Draws draws) {
        for (int i = 0; i < pixels.length; i++) {
            // Dark tones lose more than bright ones.
            float tone = Math.max(pixels[i], 0f);
            pixels[i] = (1f - 0.7f * darkness) * (tone + darkness * (tone * tone - tone));
        }
        int shorter = Math.min(size.width(), size.height());
        for (int lamp = draws.nextInt(0, 5); lamp > 0; lamp--) {
            double sigma = draws.nextLogUniform(MIN_LAMP, MAX_LAMP) * shorter;
            float brightness = darkness * (float) draws.nextDouble(0.3, 1.2);
            float[] across = bell(size.width(), draws.nextDouble(0, size.width()), sigma);
            float[] down = bell(size.height(), draws.nextDouble(0, size.height()), sigma);
            for (int y = 0; y < size.height(); y++) {
                float row = brightness * down[y];
                if (row < 0.002f) {
                    continue;
                }
                int start = y * size.width();
                for (int x = 0; x < across.length; x++) {
                    pixels[start + x] += row * across[x];
                }
            }
        }
    }

    /** Denser towards one side, as the far part of a view is. */
    private static void haze(float[] pixels, ImageSize size, double strength, Draws draws) {
        float air = (float) draws.nextDouble(0.55, 0.95);
        double angle = draws.nextDouble(-0.5, 0.5) - Math.PI / 2;
        double dx = StrictMath.cos(angle) / size.width();
        double dy = StrictMath.sin(angle) / size.height();
        float[] across = new float[size.width()];
        for (int x = 0; x < across.length; x++) {
            across[x] = (float) (strength * 0.7 * dx * (x - size.width() / 2.0));
        }
        float[] line = new float[size.width()];
        for (int y = 0; y < size.height(); y++) {
            float row = (float) (strength * (0.65 + 0.7 * dy * (y - size.height() / 2.0)));
            System.arraycopy(pixels, y * line.length, line, 0, line.length);
            for (int x = 0; x < line.length; x++) {
                float lost = Math.min(Math.max(row + across[x], 0f), 1f);
                line[x] += lost * (air - line[x]);
            }
            System.arraycopy(line, 0, pixels, y * line.length, line.length);
        }
    }

    private static void rain(float[] pixels, ImageSize size, double perThousand, Draws draws) {
        Canvas canvas = new Canvas(size, pixels);
        double unit = Math.min(size.width(), size.height()) / 240.0;
        double slant = draws.nextDouble(-0.4, 0.4);
        float tone = (float) draws.nextDouble(0.6, 0.95);
        int streaks = (int) (perThousand * pixels.length / 1000);
        for (int i = 0; i < streaks; i++) {
            double length = draws.nextDouble(5, 20) * unit;
            double half = draws.nextDouble(0.25, 0.6) * unit;
            float opacity = (float) draws.nextDouble(0.15, 0.5);
            double x = draws.nextDouble(-10, size.width() + 10);
            double y = draws.nextDouble(-length, size.height());
            double end = x + slant * length;
            canvas.add(new double[] {x - half, y, x + half, y, end + half, y + length, end - half, y + length}, tone);
            canvas.paint((row, from, to, coverage, all) -> {
                for (int column = from; column < to; column++) {
                    int k = row * size.width() + column;
                    all[k] += opacity * coverage[column] * (tone - all[k]);
                }
            });
        }
    }

    private static void iso(float[] pixels, ImageSize size, float sigma, Draws draws) {
        int columns = size.width() / 2 + 2;
        int rows = size.height() / 2 + 2;
        float[] coarse = new float[columns * rows];
        GaussianNoise.add(coarse, 0.8f * sigma, draws);
        float[] bands = new float[size.height()];
        GaussianNoise.add(bands, 0.2f * sigma, draws);
        GaussianNoise.add(pixels, 0.6f * sigma, draws);
        float[] between = new float[columns];
        float[] wide = new float[size.width()];
        float[] line = new float[size.width()];
        for (int y = 0; y < size.height(); y++) {
            int start = y * size.width();
            int above = y / 2 * columns;
            int below = above + (y % 2) * columns;
            for (int column = 0; column < columns; column++) {
                between[column] = 0.25f * (coarse[above + column] + coarse[below + column]);
            }
            for (int x = 0; x + 1 < size.width(); x += 2) {
                wide[x] = between[x / 2] + between[x / 2];
                wide[x + 1] = between[x / 2] + between[x / 2 + 1];
            }
            if (size.width() % 2 == 1) {
                wide[size.width() - 1] = 2 * between[size.width() / 2];
            }
            float band = bands[y];
            System.arraycopy(pixels, start, line, 0, line.length);
            for (int x = 0; x < line.length; x++) {
                line[x] += wide[x] + band;
            }
            System.arraycopy(line, 0, pixels, start, line.length);
        }
    }
}
