package io.tiepoint.match.geometry;

import io.tiepoint.core.features.Keypoints;
import io.tiepoint.core.features.Matches;
import io.tiepoint.core.geometry.GeometryModel;

/**
 * The positions of matched keypoints, [M 2] each, px in {@link io.tiepoint.core.geometry.PixelFrame#CORNER}. OpenCV's USAC
 * computes in float32, so it gets positions relative to the middle of all, where large images lose no precision.
 */
final class Correspondences {
    private final double[] points0;
    private final double[] points1;
    private final double[] centre0;
    private final double[] centre1;

    private Correspondences(double[] points0, double[] points1) {
        this.points0 = points0;
        this.points1 = points1;
        this.centre0 = middle(points0);
        this.centre1 = middle(points1);
    }

    static Correspondences of(Keypoints keypoints0, Keypoints keypoints1, Matches matches) {
        double[] points0 = new double[2 * matches.size()];
        double[] points1 = new double[2 * matches.size()];
        for (int i = 0; i < matches.size(); i++) {
            points0[2 * i] = keypoints0.x(matches.index0(i));
            points0[2 * i + 1] = keypoints0.y(matches.index0(i));
            points1[2 * i] = keypoints1.x(matches.index1(i));
            points1[2 * i + 1] = keypoints1.y(matches.index1(i));
        }
        return new Correspondences(points0, points1);
    }

    private static double[] middle(double[] points) {
        double[] middle = new double[2];
        for (int axis = 0; axis < 2; axis++) {
            double min = Double.POSITIVE_INFINITY;
            double max = Double.NEGATIVE_INFINITY;
            for (int i = axis; i < points.length; i += 2) {
                min = Math.min(min, points[i]);
                max = Math.max(max, points[i]);
            }
            middle[axis] = Math.rint((min + max) / 2);
        }
        return middle;
    }

    double[] points0() {
        return points0;
    }

    double[] points1() {
        return points1;
    }

    double[] centre0() {
        return centre0;
    }

    double[] centre1() {
        return centre1;
    }

    int size() {
        return points0.length / 2;
    }

    double[] centred0() {
        return relative(points0, centre0);
    }

    double[] centred1() {
        return relative(points1, centre1);
    }

    private static double[] relative(double[] points, double[] centre) {
        double[] relative = new double[points.length];
        for (int i = 0; i < points.length; i++) {
            relative[i] = points[i] - centre[i % 2];
        }
        return relative;
    }

    /** The matrix for positions as they are, from one for centred positions. */
    double[] uncentred(double[] m, GeometryModel model) {
        return switch (model) {
            case HOMOGRAPHY ->
                Matrix3.multiply(
                        Matrix3.translation(centre1[0], centre1[1]),
                        Matrix3.multiply(m, Matrix3.translation(-centre0[0], -centre0[1])));
            case FUNDAMENTAL ->
                Matrix3.multiply(
                        Matrix3.transpose(Matrix3.translation(-centre1[0], -centre1[1])),
                        Matrix3.multiply(m, Matrix3.translation(-centre0[0], -centre0[1])));
            case ESSENTIAL -> m; // in rays, which the centred cameras have taken care of
        };
    }
}
