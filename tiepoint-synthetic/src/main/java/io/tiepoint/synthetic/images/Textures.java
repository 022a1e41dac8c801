package io.tiepoint.synthetic.images;

import io.tiepoint.core.image.GrayImage;
import io.tiepoint.core.random.Draws;
import io.tiepoint.synthetic.raster.Ellipse;

/** Makes textures from nothing. */
final class Textures {
    private static final int SIDE = Tile.SIDE;

    private Textures() {}

    /** A texture of mean 0 and standard deviation 1. */
    static GrayImage make(TextureKind kind, Draws draws) {
        Tile tile = new Tile();
        switch (kind) {
            case FRACTAL -> tile.addFractal(2 << draws.nextInt(3), SIDE, draws.nextDouble(0.5, 1), draws);
            case BAND -> {
                int cells = 8 << draws.nextInt(5);
                tile.addFractal(cells, Math.min(4 * cells, SIDE), draws.nextDouble(0.7, 1.3), draws);
            }
            case VORONOI -> voronoi(tile, draws);
            case BRICKS -> bricks(tile, draws);
            case TILES -> tiles(tile, draws);
            case STRIPES -> stripes(tile, draws);
            case GLYPHS -> Writing.page(tile, draws);
            case PEBBLES -> pebbles(tile, draws);
            case FOLIAGE -> foliage(tile, draws);
            case STROKES -> strokes(tile, draws);
            case WINDOWS -> windows(tile, draws);
            case GRAIN -> grain(tile, draws);
        }
        return tile.normalised();
    }

    /** A little of the fine structure that every real surface has. */
    private static void weather(Tile tile, Draws draws) {
        float[] drawn = tile.pixels().clone();
        tile.clear(0f);
        // In photographs each octave has about the same contrast.
        tile.addFractal(4, SIDE, draws.nextDouble(0.6, 1.1), draws);
        float amplitude = (float) draws.nextLogUniform(0.01, 0.15);
        float[] pixels = tile.pixels();
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = drawn[i] + amplitude * pixels[i];
        }
    }

    private static void voronoi(Tile tile, Draws draws) {
        int number = 1 << draws.nextInt(4, 10);
        double[] xs = new double[number];
        double[] ys = new double[number];
        float[] tones = new float[number];
        for (int i = 0; i < number; i++) {
            xs[i] = draws.nextDouble(0, SIDE);
            ys[i] = draws.nextDouble(0, SIDE);
            tones[i] = draws.nextFloat();
        }
        double joint = draws.nextDouble(0, 4);
        float jointTone = draws.nextBoolean() ? 0f : 1f;
        boolean domed = draws.nextBoolean();
        double spacing = SIDE / Math.sqrt(number);
        Buckets buckets = new Buckets(xs, ys, spacing);
        float[] pixels = tile.pixels();
        for (int y = 0; y < SIDE; y++) {
            for (int x = 0; x < SIDE; x++) {
                buckets.findTwoNearest(x + 0.5, y + 0.5);
                double edge = buckets.secondDistance() - buckets.firstDistance();
                float tone = tones[buckets.first()];
                if (domed) {
                    tone *= (float) Math.max(1 - 0.7 * buckets.firstDistance() / spacing, 0);
                }
                float share = (float) Math.min(Math.max(edge - joint + 0.5, 0), 1);
                pixels[y * SIDE + x] = jointTone + share * (tone - jointTone);
            }
        }
        weather(tile, draws);
    }

    private static void bricks(Tile tile, Draws draws) {
        int courses = 8 << draws.nextInt(3);
        int bricks = Math.max(courses / (2 + draws.nextInt(2)), 3);
        double height = SIDE / (double) courses;
        double width = SIDE / (double) bricks;
        double joint = draws.nextDouble(0.06, 0.2) * height;
        float jointTone = draws.nextFloat();
        float tone = draws.nextFloat();
        double spread = draws.nextDouble(0.02, 0.3);
        double offset = draws.nextBoolean() ? 0.5 : draws.nextDouble();
        tile.clear(jointTone);
        for (int row = 0; row < courses; row++) {
            for (int column = 0; column < bricks; column++) {
                double left = (column + (row % 2) * offset) * width;
                double jitter = draws.nextDouble(0, 0.3) * joint;
                tile.rectangle(
                        left + joint / 2 + jitter,
                        row * height + joint / 2 + jitter,
                        width - joint - jitter,
                        height - joint - jitter,
                        tone + (float) (spread * draws.nextGaussian()));
            }
        }
        weather(tile, draws);
    }

    private static void tiles(Tile tile, Draws draws) {
        int cells = 4 << draws.nextInt(4);
        double side = SIDE / (double) cells;
        double joint = draws.nextBoolean() ? 0 : draws.nextDouble(0.03, 0.15) * side;
        float[] tones = {draws.nextFloat(), draws.nextFloat()};
        double spread = draws.nextDouble(0, 0.25);
        tile.clear(draws.nextFloat());
        for (int row = 0; row < cells; row++) {
            for (int column = 0; column < cells; column++) {
                float tone = tones[(row + column) % 2] + (float) (spread * draws.nextGaussian());
                tile.rectangle(column * side + joint / 2, row * side + joint / 2, side - joint, side - joint, tone);
            }
        }
        weather(tile, draws);
    }

    private static void stripes(Tile tile, Draws draws) {
        double typical = draws.nextLogUniform(3, 40);
        double y = 0;
        while (y < SIDE) {
            double height = typical * draws.nextDouble(0.3, 1.7);
            tile.rectangle(0, y, SIDE, Math.min(height, SIDE - y), draws.nextFloat());
            y += height;
        }
        if (draws.nextBoolean()) {
            bend(tile, draws.nextDouble(2, 10), draws);
        }
        weather(tile, draws);
    }

    /** Moves the rows of every column up and down, smoothly and periodically. */
    private static void bend(Tile tile, double amplitude, Draws draws) {
        float[] straight = tile.pixels().clone();
        float[] pixels = tile.pixels();
        int waves = draws.nextInt(1, 5);
        double phase = draws.nextDouble(0, 2 * Math.PI);
        for (int x = 0; x < SIDE; x++) {
            double shift = amplitude * StrictMath.sin(2 * Math.PI * waves * x / SIDE + phase) + SIDE;
            int whole = (int) shift;
            float fraction = (float) (shift - whole);
            for (int y = 0; y < SIDE; y++) {
                float a = straight[(y + whole) % SIDE * SIDE + x];
                float b = straight[(y + whole + 1) % SIDE * SIDE + x];
                pixels[y * SIDE + x] = a + fraction * (b - a);
            }
        }
    }

    private static void pebbles(Tile tile, Draws draws) {
        tile.clear(draws.nextFloat());
        int number = draws.nextInt(300, 1500);
        double min = draws.nextDouble(1, 3);
        double max = draws.nextDouble(12, 40);
        for (int i = 0; i < number; i++) {
            double radius = PowerLaw.radius(min, max, draws);
            double flat = draws.nextDouble(0.5, 1);
            Ellipse ellipse = new Ellipse(
                    draws.nextDouble(0, SIDE),
                    draws.nextDouble(0, SIDE),
                    radius,
                    radius * flat,
                    draws.nextDouble(0, Math.PI));
            tile.fill(ellipse.toPolygon(), draws.nextFloat());
        }
        weather(tile, draws);
    }

    private static void foliage(Tile tile, Draws draws) {
        tile.clear(0.05f);
        int number = draws.nextInt(300, 900);
        double typical = draws.nextLogUniform(5, 24);
        double slim = draws.nextDouble(0.2, 0.6);
        for (int i = 0; i < number; i++) {
            double length = typical * draws.nextDouble(0.6, 1.5);
            double angle = draws.nextDouble(0, 2 * Math.PI);
            double x = draws.nextDouble(0, SIDE);
            double y = draws.nextDouble(0, SIDE);
            // What is painted later lies higher and gets more light.
            float tone = (float) ((0.2 + 0.8 * i / number) * draws.nextDouble(0.4, 1));
            tile.fill(Outlines.leaf(x, y, length, slim, angle), tone);
            double dx = length * StrictMath.cos(angle);
            double dy = length * StrictMath.sin(angle);
            tile.line(new double[] {x - dx, y - dy, x + dx, y + dy}, 0.6, tone * 0.6f);
        }
    }

    private static void strokes(Tile tile, Draws draws) {
        tile.clear(draws.nextFloat());
        int number = draws.nextInt(60, 600);
        double main = draws.nextDouble(0, Math.PI);
        double spread = draws.nextDouble(0.05, 1.5);
        double length = draws.nextLogUniform(10, 80);
        double thickness = draws.nextLogUniform(0.5, 3);
        for (int i = 0; i < number; i++) {
            double angle = main + spread * draws.nextGaussian();
            double bend = draws.nextGaussian() * 0.15;
            double x = draws.nextDouble(0, SIDE);
            double y = draws.nextDouble(0, SIDE);
            float tone = draws.nextFloat();
            for (int part = 0; part < 5; part++) {
                double nextX = x + length / 5 * StrictMath.cos(angle);
                double nextY = y + length / 5 * StrictMath.sin(angle);
                tile.line(new double[] {x, y, nextX, nextY}, thickness * (1.2 - 0.2 * part), tone);
                x = nextX;
                y = nextY;
                angle += bend;
            }
        }
        weather(tile, draws);
    }

    private static void windows(Tile tile, Draws draws) {
        int columns = draws.nextInt(2, 9);
        int rows = draws.nextInt(2, 9);
        double width = SIDE / (double) columns;
        double height = SIDE / (double) rows;
        double marginX = draws.nextDouble(0.1, 0.35) * width;
        double marginY = draws.nextDouble(0.1, 0.35) * height;
        float wall = (float) draws.nextDouble(0.4, 1);
        float frame = draws.nextFloat();
        double border = draws.nextDouble(0.02, 0.08) * Math.min(width, height);
        boolean cross = draws.nextBoolean();
        tile.clear(wall);
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                double left = column * width + marginX;
                double top = row * height + marginY;
                double w = width - 2 * marginX;
                double h = height - 2 * marginY;
                tile.rectangle(left - border, top - border, w + 2 * border, h + 2 * border, frame);
                tile.rectangle(left, top, w, h, (float) draws.nextDouble(0, 0.35));
                if (cross) {
                    tile.rectangle(left + w / 2 - border / 2, top, border, h, frame);
                    tile.rectangle(left, top + h * 0.4, w, border, frame);
                }
                tile.rectangle(left - 2 * border, top + h + border, w + 4 * border, border, wall * 0.5f);
            }
        }
        weather(tile, draws);
    }

    private static void grain(Tile tile, Draws draws) {
        tile.addFractal(2, 32, 0.5, draws);
        float[] warp = tile.pixels().clone();
        tile.clear(0f);
        tile.addFractal(16, SIDE, 0.7, draws);
        float[] pixels = tile.pixels();
        int rings = draws.nextInt(3, 20);
        double strength = draws.nextDouble(0.5, 4);
        float[] sines = new float[1024];
        for (int i = 0; i < sines.length; i++) {
            sines[i] = (float) StrictMath.sin(2 * Math.PI * i / sines.length);
        }
        for (int y = 0; y < SIDE; y++) {
            for (int x = 0; x < SIDE; x++) {
                int i = y * SIDE + x;
                double turns = rings * y / (double) SIDE + strength * warp[i];
                int phase = (int) Math.floor(turns * sines.length) & (sines.length - 1);
                pixels[i] = sines[phase] + 0.15f * pixels[i];
            }
        }
    }
}
