package io.tiepoint.core.features;

import io.tiepoint.core.image.GrayImage;

/**
 * Moves keypoints to the point on which the image's gradients around them agree: the q that minimises the sum of
 * {@code w (g . (p - q))^2} over the pixels p near it. A detector says which corner it is; this says, from the image itself,
 * where it is, and says the same in every view.
 *
 * @see <a href="https://cseweb.ucsd.edu/classes/sp02/cse252/foerstner/foerstner.pdf">Förstner and Gülch, 1987</a>
 */
public final class CornerRefinement {
    private static final int RADIUS_PX = 3;
    private static final double SIGMA_PX = 1.5;
    private static final int ROUNDS = 4;
    private static final double SETTLED_PX = 0.02;
    /** Beyond this the gradients belong to something else. */
    private static final double MAX_SHIFT_PX = 2;
    /** Least ratio of the smaller to the larger eigenvalue: an edge alone says nothing of the place along it. */
    private static final double MIN_ROUNDNESS = 0.02;

    private CornerRefinement() {}

    /** Refines each keypoint; one that does not settle nearby stays where it was. */
    public static Keypoints refine(GrayImage image, Keypoints keypoints) {
        float[] positions = keypoints.positions();
        for (int k = 0; k < keypoints.size(); k++) {
            refine(image, positions, 2 * k);
        }
        return keypoints.movedTo(positions);
    }

    private static void refine(GrayImage image, float[] positions, int at) {
        double x = positions[at];
        double y = positions[at + 1];
        for (int round = 0; round < ROUNDS; round++) {
            double[] moved = step(image, x, y);
            if (moved.length == 0
                    || Math.abs(moved[0] - positions[at]) > MAX_SHIFT_PX
                    || Math.abs(moved[1] - positions[at + 1]) > MAX_SHIFT_PX) {
                return;
            }
            double shift = Math.max(Math.abs(moved[0] - x), Math.abs(moved[1] - y));
            x = moved[0];
            y = moved[1];
            if (shift < SETTLED_PX) {
                break;
            }
        }
        positions[at] = (float) x;
        positions[at + 1] = (float) y;
    }

    /** The agreed point around a position; nothing at the border, in a flat place or on a straight edge. */
    private static double[] step(GrayImage image, double x, double y) {
        int column = (int) Math.floor(x);
        int row = (int) Math.floor(y);
        int width = image.width();
        if (column <= RADIUS_PX
                || row <= RADIUS_PX
                || column >= width - RADIUS_PX - 1
                || row >= image.height() - RADIUS_PX - 1) {
            return new double[0];
        }
        float[] pixels = image.pixels();
        double xx = 0;
        double xy = 0;
        double yy = 0;
        double bx = 0;
        double by = 0;
        for (int r = row - RADIUS_PX; r <= row + RADIUS_PX; r++) {
            double dy = r + 0.5 - y;
            for (int c = column - RADIUS_PX; c <= column + RADIUS_PX; c++) {
                int i = r * width + c;
                double dx = c + 0.5 - x;
                double gx = pixels[i + 1] - pixels[i - 1];
                double gy = pixels[i + width] - pixels[i - width];
                double weight = WEIGHTS[(int) ((dx * dx + dy * dy) * WEIGHT_STEPS)];
                double wxx = weight * gx * gx;
                double wxy = weight * gx * gy;
                double wyy = weight * gy * gy;
                xx += wxx;
                xy += wxy;
                yy += wyy;
                bx += wxx * dx + wxy * dy;
                by += wxy * dx + wyy * dy;
            }
        }
        double determinant = xx * yy - xy * xy;
        double trace = xx + yy;
        // For small ratios r of the eigenvalues, determinant / trace^2 is close to r.
        if (trace < 1e-6 || determinant < MIN_ROUNDNESS * trace * trace) {
            return new double[0];
        }
        return new double[] {x + (yy * bx - xy * by) / determinant, y + (xx * by - xy * bx) / determinant};
    }

    private static final int WEIGHT_STEPS = 16;
    private static final double[] WEIGHTS = weights();

    /** Gaussian weights by squared distance, so that none has to be computed in the loop. */
    private static double[] weights() {
        double farthest = 2 * (RADIUS_PX + 1.0) * (RADIUS_PX + 1.0);
        double[] weights = new double[(int) (farthest * WEIGHT_STEPS) + 1];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = StrictMath.exp(-(i + 0.5) / WEIGHT_STEPS / (2 * SIGMA_PX * SIGMA_PX));
        }
        return weights;
    }
}
