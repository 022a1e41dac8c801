package io.tiepoint.match.refine;

import io.tiepoint.core.image.GrayImage;

/**
 * Moves a point of view 1 until the patch around it looks like the patch around its point of view 0: Gauss-Newton on the
 * difference of the patches, each with its mean taken off and divided by its deviation, so that exposure and contrast do not
 * matter. Has memory of its own; for one thread at a time.
 *
 * @see <a href="https://www.ri.cmu.edu/pub_files/pub3/baker_simon_2004_1/baker_simon_2004_1.pdf">Baker and Matthews,
 *     Lucas-Kanade 20 Years On, 2004, section 3.2 (inverse compositional)</a>
 */
final class PatchAligner {
    private static final int RADIUS = 7;
    private static final int SIDE = 2 * RADIUS + 1;
    private static final int WIDE = SIDE + 2;
    private static final double SIGMA = 4;
    private static final int MAX_ROUNDS = 12;
    /** In samples, for each round. */
    private static final double MAX_STEP = 2;

    private static final double SETTLED = 0.03;
    /** Where a finer alignment follows. */
    private static final double SETTLED_COARSELY = 0.2;

    private static final double BELOW_ONE = 1e-3;
    /** Least standard deviation of a patch's grey levels, in [0, 1]. */
    private static final double MIN_DEVIATION = 0.008;
    /** Part of the information that is taken for granted in every direction, so that a patch does not slide along an edge. */
    private static final double DAMPING = 0.01;

    /**
     * Least ratio of the eigenvalues of the gradients' second moments: on a straight edge the smaller one is 0, and any position
     * along it looks alike (Foerstner and Guelch, 1987).
     */
    private static final double MIN_ROUNDNESS = 0.05;

    private static final float[] WEIGHTS = weights();

    private final ScaledPyramid image0;
    private final ScaledPyramid image1;
    private final float[] wide = new float[WIDE * WIDE];
    private final float[] template = new float[SIDE * SIDE];
    private final float[] gradientX = new float[SIDE * SIDE];
    private final float[] gradientY = new float[SIDE * SIDE];
    private final float[] current = new float[SIDE * SIDE];

    private double x;
    private double y;
    private double correlation;

    PatchAligner(ScaledPyramid image0, ScaledPyramid image1) {
        this.image0 = image0;
        this.image1 = image1;
    }

    private static float[] weights() {
        float[] weights = new float[SIDE * SIDE];
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
            double u = i % SIDE - RADIUS;
            double v = i / SIDE - RADIUS;
            weights[i] = (float) StrictMath.exp(-(u * u + v * v) / (2 * SIGMA * SIGMA));
            sum += weights[i];
        }
        for (int i = 0; i < weights.length; i++) {
            weights[i] /= (float) sum;
        }
        return weights;
    }

    /** Where the last alignment ended, px of view 1. */
    double x() {
        return x;
    }

    /** Where the last alignment ended, px of view 1. */
    double y() {
        return y;
    }

    /** How alike the patches were there: the weighted correlation, from -1 to 1. */
    double correlation() {
        return correlation;
    }

    /**
     * Aligns.
     *
     * @param x0 the point of view 0, px; stays
     * @param x1 where to start in view 1, px
     * @param affinity of the surroundings
     * @param step px of the view that shows less between two samples of the patch
     * @return false if there is nothing to align, or the patches drifted apart
     */
    boolean align(double x0, double y0, double x1, double y1, Affinity affinity, double step) {
        // One sample of the patch is a px of the view that shows less.
        boolean larger1 = affinity.scale() >= 1;
        Affinity grid0 = (larger1 ? Affinity.IDENTITY : affinity.inverse()).times(step);
        Affinity grid1 = (larger1 ? affinity : Affinity.IDENTITY).times(step);
        x = x1;
        y = y1;
        correlation = -1;
        sample(image0, x0, y0, grid0, wide, RADIUS + 1);
        return prepareTemplate() >= MIN_DEVIATION && descend(grid1, step <= 1 ? SETTLED : SETTLED_COARSELY);
    }

    /** Gauss-Newton steps in view 1. */
    private boolean descend(Affinity grid1, double settled) {
        double xx = 0;
        double xy = 0;
        double yy = 0;
        for (int i = 0; i < template.length; i++) {
            float w = WEIGHTS[i];
            xx += w * gradientX[i] * gradientX[i];
            xy += w * gradientX[i] * gradientY[i];
            yy += w * gradientY[i] * gradientY[i];
        }
        double half = (xx + yy) / 2;
        double root = Math.sqrt((xx - yy) * (xx - yy) / 4 + xy * xy);
        if (half - root < MIN_ROUNDNESS * (half + root)) {
            return false; // nothing says where along the edge
        }
        double damping = DAMPING * (xx + yy);
        xx += damping;
        yy += damping;
        double determinant = xx * yy - xy * xy;
        double movedU = 0;
        double movedV = 0;
        double length = Double.POSITIVE_INFINITY;
        for (int round = 0; round < MAX_ROUNDS && length >= settled; round++) {
            sample(image1, x, y, grid1, current, RADIUS);
            if (normalise(current) < MIN_DEVIATION / 2) {
                return false;
            }
            double bx = 0;
            double by = 0;
            double product = 0;
            for (int i = 0; i < template.length; i++) {
                float w = WEIGHTS[i];
                float difference = w * (template[i] - current[i]);
                bx += gradientX[i] * difference;
                by += gradientY[i] * difference;
                product += w * template[i] * current[i];
            }
            correlation = product;
            double u = (yy * bx - xy * by) / determinant;
            double v = (xx * by - xy * bx) / determinant;
            length = Math.sqrt(u * u + v * v);
            double factor = Math.min(1, MAX_STEP / length);
            u *= factor;
            v *= factor;
            movedU += u;
            movedV += v;
            if (Math.abs(movedU) > RADIUS || Math.abs(movedV) > RADIUS) {
                return false;
            }
            x += grid1.a() * u + grid1.b() * v;
            y += grid1.c() * u + grid1.d() * v;
        }
        return true;
    }

    /** Cuts template and gradients out of the wide patch; returns the deviation before it was divided by it. */
    private double prepareTemplate() {
        for (int r = 0; r < SIDE; r++) {
            for (int c = 0; c < SIDE; c++) {
                int i = (r + 1) * WIDE + c + 1;
                template[r * SIDE + c] = wide[i];
                gradientX[r * SIDE + c] = 0.5f * (wide[i + 1] - wide[i - 1]);
                gradientY[r * SIDE + c] = 0.5f * (wide[i + WIDE] - wide[i - WIDE]);
            }
        }
        double deviation = normalise(template);
        float factor = (float) (1 / Math.max(deviation, 1e-6));
        for (int i = 0; i < gradientX.length; i++) {
            gradientX[i] *= factor;
            gradientY[i] *= factor;
        }
        return deviation;
    }

    /** Takes the mean off and divides by the deviation, which is returned. */
    private static double normalise(float[] patch) {
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < patch.length; i++) {
            double weighted = WEIGHTS[i] * patch[i];
            sum += weighted;
            squares += weighted * patch[i];
        }
        double deviation = Math.sqrt(Math.max(squares - sum * sum, 0));
        float mean = (float) sum;
        float factor = (float) (1 / Math.max(deviation, 1e-6));
        for (int i = 0; i < patch.length; i++) {
            patch[i] = (patch[i] - mean) * factor;
        }
        return deviation;
    }

    /** Samples a square patch around a point, from the level of the pyramid whose px are nearest to its samples. */
    private static void sample(ScaledPyramid pyramid, double x, double y, Affinity grid, float[] patch, int radius) {
        int level = pyramid.level(grid.scale());
        GrayImage image = pyramid.image(level);
        double scaleX = pyramid.scaleX(level);
        double scaleY = pyramid.scaleY(level);
        double ux = grid.a() * scaleX;
        double uy = grid.c() * scaleY;
        double vx = grid.b() * scaleX;
        double vy = grid.d() * scaleY;
        double left = x * scaleX - 0.5;
        double top = y * scaleY - 0.5;
        double reachX = radius * (Math.abs(ux) + Math.abs(vx));
        double reachY = radius * (Math.abs(uy) + Math.abs(vy));
        boolean inside = left - reachX >= 0
                && top - reachY >= 0
                && left + reachX < image.width() - 1
                && top + reachY < image.height() - 1;
        int at = 0;
        for (int v = -radius; v <= radius; v++) {
            double px = left + v * vx - radius * ux;
            double py = top + v * vy - radius * uy;
            for (int u = -radius; u <= radius; u++) {
                patch[at++] = inside ? bilinear(image, px, py) : clamped(image, px, py);
                px += ux;
                py += uy;
            }
        }
    }

    /** A position outside of the image takes the nearest pixels. */
    private static float clamped(GrayImage image, double px, double py) {
        return bilinear(
                image,
                Math.min(Math.max(px, 0), image.width() - 1 - BELOW_ONE),
                Math.min(Math.max(py, 0), image.height() - 1 - BELOW_ONE));
    }

    /** As {@link GrayImage#sample} does, for positions between pixel centres, which count from (0, 0) here. */
    private static float bilinear(GrayImage image, double px, double py) {
        int column = (int) px;
        int row = (int) py;
        float fx = (float) (px - column);
        float fy = (float) (py - row);
        float[] pixels = image.pixels();
        int stride = image.width();
        int i = row * stride + column;
        float top = pixels[i] + fx * (pixels[i + 1] - pixels[i]);
        float bottom = pixels[i + stride] + fx * (pixels[i + stride + 1] - pixels[i + stride]);
        return top + fy * (bottom - top);
    }
}
