package io.tiepoint.synthetic.homography;

import io.tiepoint.core.check.Check;

/**
 * Homographies that show a patch of an image, as rpautrat/SuperPoint samples them ({@code models/homographies.py}): for shapes and
 * for homographic adaptation. Lengths are shares of the image's sides.
 *
 * @param patchRatio side of the patch
 * @param perspectiveX amplitude of the trapezoid's horizontal displacement; its standard deviation is half of it
 * @param perspectiveY likewise, vertical
 * @param scaling amplitude of the patch's scale about 1; its standard deviation is half of it
 * @param maxRotationRad largest turn, either way
 * @param translationOverflow how far the patch may leave the image
 */
public record PatchRecipe(
        double patchRatio,
        double perspectiveX,
        double perspectiveY,
        double scaling,
        double maxRotationRad,
        double translationOverflow) {
    /** No change. */
    public static final PatchRecipe NONE = new PatchRecipe(1, 0, 0, 0, 0, 0);
    /** The published values for shapes ({@code magic-point_shapes.yaml}). */
    public static final PatchRecipe SHAPES = new PatchRecipe(0.8, 0.2, 0.2, 0.2, 1.57, 0.05);
    /** The published values for homographic adaptation ({@code magic-point_coco_export.yaml}). */
    public static final PatchRecipe ADAPTATION = new PatchRecipe(0.85, 0.2, 0.2, 0.2, 1.57, 0);

    /** Checks the ranges. */
    public PatchRecipe {
        Check.that(patchRatio > 0 && patchRatio <= 1, "patchRatio: expected in (0, 1], found %s", patchRatio);
        Check.that(
                perspectiveX >= 0 && perspectiveX < 0.5, "perspectiveX: expected in [0, 0.5), found %s", perspectiveX);
        Check.that(
                perspectiveY >= 0 && perspectiveY < 0.5, "perspectiveY: expected in [0, 0.5), found %s", perspectiveY);
        Check.that(scaling >= 0 && scaling < 1, "scaling: expected in [0, 1), found %s", scaling);
        Check.that(maxRotationRad >= 0, "maxRotationRad: expected >= 0, found %s", maxRotationRad);
        Check.that(translationOverflow >= 0, "translationOverflow: expected >= 0, found %s", translationOverflow);
    }
}
