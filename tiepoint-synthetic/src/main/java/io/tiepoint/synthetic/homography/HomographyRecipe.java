package io.tiepoint.synthetic.homography;

import io.tiepoint.core.check.Check;
import io.tiepoint.synthetic.recipe.Range;

/**
 * How two views of a plane may differ. Perspective follows glue-factory's corner sampler; scale, rotation and translation are
 * drawn apart from it, so that each has the range that is written here.
 *
 * @param perspective glue-factory's difficulty: each corner of the part of view 0 that view 1 shows moves towards the middle by up
 *     to half of this share of the sides; 0 to 0.9
 * @param maxRotationRad largest turn about the optical axis, either way
 * @param scale px of view 1 for each px of view 0, as the root of the ratio of areas, drawn log-uniformly
 * @param translation how far the middle of view 1 may lie from the middle of view 0, either way, as a share of half the sides
 * @param minOverlap least overlap, see {@link HomographySampler#overlap}
 */
public record HomographyRecipe(
        double perspective, double maxRotationRad, Range scale, double translation, double minOverlap) {
    /** View 1 is view 0. */
    public static final HomographyRecipe NONE = new HomographyRecipe(0, 0, new Range(1, 1), 0, 1);
    /** A small step. */
    public static final HomographyRecipe MILD = new HomographyRecipe(0.3, Math.PI / 12, new Range(0.8, 1.25), 0.3, 0.5);
    /** A different place. */
    public static final HomographyRecipe MEDIUM = new HomographyRecipe(0.5, Math.PI / 6, new Range(0.6, 1.7), 0.6, 0.4);
    /** The values that LightGlue was pre-trained with in glue-factory: difficulty 0.7, 45 degrees, translation 1. */
    public static final HomographyRecipe STRONG = new HomographyRecipe(0.7, Math.PI / 4, new Range(0.5, 2), 1, 0.3);
    /** Any turn, scales from 0.4 to 2.5; to be reached by {@link #withDifficulty} in a curriculum. */
    public static final HomographyRecipe TRAINING = new HomographyRecipe(0.7, Math.PI, new Range(0.4, 2.5), 1, 0.3);

    /** Checks the ranges. */
    public HomographyRecipe {
        Check.that(perspective >= 0 && perspective <= 0.9, "perspective: expected in [0, 0.9], found %s", perspective);
        Check.that(
                maxRotationRad >= 0 && maxRotationRad <= Math.PI,
                "maxRotationRad: expected in [0, pi], found %s",
                maxRotationRad);
        Check.that(scale.min() > 0, "scale: expected > 0, found %s", scale.min());
        Check.that(translation >= 0, "translation: expected >= 0, found %s", translation);
        Check.that(minOverlap >= 0 && minOverlap <= 1, "minOverlap: expected in [0, 1], found %s", minOverlap);
    }

    /**
     * The same kind of change, weaker: every range shrinks towards no change.
     *
     * @param difficulty from 0 (no change) to 1 (this recipe)
     */
    public HomographyRecipe withDifficulty(double difficulty) {
        Check.that(difficulty >= 0 && difficulty <= 1, "difficulty: expected in [0, 1], found %s", difficulty);
        return new HomographyRecipe(
                perspective * difficulty,
                maxRotationRad * difficulty,
                new Range(StrictMath.pow(scale.min(), difficulty), StrictMath.pow(scale.max(), difficulty)),
                translation * difficulty,
                minOverlap);
    }

    /** The same with another largest turn. */
    public HomographyRecipe withMaxRotationRad(double changed) {
        return new HomographyRecipe(perspective, changed, scale, translation, minOverlap);
    }
}
