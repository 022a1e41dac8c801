package io.tiepoint.synthetic.pairs;

import io.tiepoint.core.image.GrayImage;
import io.tiepoint.core.truth.TwoViewTruth;

/**
 * Two views with their truth, of any kind.
 *
 * @param image0 view 0, in [0, 1]
 * @param image1 view 1, in [0, 1]
 * @param truth where each point of a view lies in the other one
 * @param geometry what lies between them, in a word such as {@code homography}
 */
public record ViewPair(GrayImage image0, GrayImage image1, TwoViewTruth truth, String geometry) {
    /** Two views of a plane. */
    public static ViewPair of(HomographyPair pair) {
        return new ViewPair(pair.image0(), pair.image1(), pair.truth(), "homography");
    }
}
