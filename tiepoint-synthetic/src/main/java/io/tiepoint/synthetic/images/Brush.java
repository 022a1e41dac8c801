package io.tiepoint.synthetic.images;

import io.tiepoint.core.geometry.Homography;
import io.tiepoint.core.geometry.PixelPoint;
import io.tiepoint.core.image.ImageSize;
import io.tiepoint.core.random.Draws;
import io.tiepoint.synthetic.raster.Blur;
import io.tiepoint.synthetic.raster.Canvas;

/** Paints textured, lit and shaded things, one over the other. Lengths in px. */
final class Brush {
    /** Smaller things show no texture. */
    private static final double SMALLEST_TEXTURED = 5;

    final ImageSize size;
    final int shorterSide;
    final Draws draws;
    final Canvas canvas;
    private final ProceduralRecipe recipe;
    private final TextureBank textures;
    private final double lightX;
    private final double lightY;
    private final boolean shadows;
    private final double shadowLength;
    private final float shadowTone;

    Brush(ProceduralRecipe recipe, TextureBank textures, ImageSize size, Draws draws) {
        this.recipe = recipe;
        this.textures = textures;
        this.size = size;
        this.draws = draws;
        shorterSide = Math.min(size.width(), size.height());
        canvas = new Canvas(size);
        double direction = draws.nextDouble(0, 2 * Math.PI);
        lightX = StrictMath.cos(direction);
        lightY = StrictMath.sin(direction);
        shadows = draws.chance(recipe.shadowShare());
        shadowLength = draws.nextDouble(0.1, 0.6);
        shadowTone = (float) draws.nextDouble(0.3, 0.75);
    }

    /** More dark things than bright ones, as in photographs. */
    float tone() {
        double share = draws.nextDouble();
        return (float) (0.04 + 0.9 * share * Math.sqrt(share));
    }

    /** A tone near another one: things that belong together. */
    float toneNear(float tone, double spread) {
        return (float) Math.min(Math.max(tone * StrictMath.exp(spread * draws.nextGaussian()), 0.02), 1);
    }

    /** A number of things, log-uniformly, in proportion to the area of the image and the recipe's density. */
    int count(double min, double max) {
        double factor = recipe.density() * size.width() * size.height() / (320.0 * 240.0);
        return (int) (draws.nextLogUniform(min, max) * factor);
    }

    double x() {
        return draws.nextDouble(0, size.width());
    }

    double y() {
        return draws.nextDouble(0, size.height());
    }

    double angle() {
        return draws.nextDouble(0, 2 * Math.PI);
    }

    /** A map from the image to a plane that is seen at a slant; one unit is a px in the middle. */
    Homography slanted(double maxSlant) {
        double w = size.width();
        double h = size.height();
        double slantX = draws.nextDouble(-maxSlant, maxSlant) / w;
        double slantY = draws.nextDouble(-maxSlant, maxSlant) / h;
        return Homography.of(1, 0, 0, 0, 1, 0, slantX, slantY, 1)
                .compose(Homography.rotation(angle()))
                .compose(Homography.translation(-w / 2, -h / 2));
    }

    /** A map from the image to a plane of its own orientation, for objects. */
    Homography turned() {
        return Homography.rotation(angle());
    }

    float[][] texture() {
        return textures.draw(draws);
    }

    float[][] texture(TextureKind... kinds) {
        return textures.draw(kinds, draws);
    }

    /** Mostly fine structure: texels per px. */
    double fineness() {
        return draws.nextLogUniform(0.6, 5);
    }

    /** Fills everything. */
    void background(Homography map, float[][] texture, float tone) {
        double radius = 0.6 * Math.max(size.width(), size.height());
        Shading shading = shading(size.width() / 2.0, size.height() / 2.0, radius, tone, 0);
        everything();
        canvas.paint(surface(map, texture, fineness(), shading));
    }

    private void everything() {
        double width = size.width();
        double height = size.height();
        canvas.add(new double[] {0, 0, width, 0, width, height, 0, height}, 0f);
    }

    /** Fills an outline with one tone. */
    void flat(double[] outline, float tone) {
        canvas.add(outline, tone);
        canvas.paint();
    }

    /** Fills an outline with a texture; the tone varies over about the radius. */
    void textured(double[] outline, Homography map, float[][] texture, Shading shading) {
        canvas.add(outline, 0f);
        canvas.paint(surface(map, texture, fineness(), shading));
    }

    private Surface surface(Homography map, float[][] texture, double texelsPerPx, Shading shading) {
        Homography textureFromImage = Homography.translation(
                        draws.nextDouble(0, Tile.SIDE), draws.nextDouble(0, Tile.SIDE))
                .compose(Homography.scaling(texelsPerPx, texelsPerPx))
                .compose(map);
        return new Surface(size.width(), texture, textureFromImage, shading);
    }

    /** Light from the scene's side on a thing of some radius. */
    Shading shading(double x, double y, double radius, float tone, double bulge) {
        float contrast = (float) draws.nextLogUniform(0.08, 0.6);
        float slope = tone * (float) (draws.nextDouble(0, 0.5) / radius);
        return new Shading(tone, contrast, slope * (float) lightX, slope * (float) lightY, (float) x, (float) y, (float)
                (bulge / (radius * radius)));
    }

    /** Paints an object: its shadow, its surface, and now and then a rim. */
    void object(double[] outline, double x, double y, double radius, float tone) {
        if (shadows && radius > 3) {
            shadow(outline, radius);
        }
        if (radius < SMALLEST_TEXTURED) {
            flat(outline, tone);
            return;
        }
        if (draws.chance(0.15)) {
            flat(Outlines.scaled(outline, x, y, 1 + draws.nextDouble(0.02, 0.12)), tone());
        }
        double bulge = draws.chance(0.4) ? draws.nextDouble(0.1, 0.7) : 0;
        Shading shading = shading(x, y, radius, tone, bulge);
        boolean plain = !draws.chance(recipe.texturedShare());
        Homography map = turned();
        float[][] texture = texture();
        if (plain) {
            shading =
                    new Shading(tone, 0.02f, shading.slopeX(), shading.slopeY(), (float) x, (float) y, shading.bulge());
        }
        textured(outline, map, texture, shading);
    }

    /** Darkens what lies on the side away from the light, softly for large things. */
    private void shadow(double[] outline, double radius) {
        double reach = Math.min(shadowLength * radius, 0.1 * shorterSide);
        int passes = radius > 12 ? 3 : 1;
        float remaining = passes == 1 ? shadowTone : (float) StrictMath.cbrt(shadowTone);
        for (int pass = 0; pass < passes; pass++) {
            double shift = reach * (1 + 0.15 * pass);
            double[] moved = outline.clone();
            for (int i = 0; i < moved.length; i += 2) {
                moved[i] -= shift * lightX;
                moved[i + 1] -= shift * lightY;
            }
            canvas.add(moved, 0f);
            canvas.paint((row, from, to, coverage, pixels) -> {
                for (int column = from; column < to; column++) {
                    pixels[row * size.width() + column] *= 1f - coverage[column] * (1f - remaining);
                }
            });
        }
    }

    /** A segment of the plane, mapped into the image. */
    void line(Homography imageFromPlane, double[] segment, double thickness, float tone) {
        double dx = segment[2] - segment[0];
        double dy = segment[3] - segment[1];
        double length = Math.sqrt(dx * dx + dy * dy);
        if (length > 0) {
            double nx = -dy / length * thickness / 2;
            double ny = dx / length * thickness / 2;
            flat(
                    mapped(
                            imageFromPlane,
                            segment[0] + nx,
                            segment[1] + ny,
                            segment[2] + nx,
                            segment[3] + ny,
                            segment[2] - nx,
                            segment[3] - ny,
                            segment[0] - nx,
                            segment[1] - ny),
                    tone);
        }
    }

    /** A rectangle of the plane, mapped into the image. */
    static double[] rectangle(Homography imageFromPlane, double left, double top, double width, double height) {
        return mapped(imageFromPlane, left, top, left + width, top, left + width, top + height, left, top + height);
    }

    /** Maps points, [N 2], in their place. */
    static double[] mapped(Homography map, double... points) {
        for (int i = 0; i < points.length; i += 2) {
            PixelPoint point = map.map(points[i], points[i + 1]);
            points[i] = point.x();
            points[i + 1] = point.y();
        }
        return points;
    }

    /** Blurs everything that is painted so far. */
    void blur(double sigmaPx) {
        Blur.gaussian(canvas.pixels(), size.width(), size.height(), sigmaPx);
    }

    /** Puts what is painted so far out of focus, in some of the scenes. */
    void defocus() {
        if (draws.chance(recipe.defocusShare())) {
            blur(draws.nextDouble(0.003, 0.012) * shorterSide);
        }
    }
}
