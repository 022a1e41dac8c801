package io.tiepoint.synthetic.images;

import io.tiepoint.core.geometry.Homography;
import io.tiepoint.core.random.Draws;

/** Facades with windows, doors and signs, in perspective. */
final class Street {
    private static final TextureKind[] WALLS = {
        TextureKind.BRICKS, TextureKind.TILES, TextureKind.FRACTAL, TextureKind.BAND, TextureKind.STRIPES
    };
    private static final TextureKind[] GROUNDS = {
        TextureKind.TILES, TextureKind.VORONOI, TextureKind.BAND, TextureKind.FRACTAL, TextureKind.BRICKS
    };

    private final Brush brush;
    private final Draws draws;

    private Street(Brush brush) {
        this.brush = brush;
        draws = brush.draws;
    }

    static void paint(Brush brush) {
        new Street(brush).run();
    }

    private void run() {
        brush.background(brush.slanted(0.3), brush.texture(TextureKind.FRACTAL), brush.tone());
        if (draws.nextBoolean()) {
            brush.background(brush.slanted(1.2), brush.texture(GROUNDS), brush.tone());
        }
        int facades = draws.nextInt(1, 5);
        for (int i = 0; i < facades; i++) {
            facade(i == 0);
            if (i == 0) {
                brush.defocus();
            }
        }
        int heaps = draws.nextInt(0, 3);
        for (int i = 0; i < heaps; i++) {
            Scatter.heap(brush, brush.x(), brush.y(), draws.nextDouble(0.03, 0.15) * brush.shorterSide);
        }
        Scatter.everywhere(brush, brush.count(5, 80), 0.01 * brush.shorterSide, 0.2 * brush.shorterSide);
        for (int i = draws.nextInt(3); i > 0; i--) {
            Scatter.row(brush);
        }
        Scatter.curves(brush, draws.nextInt(5));
        if (draws.chance(0.3)) {
            Scatter.tree(brush, brush.x(), brush.size.height() * 1.0, brush.shorterSide * draws.nextDouble(0.6, 1.2));
        }
    }

    /** A wall of 1x1 in its own coordinates. */
    private void facade(boolean large) {
        double extent = large ? draws.nextDouble(0.8, 1.6) : draws.nextDouble(0.3, 0.8);
        Homography imageFromWall = plane(extent);
        Homography wallFromImage = imageFromWall.inverse();
        float wall = brush.tone();
        double reach = extent * brush.shorterSide;
        // Texture coordinates in px at the scale of the wall as it is seen.
        Homography map = Homography.scaling(reach, reach).compose(wallFromImage);
        double[] outline = Brush.rectangle(imageFromWall, 0, 0, 1, 1);
        Shading shading = brush.shading(outline[0], outline[1], reach, wall, 0);
        brush.textured(outline, map, brush.texture(WALLS), shading);
        windows(imageFromWall, wall);
        for (int i = draws.nextInt(3); i > 0; i--) {
            sign(imageFromWall);
        }
    }

    /** A quadrilateral whose sides converge, upright or turned. */
    private Homography plane(double extent) {
        double half = 0.5 * extent * brush.shorterSide;
        double x = brush.x();
        double y = brush.y();
        double stretch = draws.nextLogUniform(0.6, 1.7);
        double angle = draws.chance(0.6) ? 0.1 * draws.nextGaussian() : brush.angle();
        double[] quad = new double[8];
        double cos = StrictMath.cos(angle);
        double sin = StrictMath.sin(angle);
        for (int i = 0; i < 4; i++) {
            double u = (i == 1 || i == 2 ? half : -half) * stretch * draws.nextDouble(0.75, 1.25);
            double v = (i >= 2 ? half : -half) * draws.nextDouble(0.6, 1.3);
            quad[2 * i] = x + u * cos - v * sin;
            quad[2 * i + 1] = y + u * sin + v * cos;
        }
        return Homography.fromFourPoints(new double[] {0, 0, 1, 0, 1, 1, 0, 1}, quad);
    }

    private void windows(Homography imageFromWall, float wall) {
        int columns = draws.nextInt(2, 11);
        int rows = draws.nextInt(2, 11);
        double width = draws.nextDouble(0.35, 0.75) / columns;
        double height = draws.nextDouble(0.4, 0.8) / rows;
        double frame = draws.nextDouble(0.05, 0.2) * Math.min(width, height);
        float frameTone = brush.toneNear(wall, 0.8);
        float glass = (float) draws.nextDouble(0.03, 0.4);
        int bars = draws.nextInt(0, 4);
        boolean sill = draws.nextBoolean();
        double missing = draws.chance(0.5) ? 0 : draws.nextDouble(0, 0.5);
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                if (draws.chance(missing)) {
                    continue;
                }
                double left = (column + 0.5) / columns - width / 2;
                double top = (row + 0.5) / rows - height / 2;
                brush.flat(
                        Brush.rectangle(
                                imageFromWall, left - frame, top - frame, width + 2 * frame, height + 2 * frame),
                        frameTone);
                brush.flat(Brush.rectangle(imageFromWall, left, top, width, height), brush.toneNear(glass, 0.5));
                bars(imageFromWall, new double[] {left, top, width, height}, bars, frame / 2, frameTone);
                if (sill) {
                    brush.flat(
                            Brush.rectangle(
                                    imageFromWall, left - 2 * frame, top + height + frame, width + 4 * frame, frame),
                            frameTone * 0.5f);
                }
            }
        }
    }

    private void bars(Homography imageFromWall, double[] window, int bars, double thickness, float tone) {
        if (bars % 2 == 1) {
            double x = window[0] + window[2] / 2;
            brush.line(imageFromWall, new double[] {x, window[1], x, window[1] + window[3]}, thickness, tone);
        }
        if (bars >= 2) {
            double y = window[1] + window[3] * 0.4;
            brush.line(imageFromWall, new double[] {window[0], y, window[0] + window[2], y}, thickness, tone);
        }
    }

    private void sign(Homography imageFromWall) {
        double width = draws.nextDouble(0.15, 0.7);
        double height = width * draws.nextDouble(0.15, 0.6);
        double left = draws.nextDouble(0, 1 - width);
        double top = draws.nextDouble(0, Math.max(1 - height, 0.01));
        float board = brush.tone();
        brush.flat(Brush.rectangle(imageFromWall, left, top, width, height), board);
        float ink = board > 0.4f ? board * 0.2f : Math.min(board + 0.5f, 1f);
        Writing.lines(brush, imageFromWall, new double[] {left, top, width, height}, ink);
    }
}
