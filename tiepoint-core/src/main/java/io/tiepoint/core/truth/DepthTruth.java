package io.tiepoint.core.truth;

import io.tiepoint.core.check.Check;
import io.tiepoint.core.geometry.PixelPoint;
import io.tiepoint.core.geometry.Pose;
import io.tiepoint.core.geometry.Vector3;
import io.tiepoint.core.image.DepthMap;

/**
 * Two views of a rigid scene of which depth maps are known, perhaps with holes. Between the pixels' centres the inverse depth is
 * interpolated, which is exact on planes as far as the lens has no distortion. Occlusion is always checked.
 *
 * @param view0 view 0
 * @param view1 view 1
 * @param tolerance relative difference of depths from which one thing hides another or two pixels see different things
 */
public record DepthTruth(DepthView view0, DepthView view1, double tolerance) implements TwoViewTruth {
    /** For depth that was computed from the scene itself. */
    public static final double EXACT = 0.01;

    /** For depth from multi-view stereo, as SuperGlue's authors take it on MegaDepth. */
    public static final double MULTI_VIEW_STEREO = 0.1;

    /** Checks that the tolerance is one. */
    public DepthTruth {
        Check.that(tolerance > 0 && tolerance < 1, "tolerance: expected in (0, 1), found %s", tolerance);
    }

    @Override
    public PointTruth locate(double x0, double y0) {
        if (!view0.camera().size().contains(x0, y0)) {
            return PointTruth.nowhere(Reason.NO_DEPTH);
        }
        Sounding here = new Sounding(view0.depth(), x0, y0, tolerance);
        if (here.reason != Reason.VISIBLE) {
            return PointTruth.nowhere(here.reason);
        }
        Vector3 ray = view0.camera().ray(x0, y0);
        if (Double.isNaN(ray.x())) {
            return PointTruth.nowhere(Reason.NO_DEPTH); // the lens shows nothing here
        }
        Pose cam1FromCam0 = view1.camFromWorld().compose(view0.camFromWorld().inverse());
        Vector3 in1 = cam1FromCam0.map(ray.times(1 / here.inverse));
        if (in1.z() <= 0) {
            return PointTruth.nowhere(Reason.BEHIND_CAMERA);
        }
        PixelPoint point1 = view1.camera().project(in1);
        Reason reason = view1.camera().size().contains(point1.x(), point1.y())
                ? seenFrom1(point1, in1.z())
                : Reason.OUT_OF_FRAME;
        return new PointTruth(reason, point1.x(), point1.y());
    }

    private Reason seenFrom1(PixelPoint point1, double depth1) {
        Sounding there = new Sounding(view1.depth(), point1.x(), point1.y(), tolerance);
        if (there.reason == Reason.NO_DEPTH) {
            return Reason.NO_DEPTH;
        }
        if (there.farthest > 0 && depth1 > there.farthest * (1 + tolerance)) {
            return Reason.OCCLUDED;
        }
        // Where the sky or something farther is seen instead, the two maps disagree, as they do at silhouettes.
        boolean agrees = there.reason == Reason.VISIBLE && depth1 * there.inverse > 1 - tolerance;
        if (!agrees) {
            return Reason.NEAR_BOUNDARY;
        }
        return depth1 * there.inverse < 1 + tolerance ? Reason.VISIBLE : Reason.OCCLUDED;
    }

    @Override
    public TwoViewTruth reversed() {
        return new DepthTruth(view1, view0, tolerance);
    }

    /** The depth at a position, from the four pixels about it. */
    private static final class Sounding {
        private final DepthMap map;
        private final double tolerance;
        /** {@link Reason#VISIBLE} if there is a depth. */
        private Reason reason = Reason.VISIBLE;

        private double inverse;
        /** Farthest of the four pixels; 0 if one of them is a hole or the sky. */
        private double farthest;

        Sounding(DepthMap map, double x, double y, double tolerance) {
            this.map = map;
            this.tolerance = tolerance;
            // Beyond the outermost centres the plane goes on.
            int column = Math.min(Math.max((int) Math.floor(x - 0.5), 0), Math.max(map.width() - 2, 0));
            int row = Math.min(Math.max((int) Math.floor(y - 0.5), 0), Math.max(map.height() - 2, 0));
            double right = map.width() > 1 ? x - 0.5 - column : 0;
            double below = map.height() > 1 ? y - 0.5 - row : 0;
            int nextColumn = right != 0 ? column + 1 : column;
            int nextRow = below != 0 ? row + 1 : row;
            int nearestColumn = right < 0.5 ? column : nextColumn;
            int nearestRow = below < 0.5 ? row : nextRow;
            if (map.isHole(nearestColumn, nearestRow)) {
                reason = Reason.NO_DEPTH;
                return;
            }
            if (map.isSky(nearestColumn, nearestRow)) {
                reason = Reason.SKY;
                return;
            }
            double a = inverse(column, row);
            double b = inverse(nextColumn, row);
            double c = inverse(column, nextRow);
            double d = inverse(nextColumn, nextRow);
            if (!(a > 0 && b > 0 && c > 0 && d > 0)) {
                boolean hole = Double.isNaN(a) || Double.isNaN(b) || Double.isNaN(c) || Double.isNaN(d);
                reason = hole ? Reason.NO_DEPTH : Reason.NEAR_BOUNDARY;
                return;
            }
            farthest = 1 / Math.min(Math.min(a, b), Math.min(c, d));
            boolean edge = (right != 0 && (isEdge(column, row, 1, 0) || isEdge(column, nextRow, 1, 0)))
                    || (below != 0 && (isEdge(column, row, 0, 1) || isEdge(nextColumn, row, 0, 1)));
            if (edge) {
                reason = Reason.NEAR_BOUNDARY;
            }
            double top = a + right * (b - a);
            double bottom = c + right * (d - c);
            inverse = top + below * (bottom - top);
        }

        /** 0 in the sky, NaN in a hole and outside. */
        private double inverse(int column, int row) {
            if (column < 0 || row < 0 || column >= map.width() || row >= map.height() || map.isHole(column, row)) {
                return Double.NaN;
            }
            return 1 / (double) map.at(column, row);
        }

        /** Whether the step between two neighbours is larger than the slope on either side of it explains. */
        private boolean isEdge(int column, int row, int dx, int dy) {
            double here = inverse(column, row);
            double next = inverse(column + dx, row + dy);
            double step = next - here;
            double limit = tolerance * Math.max(here, next);
            if (Math.abs(step) <= limit) {
                return false;
            }
            double stepBefore = here - inverse(column - dx, row - dy);
            double stepAfter = inverse(column + 2 * dx, row + 2 * dy) - next;
            return !(Math.abs(step - stepBefore) <= limit) && !(Math.abs(step - stepAfter) <= limit);
        }
    }
}
