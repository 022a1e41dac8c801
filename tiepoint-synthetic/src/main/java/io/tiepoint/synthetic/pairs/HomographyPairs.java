package io.tiepoint.synthetic.pairs;

import io.tiepoint.core.geometry.Homography;
import io.tiepoint.core.geometry.PixelPoint;
import io.tiepoint.core.image.GrayImage;
import io.tiepoint.core.image.ImageSize;
import io.tiepoint.core.random.Draws;
import io.tiepoint.core.random.Seed;
import io.tiepoint.core.truth.HomographyTruth;
import io.tiepoint.synthetic.distortion.Distortion;
import io.tiepoint.synthetic.homography.HomographyRecipe;
import io.tiepoint.synthetic.homography.HomographySampler;
import io.tiepoint.synthetic.homography.MapWarp;
import io.tiepoint.synthetic.homography.PixelMap;
import io.tiepoint.synthetic.homography.Warp;
import io.tiepoint.synthetic.homography.WarpSource;
import io.tiepoint.synthetic.images.Cutout;
import io.tiepoint.synthetic.images.ImageSource;
import io.tiepoint.synthetic.photometric.ColorTemperature;
import io.tiepoint.synthetic.photometric.PhotometricChange;
import io.tiepoint.synthetic.photometric.PhotometricRecipe;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;

/**
 * Makes pairs of views of one image. View 0 lies inside the image as a whole, so what view 1 shows beside the image lies outside
 * view 0, and the truth holds for every pixel. The images should be larger than the views. A pair is a pure function of recipe,
 * images, size, seed and index. Safe for use by several threads.
 */
public final class HomographyPairs {
    /** Fills come from images of their own, far from the indices that anybody counts to. */
    private static final long FIRST_FILL = 1L << 62;

    private static final int FILLS = 16;

    private final PairRecipe recipe;
    private final ImageSource images;
    private final ImageSize size;
    private final Seed seed;
    private final AtomicReferenceArray<GrayImage> fills = new AtomicReferenceArray<>(FILLS);

    /**
     * Makes pairs of views of one size.
     *
     * @param images what is seen; image {@code i} is seen in pair {@code i}
     */
    public HomographyPairs(PairRecipe recipe, ImageSource images, ImageSize size, Seed seed) {
        this.recipe = recipe;
        this.images = images;
        this.size = size;
        this.seed = seed;
    }

    /** Makes one pair. */
    public HomographyPair pair(long index) {
        return make(recipe, index);
    }

    /**
     * Makes one pair of a curriculum.
     *
     * @param difficulty from 0 (no change at all) to 1 (the recipe)
     */
    public HomographyPair pair(long index, double difficulty) {
        return make(recipe.withDifficulty(difficulty), index);
    }

    private HomographyPair make(PairRecipe pairRecipe, long index) {
        return make(
                pairRecipe, index, draws -> new HomographySampler(pairRecipe.homography()).sample(size, size, draws));
    }

    /** Makes a pair whose homography another sampler draws. */
    HomographyPair make(PairRecipe pairRecipe, long index, Function<Draws, Homography> sampler) {
        Seed pair = seed.child("pair", index);
        Draws geometry = pair.child("geometry").draws();
        Cutout image = images.cutout(index);
        Homography view0 = view0(image, pairRecipe, geometry);
        Homography h1From0 = sampler.apply(geometry);
        Homography view1 = h1From0.compose(view0);
        GrayImage fill = fill(geometry.nextInt(FILLS));
        WarpSource seen0 = lit(image, index, pairRecipe.photometric0(), pair, 0);
        WarpSource seen1 = lit(image, index, pairRecipe.photometric1(), pair, 1);
        GrayImage image0 = changed(Warp.pixels(seen0, view0, size, fill), pairRecipe.photometric0(), pair, 0);
        GrayImage image1 = changed(Warp.pixels(seen1, view1, size, fill), pairRecipe.photometric1(), pair, 1);
        return new HomographyPair(image0, image1, new HomographyTruth(h1From0, size, size));
    }

    /** Makes a pair whose view 1 is distorted, too. */
    ViewPair distorted(PairRecipe pairRecipe, long index, Function<Draws, Distortion> sampler) {
        Seed pair = seed.child("pair", index);
        Draws geometry = pair.child("geometry").draws();
        Cutout image = images.cutout(index);
        Homography view0 = view0(image, pairRecipe, geometry);
        Homography ideal1From0 = new HomographySampler(pairRecipe.homography()).sample(size, size, geometry);
        Homography sourceFromIdeal1 = ideal1From0.compose(view0).inverse();
        Distortion distortion = sampler.apply(pair.child("distortion").draws());
        GrayImage fill = fill(geometry.nextInt(FILLS));
        double front = sourceFromIdeal1.weight(size.width() / 2.0, size.height() / 2.0);
        PixelMap sourceFrom1 = (x, y) -> {
            PixelPoint ideal = distortion.toIdeal(x, y);
            boolean isInFront = sourceFromIdeal1.weight(ideal.x(), ideal.y()) * front > 0;
            return isInFront ? sourceFromIdeal1.map(ideal) : Distortion.NOWHERE;
        };
        WarpSource seen0 = lit(image, index, pairRecipe.photometric0(), pair, 0);
        WarpSource seen1 = lit(image, index, pairRecipe.photometric1(), pair, 1);
        GrayImage image0 = changed(Warp.pixels(seen0, view0, size, fill), pairRecipe.photometric0(), pair, 0);
        GrayImage image1 = changed(MapWarp.pixels(seen1, sourceFrom1, size, fill), pairRecipe.photometric1(), pair, 1);
        return new ViewPair(image0, image1, new DistortedTruth(ideal1From0, distortion, size, size), distortion.name());
    }

    /** The colour of the light changes what is seen, before anything else does. */
    private WarpSource lit(Cutout image, long index, PhotometricRecipe recipeOfView, Seed pair, int number) {
        ColorTemperature light = recipeOfView
                .weather()
                .drawTemperature(pair.child("temperature " + number).draws());
        return light.isDaylight() || !images.hasColors()
                ? image.source()
                : images.cutout(index, light).source();
    }

    private GrayImage changed(float[] view, PhotometricRecipe light, Seed pair, int number) {
        return PhotometricChange.apply(
                view, size, light, pair.child("light " + number).draws());
    }

    /** Maps the source of the image to view 0. */
    private Homography view0(Cutout image, PairRecipe pairRecipe, Draws draws) {
        // Half of the perspective, since both views have some.
        HomographyRecipe inside = pairRecipe.warpBothViews()
                ? new HomographyRecipe(
                        pairRecipe.homography().perspective() / 2,
                        pairRecipe.homography().maxRotationRad(),
                        pairRecipe.homography().scale(),
                        0,
                        0)
                : HomographyRecipe.NONE;
        return new HomographySampler(inside)
                .sampleInside(image.size(), size, draws)
                .compose(image.imageFromSource());
    }

    private GrayImage fill(int slot) {
        GrayImage fill = fills.get(slot);
        if (fill == null) {
            // Two threads may both make it; they make the same.
            fill = images.image(FIRST_FILL + slot);
            fills.set(slot, fill);
        }
        return fill;
    }
}
