package io.tiepoint.synthetic.images;

import io.tiepoint.core.geometry.Homography;
import io.tiepoint.core.image.GrayImage;
import io.tiepoint.core.image.ImageSize;
import io.tiepoint.core.random.Draws;
import io.tiepoint.synthetic.photometric.GaussianNoise;
import io.tiepoint.synthetic.raster.Blur;
import io.tiepoint.synthetic.raster.Canvas;
import io.tiepoint.synthetic.raster.Grid;

/** One procedural image, painted from the back to the front. */
final class Scene {
    private final ProceduralRecipe recipe;
    private final TextureBank textures;
    private final ImageSize size;
    private final int shorterSide;
    private final Draws draws;
    private final Canvas canvas;

    Scene(ProceduralRecipe recipe, TextureBank textures, ImageSize size, Draws draws) {
        this.recipe = recipe;
        this.textures = textures;
        this.size = size;
        this.draws = draws;
        shorterSide = Math.min(size.width(), size.height());
        canvas = new Canvas(size);
    }

    GrayImage render() {
        background();
        planes();
        int objects = (int)
                draws.nextLogUniform(recipe.objects().min(), recipe.objects().max() + 1);
        boolean defocused = draws.chance(recipe.defocusShare());
        int behind = defocused ? (int) (objects * draws.nextDouble(0.3, 0.8)) : 0;
        objects(behind);
        if (defocused) {
            blur(draws.nextDouble(0.004, 0.015) * shorterSide);
        }
        objects(objects - behind);
        strokes();
        light();
        blur(recipe.lensBlurPx().draw(draws));
        finish();
        return canvas.toImage();
    }

    private void background() {
        double width = size.width();
        double height = size.height();
        canvas.add(new double[] {0, 0, width, 0, width, height, 0, height}, 0f);
        canvas.paint(surface(perspective(), draws.nextLogUniform(0.5, 4)));
    }

    private void planes() {
        int number = recipe.planes().draw(draws);
        for (int i = 0; i < number; i++) {
            double radius = shorterSide * draws.nextDouble(0.25, 0.8);
            double x = draws.nextDouble(0, size.width());
            double y = draws.nextDouble(0, size.height());
            canvas.add(Outlines.polygon(x, y, radius, 4, draws), 0f);
            canvas.paint(surface(perspective(), draws.nextLogUniform(0.5, 4)));
        }
    }

    private void objects(int number) {
        double smallest = recipe.smallestObject().draw(draws) * shorterSide;
        double largest = recipe.largestObject().draw(draws) * shorterSide;
        for (int i = 0; i < number; i++) {
            double radius = PowerLaw.radius(smallest, largest, draws);
            double x = draws.nextDouble(-radius, size.width() + radius);
            double y = draws.nextDouble(-radius, size.height() + radius);
            double[] outline = Outlines.any(x, y, radius, draws);
            if (radius < 4 || !draws.chance(recipe.texturedShare())) {
                canvas.add(outline, tone());
                canvas.paint();
            } else {
                Homography turned = Homography.rotation(draws.nextDouble(0, 2 * Math.PI));
                canvas.add(outline, 0f);
                canvas.paint(surface(turned, draws.nextLogUniform(0.4, 4)));
            }
        }
    }

    private void strokes() {
        int number = recipe.strokes().draw(draws);
        for (int i = 0; i < number; i++) {
            double thickness = draws.nextLogUniform(0.003, 0.03) * shorterSide;
            double length = draws.nextDouble(0.2, 1.2) * shorterSide;
            double x = draws.nextDouble(0, size.width());
            double y = draws.nextDouble(0, size.height());
            double angle = draws.nextDouble(0, 2 * Math.PI);
            canvas.add(
                    Outlines.ribbon(x, y, angle, new double[] {length, thickness, draws.nextGaussian() * 1.5}), tone());
            canvas.paint();
        }
    }

    /** A map from the image to a texture that is seen at a slant. */
    private Homography perspective() {
        double w = size.width();
        double h = size.height();
        double slantX = draws.nextDouble(-0.6, 0.6) / w;
        double slantY = draws.nextDouble(-0.6, 0.6) / h;
        Homography slanted = Homography.of(1, 0, 0, 0, 1, 0, slantX, slantY, 1);
        return slanted.compose(Homography.rotation(draws.nextDouble(0, 2 * Math.PI)))
                .compose(Homography.translation(-w / 2, -h / 2));
    }

    private Surface surface(Homography map, double texelsPerPx) {
        Homography textureFromImage = Homography.translation(
                        draws.nextDouble(0, Tile.SIDE), draws.nextDouble(0, Tile.SIDE))
                .compose(Homography.scaling(texelsPerPx, texelsPerPx))
                .compose(map);
        double[] matrix = new double[9];
        for (int i = 0; i < 9; i++) {
            matrix[i] = textureFromImage.entry(i / 3, i % 3);
        }
        float tone = tone();
        float contrast = (float) draws.nextLogUniform(0.03, 0.45);
        float range = tone * (float) draws.nextDouble(0, 0.6);
        double direction = draws.nextDouble(0, 2 * Math.PI);
        float slopeX = range * (float) StrictMath.cos(direction) / size.width();
        float slopeY = range * (float) StrictMath.sin(direction) / size.height();
        float origin = tone - 0.5f * (slopeX * size.width() + slopeY * size.height());
        return new Surface(size.width(), textures.draw(draws), matrix, new float[] {origin, contrast, slopeX, slopeY});
    }

    /** More dark things than bright ones, as in photographs. */
    private float tone() {
        double share = draws.nextDouble();
        return (float) (0.03 + 0.9 * share * Math.sqrt(share));
    }

    /** Light that varies slowly over the image. */
    private void light() {
        Grid grid = new Grid(size, shorterSide / 4.0);
        double strength = draws.nextDouble(0, 0.35);
        for (int i = 0; i < grid.values().length; i++) {
            grid.values()[i] = (float) (1 + strength * draws.nextDouble(-1, 1));
        }
        float[] row = new float[size.width()];
        float[] pixels = canvas.pixels();
        for (int y = 0; y < size.height(); y++) {
            grid.interpolateRow(y, row);
            for (int x = 0; x < row.length; x++) {
                pixels[y * row.length + x] *= row[x];
            }
        }
    }

    private void blur(double sigmaPx) {
        Blur.gaussian(canvas.pixels(), size.width(), size.height(), sigmaPx);
    }

    private void finish() {
        float[] pixels = canvas.pixels();
        GaussianNoise.add(pixels, (float) draws.nextDouble(0, 0.01), draws);
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = Math.min(Math.max(pixels[i], 0f), 1f);
        }
    }
}
