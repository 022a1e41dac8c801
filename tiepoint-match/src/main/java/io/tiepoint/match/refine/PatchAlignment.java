package io.tiepoint.match.refine;

import io.tiepoint.core.features.Keypoints;
import io.tiepoint.core.features.LocalFeatures;
import io.tiepoint.core.features.MatchRefiner;
import io.tiepoint.core.features.Matches;
import io.tiepoint.core.image.ImageSize;
import java.util.Arrays;

/**
 * Moves each match in view 1 to the sub-pixel position where the two images look most alike around it. A learned detector finds
 * the same corner in both views, each time a pixel or two off; the images themselves know better. Matches that no neighbour
 * bears out, or the images do not, are dropped; keypoints between the good ones that nothing was found for are matched if the
 * images agree where the neighbours expect them.
 */
public final class PatchAlignment implements MatchRefiner {
    /** Fewer matches than this have no neighbours to ask. */
    private static final int MIN_MATCHES = 8;

    /** Smaller images have no room for a patch. */
    private static final int MIN_SIDE_PX = 32;

    private final int threads;

    /**
     * Refines with at most so many threads.
     *
     * @param threads 1 for the calling one alone
     */
    public PatchAlignment(int threads) {
        this.threads = threads;
    }

    @Override
    public Refined refine(Images images, LocalFeatures features0, LocalFeatures features1, Matches matches) {
        if (matches.size() < MIN_MATCHES || smallestSide(features0, features1) < MIN_SIDE_PX) {
            return NONE.refine(images, features0, features1, matches);
        }
        Refinement refinement = new Refinement(images, features0, features1, matches, threads);
        boolean[] usable = new boolean[matches.size()];
        Arrays.fill(usable, true);
        usable = refinement.pass(usable, Refinement.Pass.ROUGH);
        usable = refinement.grow(usable);
        usable = refinement.pass(usable, Refinement.Pass.EXACT);
        usable = refinement.check(usable);
        refinement.finish(usable);
        return result(features1.keypoints(), refinement.points(), usable);
    }

    private static int smallestSide(LocalFeatures features0, LocalFeatures features1) {
        ImageSize size0 = features0.imageSize();
        ImageSize size1 = features1.imageSize();
        return Math.min(Math.min(size0.width(), size0.height()), Math.min(size1.width(), size1.height()));
    }

    private static Refined result(Keypoints keypoints1, MatchedPoints points, boolean[] kept) {
        float[] positions = keypoints1.positions();
        int count = 0;
        int[] indices0 = new int[kept.length];
        int[] indices1 = new int[kept.length];
        float[] scores = new float[kept.length];
        for (int i = 0; i < kept.length; i++) {
            if (kept[i]) {
                indices0[count] = points.indices0[i];
                indices1[count] = points.indices1[i];
                scores[count++] = points.scores[i];
                positions[2 * points.indices1[i]] = (float) points.x1[i];
                positions[2 * points.indices1[i] + 1] = (float) points.y1[i];
            }
        }
        return new Refined(
                keypoints1.movedTo(positions),
                Matches.of(
                        Arrays.copyOf(indices0, count), Arrays.copyOf(indices1, count), Arrays.copyOf(scores, count)));
    }
}
