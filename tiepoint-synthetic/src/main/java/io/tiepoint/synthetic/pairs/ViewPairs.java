package io.tiepoint.synthetic.pairs;

import io.tiepoint.core.geometry.Homography;
import io.tiepoint.core.image.ImageSize;
import io.tiepoint.core.random.Draws;
import io.tiepoint.core.random.Seed;
import io.tiepoint.synthetic.distortion.Distortion;
import io.tiepoint.synthetic.distortion.Fisheye;
import io.tiepoint.synthetic.distortion.RadialLens;
import io.tiepoint.synthetic.distortion.RollingShutter;
import io.tiepoint.synthetic.distortion.ThinPlate;
import io.tiepoint.synthetic.homography.PatchSampler;
import io.tiepoint.synthetic.images.ImageSource;

/**
 * Makes pairs of views of one image under all kinds of geometry. A pair that is a homography is the one that
 * {@link HomographyPairs} makes. A pair is a pure function of recipe, images, size, seed and index. Safe for use by several threads.
 */
public final class ViewPairs {
    private final ViewPairRecipe recipe;
    private final ImageSize size;
    private final Seed seed;
    private final HomographyPairs pairs;

    /**
     * Makes pairs of views of one size.
     *
     * @param images what is seen; image {@code i} is seen in pair {@code i}; larger than the views
     */
    public ViewPairs(ViewPairRecipe recipe, ImageSource images, ImageSize size, Seed seed) {
        this.recipe = recipe;
        this.size = size;
        this.seed = seed;
        pairs = new HomographyPairs(recipe.views(), images, size, seed);
    }

    /** Makes one pair. */
    public ViewPair pair(long index) {
        ViewPairRecipe.Geometry geometry =
                recipe.shares().at(seed.child("kind", index).draws().nextDouble());
        PairRecipe views = recipe.views();
        return switch (geometry) {
            case HOMOGRAPHY -> ViewPair.of(pairs.pair(index));
            case PATCH ->
                named(pairs.make(views, index, draws -> new PatchSampler(recipe.patch()).sample(size, draws)), "patch");
            case SIMILARITY -> named(pairs.make(views, index, this::similarity), "similarity");
            case THIN_PLATE ->
                pairs.distorted(
                        views, index, draws -> new ThinPlate(recipe.bend().draw(draws), size, draws));
            case LENS -> pairs.distorted(views, index, this::lens);
            case FISHEYE ->
                pairs.distorted(
                        views, index, draws -> new Fisheye(recipe.fisheyeRad().draw(draws), size));
            case ROLLING_SHUTTER -> pairs.distorted(views, index, this::shutter);
        };
    }

    private static ViewPair named(HomographyPair pair, String geometry) {
        return new ViewPair(pair.image0(), pair.image1(), pair.truth(), geometry);
    }

    /** Every turn and, on the scale of logarithms, every scale is as likely as any other. */
    private Homography similarity(Draws draws) {
        double scale = recipe.similarityScale().drawLogarithmically(draws);
        Homography turned =
                Homography.scaling(scale, scale).compose(Homography.rotation(draws.nextDouble(0, 2 * Math.PI)));
        double x = size.width() / 2.0;
        double y = size.height() / 2.0;
        // The middle of view 1 lies in the middle half of view 0.
        double x0 = x * draws.nextDouble(0.5, 1.5);
        double y0 = y * draws.nextDouble(0.5, 1.5);
        return Homography.translation(x, y).compose(turned).compose(Homography.translation(-x0, -y0));
    }

    private Distortion lens(Draws draws) {
        double strength = recipe.lens().draw(draws);
        double x = size.width() * draws.nextDouble(0.45, 0.55);
        double y = size.height() * draws.nextDouble(0.45, 0.55);
        return new RadialLens(strength, x, y, size);
    }

    private Distortion shutter(Draws draws) {
        double reach = recipe.shutter();
        double turn = draws.nextDouble(-reach, reach);
        double x = size.width() * draws.nextDouble(-reach, reach);
        double y = size.height() * draws.nextDouble(-reach, reach);
        return new RollingShutter(turn, x, y, size);
    }
}
