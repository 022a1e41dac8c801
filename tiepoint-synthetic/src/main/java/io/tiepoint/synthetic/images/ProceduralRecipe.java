package io.tiepoint.synthetic.images;

import io.tiepoint.core.check.Check;
import io.tiepoint.synthetic.recipe.Count;
import io.tiepoint.synthetic.recipe.Range;

/**
 * How images without photographs are composed. Lengths are shares of the image's shorter side.
 *
 * @param textures number of different textures
 * @param planes large textured planes in perspective in one image
 * @param objects objects of all sizes in one image
 * @param smallestObject radius of the smallest objects
 * @param largestObject radius of the largest objects
 * @param strokes curves in one image
 * @param texturedShare share of the objects that have a texture
 * @param defocusShare share of the images whose background is out of focus
 * @param lensBlurPx standard deviation of the blur that every lens has, px
 */
public record ProceduralRecipe(
        int textures,
        Count planes,
        Count objects,
        Range smallestObject,
        Range largestObject,
        Count strokes,
        double texturedShare,
        double defocusShare,
        Range lensBlurPx) {
    /** What the shipped models learn from. */
    public static final ProceduralRecipe DEFAULT = new ProceduralRecipe(
            192,
            new Count(0, 6),
            new Count(20, 500),
            new Range(0.008, 0.03),
            new Range(0.15, 0.5),
            new Count(0, 8),
            0.7,
            0.3,
            new Range(0.3, 0.8));

    /** Checks what the nested records cannot. */
    public ProceduralRecipe {
        Check.that(textures > 0, "textures: expected > 0, found %s", textures);
        Check.that(smallestObject.min() > 0, "smallestObject: expected > 0, found %s", smallestObject.min());
        Check.that(
                largestObject.min() >= smallestObject.max(),
                "largestObject: expected >= smallestObject, found %s",
                largestObject.min());
        Check.that(
                texturedShare >= 0 && texturedShare <= 1, "texturedShare: expected in [0, 1], found %s", texturedShare);
        Check.that(defocusShare >= 0 && defocusShare <= 1, "defocusShare: expected in [0, 1], found %s", defocusShare);
        Check.that(lensBlurPx.min() >= 0, "lensBlurPx: expected >= 0 px, found %s", lensBlurPx.min());
    }
}
