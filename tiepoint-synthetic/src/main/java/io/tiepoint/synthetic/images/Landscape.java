package io.tiepoint.synthetic.images;

import io.tiepoint.core.geometry.Homography;
import io.tiepoint.core.random.Draws;

/** Sky, ridges, ground, trees. */
final class Landscape {
    private static final TextureKind[] GROUNDS = {
        TextureKind.FRACTAL,
        TextureKind.BAND,
        TextureKind.FOLIAGE,
        TextureKind.STROKES,
        TextureKind.PEBBLES,
        TextureKind.VORONOI
    };

    private Landscape() {}

    static void paint(Brush brush) {
        Draws draws = brush.draws;
        double height = brush.size.height();
        float sky = (float) draws.nextDouble(0.35, 0.95);
        brush.background(brush.slanted(0.3), brush.texture(TextureKind.FRACTAL), sky);
        if (draws.chance(0.5)) {
            brush.blur(draws.nextDouble(1, 3));
        }
        double horizon = height * draws.nextDouble(0.15, 0.7);
        int ridges = draws.nextInt(1, 5);
        for (int i = 0; i < ridges; i++) {
            double base = horizon * (0.6 + 0.4 * (i + 1) / ridges);
            // What is farther away is nearer to the sky's tone.
            float tone = sky + (brush.tone() - sky) * (0.3f + 0.7f * (i + 1) / ridges);
            ridge(brush, base, height * draws.nextLogUniform(0.01, 0.2), tone);
        }
        ground(brush, horizon);
        brush.defocus();
        int trees = draws.nextInt(0, 4);
        for (int i = 0; i < trees; i++) {
            double y = draws.nextDouble(horizon, height * 1.1);
            Scatter.tree(brush, brush.x(), y, brush.shorterSide * draws.nextDouble(0.2, 1));
        }
        int heaps = draws.nextInt(1, 6);
        for (int i = 0; i < heaps; i++) {
            double y = draws.nextDouble(horizon, height);
            Scatter.heap(brush, brush.x(), y, draws.nextDouble(0.03, 0.2) * brush.shorterSide);
        }
        if (draws.chance(0.5)) {
            Scatter.grass(brush, draws.nextDouble(horizon, height));
        }
        Scatter.everywhere(brush, brush.count(3, 40), 0.01 * brush.shorterSide, 0.2 * brush.shorterSide);
        Scatter.curves(brush, draws.nextInt(3));
    }

    /** A rough skyline, closed at the bottom. */
    private static void ridge(Brush brush, double base, double amplitude, float tone) {
        Draws draws = brush.draws;
        int n = 64;
        double[] heights = new double[n + 1];
        for (int step = n; step > 1; step /= 2) {
            for (int i = step / 2; i <= n; i += step) {
                double middle = (heights[i - step / 2] + heights[Math.min(i + step / 2, n)]) / 2;
                heights[i] = middle + amplitude * draws.nextGaussian() * step / n;
            }
        }
        double[] outline = new double[2 * (n + 3)];
        for (int i = 0; i <= n; i++) {
            outline[2 * i] = -5 + (brush.size.width() + 10.0) * i / n;
            outline[2 * i + 1] = base + heights[i];
        }
        outline[2 * n + 2] = brush.size.width() + 5;
        outline[2 * n + 3] = brush.size.height() + 5;
        outline[2 * n + 4] = -5;
        outline[2 * n + 5] = brush.size.height() + 5;
        Shading shading = brush.shading(brush.size.width() / 2.0, base, brush.shorterSide, tone, 0);
        brush.textured(outline, brush.slanted(0.5), brush.texture(GROUNDS), shading);
    }

    /** A plane that recedes towards the horizon. */
    private static void ground(Brush brush, double horizon) {
        Draws draws = brush.draws;
        double w = brush.size.width();
        double h = brush.size.height();
        double vanishing = horizon - draws.nextDouble(0.05, 0.5) * h;
        // Rows far below the vanishing line are near: depth is 1 over the distance to it.
        double scale = (h - vanishing) / 1.5;
        Homography groundFromImage = Homography.of(scale, 0, -scale * w / 2, 0, 0, -scale * scale, 0, 1, -vanishing);
        double[] outline = {-1, horizon, w + 1, horizon, w + 1, h + 1, -1, h + 1};
        Shading shading = brush.shading(w / 2, h, brush.shorterSide, brush.tone(), 0);
        Homography turned = Homography.rotation(brush.angle()).compose(groundFromImage);
        brush.textured(outline, turned, brush.texture(GROUNDS), shading);
    }
}
