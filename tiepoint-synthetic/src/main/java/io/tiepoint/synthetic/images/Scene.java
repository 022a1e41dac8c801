package io.tiepoint.synthetic.images;

import io.tiepoint.core.geometry.Homography;
import io.tiepoint.core.image.GrayImage;
import io.tiepoint.core.image.ImageSize;
import io.tiepoint.core.random.Draws;
import io.tiepoint.synthetic.photometric.GaussianNoise;
import io.tiepoint.synthetic.raster.Grid;

/** One procedural image, painted from the back to the front. */
final class Scene {
    private final ProceduralRecipe recipe;
    private final ImageSize size;
    private final Draws draws;
    private final Brush brush;

    Scene(ProceduralRecipe recipe, TextureBank textures, ImageSize size, Draws draws) {
        this.recipe = recipe;
        this.size = size;
        this.draws = draws;
        brush = new Brush(recipe, textures, size, draws);
    }

    GrayImage render() {
        paint();
        light();
        brush.blur(recipe.lensBlurPx().draw(draws));
        float[] pixels = brush.canvas.pixels();
        Exposure.apply(pixels, recipe.meanTone().draw(draws), draws);
        GaussianNoise.add(pixels, (float) recipe.noise().draw(draws), draws);
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = Math.min(Math.max(pixels[i], 0f), 1f);
        }
        return brush.canvas.toImage();
    }

    private void paint() {
        ProceduralRecipe.Scenes scenes = recipe.scenes();
        double[] shares = {scenes.clutter(), scenes.street(), scenes.landscape(), scenes.stillLife(), scenes.page()};
        double left = draws.nextDouble() * (shares[0] + shares[1] + shares[2] + shares[3] + shares[4]);
        int kind = 0;
        while (kind < 4 && left >= shares[kind]) {
            left -= shares[kind++];
        }
        switch (kind) {
            case 0 -> clutter();
            case 1 -> Street.paint(brush);
            case 2 -> Landscape.paint(brush);
            case 3 -> stillLife();
            default -> page();
        }
    }

    private void clutter() {
        brush.background(brush.slanted(0.6), brush.texture(), brush.tone());
        double shorter = brush.shorterSide;
        for (int i = draws.nextInt(4); i > 0; i--) {
            plane();
        }
        int objects = brush.count(60, 1200);
        double smallest = draws.nextDouble(0.006, 0.02) * shorter;
        double largest = draws.nextDouble(0.15, 0.5) * shorter;
        int behind = (int) (objects * draws.nextDouble(0.3, 0.8));
        Scatter.everywhere(brush, behind, smallest, largest);
        brush.defocus();
        Scatter.everywhere(brush, objects - behind, smallest, largest);
        for (int i = draws.nextInt(4); i > 0; i--) {
            Scatter.heap(brush, brush.x(), brush.y(), draws.nextDouble(0.03, 0.2) * shorter);
        }
        for (int i = draws.nextInt(3); i > 0; i--) {
            Scatter.row(brush);
        }
        Scatter.curves(brush, draws.nextInt(6));
    }

    /** A large textured quadrilateral. */
    private void plane() {
        double radius = brush.shorterSide * draws.nextDouble(0.25, 0.8);
        double x = brush.x();
        double y = brush.y();
        Shading shading = brush.shading(x, y, radius, brush.tone(), 0);
        brush.textured(Outlines.polygon(x, y, radius, 4, draws), brush.slanted(0.8), brush.texture(), shading);
    }

    private void stillLife() {
        brush.background(brush.slanted(0.3), brush.texture(), brush.tone());
        Scatter.everywhere(brush, brush.count(5, 60), 0.02 * brush.shorterSide, 0.3 * brush.shorterSide);
        brush.blur(draws.nextDouble(0, 0.015) * brush.shorterSide);
        if (draws.nextBoolean()) {
            plane();
        }
        int objects = draws.nextInt(3, 13);
        for (int i = 0; i < objects; i++) {
            double radius = brush.shorterSide * draws.nextDouble(0.08, 0.35);
            double x = brush.x();
            double y = brush.y();
            brush.object(Outlines.any(x, y, radius, draws), x, y, radius, brush.tone());
            // Parts of the object: buttons, handles, spots.
            int parts = draws.nextInt(0, 7);
            for (int part = 0; part < parts; part++) {
                double px = x + 0.4 * radius * draws.nextGaussian();
                double py = y + 0.4 * radius * draws.nextGaussian();
                double r = radius * draws.nextLogUniform(0.03, 0.3);
                brush.object(Outlines.any(px, py, r, draws), px, py, r, brush.tone());
            }
        }
        Scatter.everywhere(brush, brush.count(3, 60), 0.008 * brush.shorterSide, 0.1 * brush.shorterSide);
    }

    private void page() {
        Homography pageFromImage = brush.slanted(0.5);
        brush.background(brush.slanted(0.5), brush.texture(), brush.tone());
        Homography imageFromPage = pageFromImage.inverse();
        double side = brush.shorterSide;
        float paper = draws.chance(0.7) ? (float) draws.nextDouble(0.6, 1) : brush.tone();
        double width = side * draws.nextDouble(0.8, 1.6);
        double height = side * draws.nextDouble(0.8, 1.6);
        double[] sheet = Brush.rectangle(imageFromPage, -width / 2, -height / 2, width, height);
        Shading shading = brush.shading(size.width() / 2.0, size.height() / 2.0, side, paper, 0);
        brush.textured(
                sheet,
                pageFromImage,
                brush.texture(TextureKind.FRACTAL),
                new Shading(
                        paper, 0.02f, shading.slopeX(), shading.slopeY(), shading.centreX(), shading.centreY(), 0f));
        float ink = paper > 0.4f ? paper * (float) draws.nextDouble(0.05, 0.4) : Math.min(paper + 0.5f, 1f);
        int boxes = draws.nextInt(3, 10);
        for (int i = 0; i < boxes; i++) {
            double w = width * draws.nextDouble(0.15, 0.6);
            double h = w * draws.nextDouble(0.2, 1);
            double left = draws.nextDouble(-width / 2, width / 2 - w);
            double top = draws.nextDouble(-height / 2, height / 2 - Math.min(h, 0.9 * height));
            double[] box = {left, top, w, h};
            double kind = draws.nextDouble();
            if (kind < 0.55) {
                Writing.lines(brush, imageFromPage, box, ink);
            } else if (kind < 0.85) {
                double[] outline = Brush.rectangle(imageFromPage, left, top, w, h);
                Shading picture = brush.shading(outline[0], outline[1], w, brush.tone(), 0);
                brush.textured(outline, pageFromImage, brush.texture(), picture);
            } else {
                table(imageFromPage, box, ink);
            }
        }
        Scatter.everywhere(brush, brush.count(1, 20), 0.01 * side, 0.2 * side);
        Scatter.curves(brush, draws.nextInt(3));
    }

    /** Lines of a table or a map's grid. */
    private void table(Homography imageFromPage, double[] box, float ink) {
        int columns = draws.nextInt(2, 7);
        int rows = draws.nextInt(2, 9);
        double thickness = draws.nextLogUniform(0.003, 0.012) * brush.shorterSide;
        for (int i = 0; i <= columns; i++) {
            double x = box[0] + box[2] * i / columns;
            brush.line(imageFromPage, new double[] {x, box[1], x, box[1] + box[3]}, thickness, ink);
        }
        for (int i = 0; i <= rows; i++) {
            double y = box[1] + box[3] * i / rows;
            brush.line(imageFromPage, new double[] {box[0], y, box[0] + box[2], y}, thickness, ink);
        }
    }

    /** Light that varies slowly over the image. */
    private void light() {
        Grid grid = new Grid(size, brush.shorterSide / 4.0);
        double strength = draws.nextDouble(0, 0.3);
        for (int i = 0; i < grid.values().length; i++) {
            grid.values()[i] = (float) (1 + strength * draws.nextDouble(-1, 1));
        }
        float[] row = new float[size.width()];
        float[] pixels = brush.canvas.pixels();
        for (int y = 0; y < size.height(); y++) {
            grid.interpolateRow(y, row);
            for (int x = 0; x < row.length; x++) {
                pixels[y * row.length + x] *= row[x];
            }
        }
    }
}
