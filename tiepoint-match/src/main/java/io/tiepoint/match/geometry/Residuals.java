package io.tiepoint.match.geometry;

import io.tiepoint.core.geometry.GeometryModel;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** How far matches are from a geometry, in px of view 1 squared. */
final class Residuals {
    private Residuals() {}

    /** The matches whose error is within the threshold. */
    static BitSet inliers(double[] matrix, Correspondences points, RobustOptions options) {
        double limit = options.thresholdPx() * options.thresholdPx();
        double[] m = options.model() == GeometryModel.ESSENTIAL ? fundamental(matrix, options) : matrix;
        boolean planar = options.model() == GeometryModel.HOMOGRAPHY;
        BitSet inliers = new BitSet();
        for (int i = 0; i < points.size(); i++) {
            double errorSquaredPx = planar ? transferSquaredPx(m, points, i) : sampsonSquaredPx(m, points, i);
            if (errorSquaredPx <= limit) { // not a number is no inlier
                inliers.set(i);
            }
        }
        return inliers;
    }

    static double transferSquaredPx(double[] h, Correspondences points, int match) {
        double x = points.points0()[2 * match];
        double y = points.points0()[2 * match + 1];
        double w = h[6] * x + h[7] * y + h[8];
        double dx = (h[0] * x + h[1] * y + h[2]) / w - points.points1()[2 * match];
        double dy = (h[3] * x + h[4] * y + h[5]) / w - points.points1()[2 * match + 1];
        return dx * dx + dy * dy;
    }

    /** First-order distance to the epipolar constraint (Hartley and Zisserman, equation 11.9). */
    private static double sampsonSquaredPx(double[] f, Correspondences points, int match) {
        double x0 = points.points0()[2 * match];
        double y0 = points.points0()[2 * match + 1];
        double x1 = points.points1()[2 * match];
        double y1 = points.points1()[2 * match + 1];
        double line1X = f[0] * x0 + f[1] * y0 + f[2];
        double line1Y = f[3] * x0 + f[4] * y0 + f[5];
        double line1W = f[6] * x0 + f[7] * y0 + f[8];
        double line0X = f[0] * x1 + f[3] * y1 + f[6];
        double line0Y = f[1] * x1 + f[4] * y1 + f[7];
        double algebraic = x1 * line1X + y1 * line1Y + line1W;
        return algebraic * algebraic / (line1X * line1X + line1Y * line1Y + line0X * line0X + line0Y * line0Y);
    }

    private static double[] fundamental(double[] essential, RobustOptions options) {
        return Matrix3.multiply(
                Matrix3.transpose(rayFromPixel(options.intrinsics1())),
                Matrix3.multiply(essential, rayFromPixel(options.intrinsics0())));
    }

    private static double[] rayFromPixel(@Nullable Intrinsics camera) {
        if (camera == null) {
            throw new IllegalStateException("options with an essential matrix have cameras");
        }
        return new double[] {
            1 / camera.focalX(),
            0,
            -camera.centreX() / camera.focalX(),
            0,
            1 / camera.focalY(),
            -camera.centreY() / camera.focalY(),
            0,
            0,
            1
        };
    }
}
