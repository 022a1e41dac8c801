package io.tiepoint.synthetic.homography;

import io.tiepoint.core.geometry.Homography;
import io.tiepoint.core.geometry.PixelPoint;
import io.tiepoint.core.image.ImageSize;
import io.tiepoint.core.random.Draws;

/** Samples homographies between two views (the corner sampler of glue-factory, {@code geometry/homography.py}). */
public final class HomographySampler {
    /** Least cross product of neighbouring sides, in the unit square (glue-factory's {@code min_convexity}). */
    static final double MIN_CONVEXITY = 0.05;

    private static final int MAX_TRIES = 40;
    private static final int OVERLAP_STEPS = 16;

    private final HomographyRecipe recipe;

    /** Samples as the recipe says. */
    public HomographySampler(HomographyRecipe recipe) {
        this.recipe = recipe;
    }

    /**
     * Draws {@code h1From0}. If after 40 tries none has the recipe's least overlap, the one with the largest overlap is taken.
     */
    public Homography sample(ImageSize size0, ImageSize size1, Draws draws) {
        Homography best = Homography.IDENTITY;
        double bestOverlap = -1;
        for (int i = 0; i < MAX_TRIES && bestOverlap < recipe.minOverlap(); i++) {
            double scale = recipe.scale().drawLogarithmically(draws);
            double area0 = (double) size0.width() * size0.height();
            double[] quad = quad(size1, area0 / (scale * scale), draws);
            double reach = recipe.translation() / 2;
            double x = size0.width() * (0.5 + draws.nextDouble(-reach, reach));
            double y = size0.height() * (0.5 + draws.nextDouble(-reach, reach));
            Quads.moveTo(quad, x, y);
            Homography drawn = Homography.fromFourPoints(quad, Quads.corners(size1));
            double overlap = overlap(drawn, size0, size1);
            if (overlap > bestOverlap) {
                best = drawn;
                bestOverlap = overlap;
            }
        }
        return best;
    }

    /**
     * Draws {@code viewFromSource} for a view that lies inside a source image as a whole, turned and in perspective, between
     * its own size and as large as fits.
     */
    public Homography sampleInside(ImageSize source, ImageSize view, Draws draws) {
        double[] quad = quad(view, (double) view.width() * view.height(), draws);
        Quads.moveTo(quad, 0, 0);
        double width = Quads.extent(quad, 0);
        double height = Quads.extent(quad, 1);
        double largest = Math.min(source.width() / width, source.height() / height);
        double zoom = largest > 1 ? draws.nextLogUniform(1, largest) : largest;
        for (int i = 0; i < 8; i++) {
            quad[i] *= zoom;
        }
        double left = draws.nextDouble() * Math.max(source.width() - width * zoom, 0);
        double top = draws.nextDouble() * Math.max(source.height() - height * zoom, 0);
        Quads.shift(quad, left - Quads.min(quad, 0), top - Quads.min(quad, 1));
        return Homography.fromFourPoints(quad, Quads.corners(view));
    }

    /** The part of another image that a view shows: in perspective, turned, of a given area in px. */
    private double[] quad(ImageSize view, double area, Draws draws) {
        double[] quad;
        do {
            quad = new double[] {0, 0, 1, 0, 1, 1, 0, 1};
            for (int i = 0; i < 8; i++) {
                double inwards = draws.nextDouble() * recipe.perspective() / 2;
                quad[i] += quad[i] == 0 ? inwards : -inwards;
            }
        } while (!Quads.isConvex(quad, MIN_CONVEXITY));
        for (int i = 0; i < 8; i += 2) {
            quad[i] *= view.width();
            quad[i + 1] *= view.height();
        }
        double factor = Math.sqrt(area / Quads.area(quad));
        for (int i = 0; i < 8; i++) {
            quad[i] *= factor;
        }
        Quads.rotate(quad, draws.nextDouble(-recipe.maxRotationRad(), recipe.maxRotationRad()));
        return quad;
    }

    /**
     * How much two views share: of the share of view 0 that is visible in view 1 and the share of view 1 that is visible in view
     * 0, the larger, so that a close-up overlaps fully with the view that contains it.
     *
     * @return from 0 to 1
     */
    public static double overlap(Homography h1From0, ImageSize size0, ImageSize size1) {
        return Math.max(visibleShare(h1From0, size0, size1), visibleShare(h1From0.inverse(), size1, size0));
    }

    private static double visibleShare(Homography h1From0, ImageSize size0, ImageSize size1) {
        double front = h1From0.weight(size0.width() / 2.0, size0.height() / 2.0);
        int visible = 0;
        for (int row = 0; row < OVERLAP_STEPS; row++) {
            double y = (row + 0.5) / OVERLAP_STEPS * size0.height();
            for (int column = 0; column < OVERLAP_STEPS; column++) {
                double x = (column + 0.5) / OVERLAP_STEPS * size0.width();
                if (h1From0.weight(x, y) * front > 0) {
                    PixelPoint point = h1From0.map(x, y);
                    visible += size1.contains(point.x(), point.y()) ? 1 : 0;
                }
            }
        }
        return visible / (double) (OVERLAP_STEPS * OVERLAP_STEPS);
    }
}
