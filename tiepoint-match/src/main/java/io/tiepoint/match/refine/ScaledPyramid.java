package io.tiepoint.match.refine;

import io.tiepoint.core.image.GrayImage;
import io.tiepoint.core.image.ImagePyramid;
import io.tiepoint.core.image.ImageSize;

/**
 * All levels of an image, spoken of in px of the size that its keypoints are given in. Where the network saw a smaller image,
 * there is more detail than one level for each px.
 */
final class ScaledPyramid {
    /** Samples that are so many px or more apart are taken from the next level. */
    private static final double SPACING = 1.5;
    /** Patches are sampled at most so much coarser than px of the keypoints. */
    private static final int COARSEST = 8;

    private final ImagePyramid pyramid;
    private final double unitX;
    private final double unitY;
    private final int levels;

    /**
     * Makes the levels at once: several threads read them.
     *
     * @param image as it was given
     * @param size in whose px positions are; of the same shape
     */
    ScaledPyramid(GrayImage image, ImageSize size) {
        pyramid = new ImagePyramid(image);
        unitX = (double) image.width() / size.width();
        unitY = (double) image.height() / size.height();
        levels = levelFor(COARSEST * unit()) + 1;
        GrayImage ignored = pyramid.level(levels - 1);
    }

    /** Px of the image for each px of the keypoints. */
    double unit() {
        return Math.sqrt(unitX * unitY);
    }

    private static int levelFor(double spacing) {
        int level = 0;
        for (double limit = SPACING; spacing >= limit; limit *= 2) {
            level++;
        }
        return level;
    }

    /**
     * The level whose px are nearest to the distance of samples.
     *
     * @param spacing px of the keypoints between two samples
     */
    int level(double spacing) {
        return Math.min(levelFor(spacing * unit()), levels - 1);
    }

    GrayImage image(int level) {
        return pyramid.level(level);
    }

    /** Columns of a level for each px of the keypoints. */
    double scaleX(int level) {
        return pyramid.scale(level) * unitX;
    }

    /** Rows of a level for each px of the keypoints. */
    double scaleY(int level) {
        return pyramid.scale(level) * unitY;
    }
}
