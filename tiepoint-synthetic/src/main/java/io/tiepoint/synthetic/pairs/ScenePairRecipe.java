package io.tiepoint.synthetic.pairs;

import io.tiepoint.core.check.Check;
import io.tiepoint.synthetic.photometric.PhotometricRecipe;
import io.tiepoint.synthetic.scenes.SceneRecipe;

/**
 * How two views of a scene are made.
 *
 * @param scenes what is seen
 * @param change how the cameras differ
 * @param photometric0 lens and sensor of view 0
 * @param photometric1 lens and sensor of view 1
 * @param otherSunShare share of the pairs whose views are taken under different suns
 * @param pairsPerScene how many pairs in a row show the same scene, which is dearer to make than a view
 */
public record ScenePairRecipe(
        SceneRecipe scenes,
        ViewChange change,
        PhotometricRecipe photometric0,
        PhotometricRecipe photometric1,
        double otherSunShare,
        int pairsPerScene) {
    /** A step aside at the same hour. */
    public static final ScenePairRecipe MILD = new ScenePairRecipe(
            SceneRecipe.DEFAULT, ViewChange.MILD, PhotometricRecipe.NONE, PhotometricRecipe.MILD, 0, 16);

    /** Across the street, at another hour now and then. */
    public static final ScenePairRecipe MEDIUM = new ScenePairRecipe(
            SceneRecipe.DEFAULT, ViewChange.MEDIUM, PhotometricRecipe.MILD, PhotometricRecipe.MILD, 0.3, 16);

    /** From another side at another hour. */
    public static final ScenePairRecipe STRONG = new ScenePairRecipe(
            SceneRecipe.DEFAULT, ViewChange.STRONG, PhotometricRecipe.MILD, PhotometricRecipe.MEDIUM, 0.6, 16);

    /** Everything that training meets; to be reached by a curriculum. */
    public static final ScenePairRecipe TRAINING = new ScenePairRecipe(
            SceneRecipe.DEFAULT, ViewChange.TRAINING, PhotometricRecipe.MILD, PhotometricRecipe.MEDIUM, 0.4, 16);

    /** Checks the numbers. */
    public ScenePairRecipe {
        Check.that(
                otherSunShare >= 0 && otherSunShare <= 1, "otherSunShare: expected in [0, 1], found %s", otherSunShare);
        Check.that(pairsPerScene > 0, "pairsPerScene: expected > 0, found %s", pairsPerScene);
    }

    /** The same with other scenes. */
    public ScenePairRecipe withScenes(SceneRecipe newScenes) {
        return new ScenePairRecipe(newScenes, change, photometric0, photometric1, otherSunShare, pairsPerScene);
    }

    /**
     * The same kind of pair, easier.
     *
     * @param difficulty from 0 (no change at all) to 1 (this recipe)
     */
    public ScenePairRecipe withDifficulty(double difficulty) {
        return new ScenePairRecipe(
                scenes,
                change.withDifficulty(difficulty),
                photometric0.withDifficulty(difficulty),
                photometric1.withDifficulty(difficulty),
                difficulty * otherSunShare,
                pairsPerScene);
    }
}
