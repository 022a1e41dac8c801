package io.tiepoint.synthetic.shapes;

import io.tiepoint.core.features.Keypoints;
import io.tiepoint.core.geometry.Homography;
import io.tiepoint.core.image.GrayImage;
import io.tiepoint.core.image.ImageSize;
import io.tiepoint.core.random.Draws;
import io.tiepoint.core.random.Seed;
import io.tiepoint.synthetic.homography.PatchSampler;
import io.tiepoint.synthetic.photometric.PhotometricChange;
import io.tiepoint.synthetic.raster.Blur;
import java.util.List;

/**
 * Draws synthetic shapes whose corners are known exactly, to train and judge a corner detector (MagicPoint; DeTone et al.,
 * SuperPoint, 2018, section 4). A sample is a pure function of recipe, size, seed and index. Safe for use by several threads.
 */
public final class ShapesGenerator {
    private final ShapesRecipe recipe;
    private final ImageSize size;
    private final Seed seed;
    private final PatchSampler warps;

    /** Draws images of one size. */
    public ShapesGenerator(ShapesRecipe recipe, ImageSize size, Seed seed) {
        this.recipe = recipe;
        this.size = size;
        this.seed = seed;
        warps = new PatchSampler(recipe.warp());
    }

    /** Makes one sample of any primitive, as often as the recipe says. */
    public ShapeSample sample(long index) {
        double position = seed.child("primitive", index).draws().nextDouble();
        return sample(recipe.shares().at(position, recipe.extras()), index);
    }

    /** Makes one sample of a primitive. */
    public ShapeSample sample(Primitive primitive, long index) {
        Seed sample = seed.child("shape", index).child(primitive.name());
        Draws draws = sample.draws();
        Homography warped = warps.sample(size, sample.child("warp").draws());
        float[] pixels;
        Keypoints corners;
        List<CornerLabel> labels;
        if (primitive == Primitive.GAUSSIAN_NOISE) {
            pixels = Backgrounds.noise(size, recipe, draws);
            corners = Keypoints.NONE;
            labels = List.of();
        } else {
            float[] background = Backgrounds.blurredBlobs(size, recipe.background(), draws);
            Drawing drawing = new Drawing(size, background, warped, draws, recipe);
            draw(primitive, drawing);
            pixels = drawing.pixels();
            Blur.gaussian(pixels, size.width(), size.height(), recipe.smoothing() * drawing.shorterSide);
            corners = drawing.keypoints();
            labels = drawing.labels();
        }
        GrayImage image = GrayImage.wrap(size.width(), size.height(), pixels);
        Draws light = sample.child("photometric").draws();
        GrayImage changed = PhotometricChange.apply(image, recipe.photometric(), light);
        return new ShapeSample(changed, corners, primitive, labels);
    }

    private void draw(Primitive primitive, Drawing drawing) {
        switch (primitive) {
            case LINES -> Segments.lines(drawing, recipe.lines());
            case POLYGON -> PolygonShapes.one(drawing, recipe.polygons());
            case MULTIPLE_POLYGONS -> PolygonShapes.many(drawing, recipe.polygons(), recipe.maxPolygons());
            case ELLIPSES -> Ellipses.draw(drawing, recipe.maxEllipses());
            case STAR -> Segments.star(drawing, recipe.star());
            case CHECKERBOARD -> Boards.checkerboard(drawing, recipe.boards());
            case STRIPES -> Boards.stripes(drawing, recipe.boards());
            case CUBE -> Box.draw(drawing, recipe.cube());
            case CURVES -> Curves.draw(drawing, recipe.extras());
            case WIRES -> Wires.draw(drawing, recipe.extras());
            case LETTERS -> Letters.draw(drawing, recipe);
            case BLOBS -> Blobs.draw(drawing, recipe.extras());
            case LAYERS -> Layers.draw(drawing, recipe);
            case GAUSSIAN_NOISE -> throw new IllegalStateException("noise has no geometry");
        }
    }
}
