package io.tiepoint.synthetic.homography;

import io.tiepoint.core.geometry.Homography;
import io.tiepoint.core.image.ImageSize;
import io.tiepoint.core.random.Draws;

/**
 * Samples homographies that show a patch of an image. Unlike the published code, it turns the patch in pixels and not in the unit
 * square, so that an image that is not square is not sheared.
 */
public final class PatchSampler {
    private final PatchRecipe recipe;

    /** Samples as the recipe says. */
    public PatchSampler(PatchRecipe recipe) {
        this.recipe = recipe;
    }

    /** Draws a map from the source image to the warped one of the same size. */
    public Homography sample(ImageSize size, Draws draws) {
        double[] patch = trapezoid(draws);
        double scale = 1 + truncatedNormal(draws) * recipe.scaling() / 2;
        for (int i = 0; i < 8; i++) {
            patch[i] = 0.5 + (patch[i] - 0.5) * scale;
        }
        double overflow = recipe.translationOverflow();
        move(patch, 0, overflow, draws);
        move(patch, 1, overflow, draws);
        double[] source = new double[8];
        double[] target = new double[8];
        for (int i = 0; i < 8; i += 2) {
            source[i] = patch[i] * size.width();
            source[i + 1] = patch[i + 1] * size.height();
            target[i] = i == 2 || i == 4 ? size.width() : 0;
            target[i + 1] = i >= 4 ? size.height() : 0;
        }
        Quads.rotate(source, draws.nextDouble(-recipe.maxRotationRad(), recipe.maxRotationRad()));
        return Homography.fromFourPoints(source, target);
    }

    /** The patch, clockwise from the top left, in the unit square. */
    private double[] trapezoid(Draws draws) {
        double low = (1 - recipe.patchRatio()) / 2;
        double high = 1 - low;
        double vertical = truncatedNormal(draws) * recipe.perspectiveY() / 2;
        double left = truncatedNormal(draws) * recipe.perspectiveX() / 2;
        double right = truncatedNormal(draws) * recipe.perspectiveX() / 2;
        return new double[] {
            low + left,
            low + vertical,
            high + right,
            low - vertical,
            high + right,
            high + vertical,
            low + left,
            high - vertical
        };
    }

    private static void move(double[] patch, int axis, double overflow, Draws draws) {
        double min = Double.POSITIVE_INFINITY;
        double max = Double.NEGATIVE_INFINITY;
        for (int i = axis; i < 8; i += 2) {
            min = Math.min(min, patch[i]);
            max = Math.max(max, patch[i]);
        }
        double down = Math.max(min + overflow, 0);
        double up = Math.max(1 - max + overflow, 0);
        double shift = draws.nextDouble(-down, up);
        for (int i = axis; i < 8; i += 2) {
            patch[i] += shift;
        }
    }

    /** Normal, cut at two standard deviations. */
    private static double truncatedNormal(Draws draws) {
        while (true) {
            double value = draws.nextGaussian();
            if (Math.abs(value) <= 2) {
                return value;
            }
        }
    }
}
