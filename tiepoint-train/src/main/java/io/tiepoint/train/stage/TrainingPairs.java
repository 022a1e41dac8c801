package io.tiepoint.train.stage;

import io.tiepoint.core.image.ImageSize;
import io.tiepoint.core.random.Seed;
import io.tiepoint.synthetic.images.ImageSource;
import io.tiepoint.synthetic.pairs.HomographyPairs;
import io.tiepoint.synthetic.pairs.PairRecipe;

/** The pairs of views that features and matches are learned from. */
final class TrainingPairs {
    private TrainingPairs() {}

    /** The training warps and changes of light, with another largest turn. */
    static PairRecipe recipe(double maxRotationDeg) {
        PairRecipe training = PairRecipe.TRAINING;
        return new PairRecipe(
                training.homography().withMaxRotationRad(Math.toRadians(maxRotationDeg)),
                training.photometric0(),
                training.photometric1(),
                training.warpBothViews());
    }

    /** Pairs of views of a source of images. */
    static HomographyPairs of(double maxRotationDeg, ImageSource images, ImageSize size, Seed seed) {
        return new HomographyPairs(recipe(maxRotationDeg), images, size, seed);
    }
}
