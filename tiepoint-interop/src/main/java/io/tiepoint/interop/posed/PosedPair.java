package io.tiepoint.interop.posed;

import io.tiepoint.core.truth.DepthTruth;
import io.tiepoint.core.truth.ResizedTruth;
import io.tiepoint.core.truth.ResizedTruth.Scale;
import io.tiepoint.core.truth.TwoViewTruth;

/**
 * Two photographs of one scene.
 *
 * @param name unique in its data set
 * @param scene what they show
 * @param image0 view 0
 * @param image1 view 1
 * @param overlap as the data set says it; NaN where it does not
 */
public record PosedPair(String name, String scene, PosedImage image0, PosedImage image1, double overlap) {
    /**
     * The truth between two photographs, from their depth maps; px of the photographs.
     *
     * @param tolerance relative, such as {@link DepthTruth#MULTI_VIEW_STEREO}
     */
    public static TwoViewTruth truth(PosedView view0, PosedView view1, double tolerance) {
        TwoViewTruth truth = new DepthTruth(view0.depth(), view1.depth(), tolerance);
        boolean sameSizes = view0.depth().camera().size().equals(view0.image().size())
                && view1.depth().camera().size().equals(view1.image().size());
        return sameSizes ? truth : new ResizedTruth(truth, scale(view0), scale(view1));
    }

    private static Scale scale(PosedView view) {
        return Scale.of(view.depth().camera().size(), view.image().size());
    }
}
