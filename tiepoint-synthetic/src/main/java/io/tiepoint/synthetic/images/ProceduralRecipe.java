package io.tiepoint.synthetic.images;

import io.tiepoint.core.check.Check;
import io.tiepoint.synthetic.recipe.Range;

/**
 * How images without photographs are composed.
 *
 * @param textures number of different textures
 * @param scenes how often each kind of scene is made
 * @param density factor on the number of objects
 * @param texturedShare share of the larger objects that have a texture
 * @param shadowShare share of the scenes whose objects cast shadows
 * @param defocusShare share of the scenes whose background is out of focus
 * @param lensBlurPx standard deviation of the blur that every lens has, px
 * @param meanTone mean brightness that the exposure aims at
 * @param noise standard deviation of the sensor's noise
 */
public record ProceduralRecipe(
        int textures,
        Scenes scenes,
        double density,
        double texturedShare,
        double shadowShare,
        double defocusShare,
        Range lensBlurPx,
        Range meanTone,
        Range noise) {
    /** What the shipped models learn from. */
    public static final ProceduralRecipe DEFAULT = new ProceduralRecipe(
            240,
            new Scenes(0.3, 0.25, 0.2, 0.15, 0.1),
            1,
            0.85,
            0.5,
            0.25,
            new Range(0, 0.6),
            new Range(0.28, 0.58),
            new Range(0, 0.012));

    /** Checks what the nested records cannot. */
    public ProceduralRecipe {
        Check.that(textures > 0, "textures: expected > 0, found %s", textures);
        Check.that(density > 0, "density: expected > 0, found %s", density);
        share("texturedShare", texturedShare);
        share("shadowShare", shadowShare);
        share("defocusShare", defocusShare);
        Check.that(lensBlurPx.min() >= 0, "lensBlurPx: expected >= 0 px, found %s", lensBlurPx.min());
        Check.that(
                meanTone.min() > 0 && meanTone.max() < 1,
                "meanTone: expected in (0, 1), found %s to %s",
                meanTone.min(),
                meanTone.max());
        Check.that(noise.min() >= 0, "noise: expected >= 0, found %s", noise.min());
    }

    private static void share(String name, double value) {
        Check.that(value >= 0 && value <= 1, "%s: expected in [0, 1], found %s", name, value);
    }

    /**
     * How often each kind of scene is made, relative to the others.
     *
     * @param clutter objects of all sizes that hide each other
     * @param street facades with windows and signs, in perspective
     * @param landscape sky, ridges, ground, trees
     * @param stillLife a few large objects before a blurred background
     * @param page writing, pictures and lines on a plane
     */
    public record Scenes(double clutter, double street, double landscape, double stillLife, double page) {
        /** Checks that something can be made. */
        public Scenes {
            Check.that(
                    clutter >= 0 && street >= 0 && landscape >= 0 && stillLife >= 0 && page >= 0,
                    "scenes: expected shares >= 0, found %s, %s, %s, %s, %s",
                    clutter,
                    street,
                    landscape,
                    stillLife,
                    page);
            Check.that(
                    clutter + street + landscape + stillLife + page > 0,
                    "scenes: expected one of the shares > 0, found none");
        }
    }
}
