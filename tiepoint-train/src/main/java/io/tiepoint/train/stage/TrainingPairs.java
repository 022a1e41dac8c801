package io.tiepoint.train.stage;

import io.tiepoint.core.image.ImageSize;
import io.tiepoint.core.random.Draws;
import io.tiepoint.core.random.Seed;
import io.tiepoint.synthetic.images.ImageSource;
import io.tiepoint.synthetic.pairs.HomographyPairs;
import io.tiepoint.synthetic.pairs.PairRecipe;

/** The pairs of views that features and matches are learned from. */
final class TrainingPairs {
    private static final double EASIEST = 0.1;
    private static final double START = 0.4;

    private TrainingPairs() {}

    /** The training warps and changes of light, with another largest turn; view 0 is the image itself, so that much is shared. */
    static PairRecipe recipe(double maxRotationDeg) {
        PairRecipe training = PairRecipe.TRAINING;
        return new PairRecipe(
                training.homography().withMaxRotationRad(Math.toRadians(maxRotationDeg)),
                training.photometric0(),
                training.photometric1(),
                false);
    }

    /**
     * How strong the warp of one pair is: anything from an easy one to what the curriculum has reached, so that easy pairs, whose
     * positions are the most exact, are never forgotten.
     *
     * @param step of the training, from 0
     * @param rampSteps steps over which the curriculum grows to its full strength
     * @return in (0, 1], for {@link PairRecipe#withDifficulty}
     */
    static double difficulty(long step, double rampSteps, Draws draws) {
        double reached = step >= rampSteps ? 1 : START + (1 - START) * step / rampSteps;
        return draws.nextDouble(EASIEST, reached);
    }

    /** Pairs of views of a source of images. */
    static HomographyPairs of(double maxRotationDeg, ImageSource images, ImageSize size, Seed seed) {
        return new HomographyPairs(recipe(maxRotationDeg), images, size, seed);
    }
}
