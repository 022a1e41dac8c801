package io.tiepoint.synthetic.pairs;

import io.tiepoint.synthetic.homography.HomographyRecipe;
import io.tiepoint.synthetic.photometric.PhotometricRecipe;

/**
 * How two views of a plane are made.
 *
 * @param homography how the views differ
 * @param photometric0 light and camera of view 0
 * @param photometric1 light and camera of view 1
 * @param warpBothViews whether view 0 is itself turned and in perspective (as in glue-factory) or an upright crop
 */
public record PairRecipe(
        HomographyRecipe homography,
        PhotometricRecipe photometric0,
        PhotometricRecipe photometric1,
        boolean warpBothViews) {
    /** A small step under nearly the same light. */
    public static final PairRecipe MILD =
            new PairRecipe(HomographyRecipe.MILD, PhotometricRecipe.NONE, PhotometricRecipe.MILD, false);
    /** Another place under other light. */
    public static final PairRecipe MEDIUM =
            new PairRecipe(HomographyRecipe.MEDIUM, PhotometricRecipe.MILD, PhotometricRecipe.MEDIUM, false);
    /** What LightGlue was pre-trained with, and day against night. */
    public static final PairRecipe STRONG =
            new PairRecipe(HomographyRecipe.STRONG, PhotometricRecipe.MILD, PhotometricRecipe.STRONG, false);
    /** Everything that training meets; to be reached by a curriculum. */
    public static final PairRecipe TRAINING =
            new PairRecipe(HomographyRecipe.TRAINING, PhotometricRecipe.MEDIUM, PhotometricRecipe.STRONG, true);

    /**
     * The same kind of pair, easier.
     *
     * @param difficulty from 0 (no change at all) to 1 (this recipe)
     */
    public PairRecipe withDifficulty(double difficulty) {
        return new PairRecipe(
                homography.withDifficulty(difficulty),
                photometric0.withDifficulty(difficulty),
                photometric1.withDifficulty(difficulty),
                warpBothViews);
    }
}
