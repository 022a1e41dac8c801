package io.tiepoint.evaluate;

import io.tiepoint.core.check.Check;
import io.tiepoint.core.image.GrayImage;
import io.tiepoint.core.truth.HomographyTruth;

/**
 * Two views with their exact truth; every method sees the same pixels.
 *
 * @param name unique in the evaluation
 * @param scene what it shows, such as a photo's name; pairs of one scene are not independent of each other
 * @param band how hard it is, such as {@code mild}; results are grouped by it
 * @param image0 view 0
 * @param image1 view 1
 * @param truth where the points of view 0 are in view 1
 */
public record EvaluationPair(
        String name, String scene, String band, GrayImage image0, GrayImage image1, HomographyTruth truth) {
    /** Checks that the truth is about images of these sizes. */
    public EvaluationPair {
        Check.that(
                image0.size().equals(truth.size0()) && image1.size().equals(truth.size1()),
                "%s: expected images of %s and %s px as the truth says, found %s and %s px",
                name,
                truth.size0(),
                truth.size1(),
                image0.size(),
                image1.size());
    }
}
