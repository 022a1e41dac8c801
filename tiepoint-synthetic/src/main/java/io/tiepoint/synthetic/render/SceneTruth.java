package io.tiepoint.synthetic.render;

import io.tiepoint.core.check.Check;
import io.tiepoint.core.geometry.PixelPoint;
import io.tiepoint.core.geometry.Pose;
import io.tiepoint.core.geometry.Vector3;
import io.tiepoint.core.truth.PointTruth;
import io.tiepoint.core.truth.Reason;
import io.tiepoint.core.truth.TwoViewTruth;

/**
 * Two views of a scene, with the triangles themselves as truth: the sight line of a point is cut with the triangles that are seen
 * about it, so that nothing is interpolated. What is narrower than half a pixel may be missed. Occlusion is always checked. A
 * point is {@link Reason#NEAR_BOUNDARY} if within a pixel, in either view, something else is seen that does not meet its surface
 * there and would lie more than a pixel elsewhere in the other view.
 */
public final class SceneTruth implements TwoViewTruth {
    /** Samples within a pixel of a point. */
    private static final int REACH = Visibility.DENSITY;

    /** Two surfaces that meet so near are one that is bent; px. */
    private static final double MEET_PX = 1.5;

    /** A difference that matters; px. */
    private static final double MATTERS_PX = 1;

    /** Relative; rounding of depths. */
    private static final double SAME_DEPTH = 1e-6;

    private final Visibility view0;
    private final Visibility view1;
    private final Pose cam1FromCam0;
    private final Pose cam0FromCam1;

    /** Compares two views of one scene. */
    public SceneTruth(Visibility view0, Visibility view1) {
        Check.that(view0.scene() == view1.scene(), "views: expected two of one scene, found two scenes");
        this.view0 = view0;
        this.view1 = view1;
        cam1FromCam0 = view1.camFromWorld().compose(view0.camFromWorld().inverse());
        cam0FromCam1 = cam1FromCam0.inverse();
    }

    @Override
    public PointTruth locate(double x0, double y0) {
        if (!view0.camera().size().contains(x0, y0)) {
            return PointTruth.nowhere(Reason.NO_DEPTH);
        }
        Sight here = new Sight(view0, x0, y0);
        if (here.triangle < 0) {
            return PointTruth.nowhere(here.isAlone() ? Reason.SKY : Reason.NEAR_BOUNDARY);
        }
        Vector3 in1 = cam1FromCam0.map(view0.camera().ray(x0, y0).times(1 / here.inverseDepth));
        if (in1.z() < Visibility.NEAR) {
            return PointTruth.nowhere(Reason.BEHIND_CAMERA);
        }
        PixelPoint point1 = view1.camera().project(in1);
        return new PointTruth(reason(here, in1.z(), point1), point1.x(), point1.y());
    }

    private Reason reason(Sight here, double depth1, PixelPoint point1) {
        boolean atEdge0 = here.isAtEdge(cam1FromCam0, view1);
        if (!view1.camera().size().contains(point1.x(), point1.y())) {
            return atEdge0 ? Reason.NEAR_BOUNDARY : Reason.OUT_OF_FRAME;
        }
        Sight there = new Sight(view1, point1.x(), point1.y());
        boolean same = there.triangle == here.triangle
                || (Math.abs(there.inverseDepth * depth1 - 1) <= SAME_DEPTH && there.triangle >= 0);
        if (same) {
            return atEdge0 || there.isAtEdge(cam0FromCam1, view0) ? Reason.NEAR_BOUNDARY : Reason.VISIBLE;
        }
        boolean hidden = there.inverseDepth * depth1 > 1;
        // Seen a pixel aside, or before what is seen, as only something narrower than the samples can be.
        return atEdge0 || !hidden || there.sees(here.triangle, depth1) ? Reason.NEAR_BOUNDARY : Reason.OCCLUDED;
    }

    @Override
    public TwoViewTruth reversed() {
        return new SceneTruth(view1, view0);
    }

    /** What is seen at a position and about it. */
    private static final class Sight {
        private final Visibility view;
        private final double x;
        private final double y;
        private final int[] about;
        private int aboutCount;
        private boolean sky;
        /** Nearest triangle on the sight line; -1 for the sky. */
        private int triangle = Scanlines.NOTHING;

        private double inverseDepth;
        private Visibility.@org.jspecify.annotations.Nullable PlaneInView plane;

        Sight(Visibility view, double x, double y) {
            this.view = view;
            this.x = x;
            this.y = y;
            double i = x * Visibility.DENSITY;
            double j = y * Visibility.DENSITY;
            int left = Math.max((int) Math.ceil(i - REACH), 0);
            int right = Math.min((int) Math.floor(i + REACH), view.columns() - 1);
            int top = Math.max((int) Math.ceil(j - REACH), 0);
            int bottom = Math.min((int) Math.floor(j + REACH), view.rows() - 1);
            about = new int[(2 * REACH + 1) * (2 * REACH + 1)];
            for (int row = top; row <= bottom; row++) {
                for (int column = left; column <= right; column++) {
                    add(view.triangle(column, row));
                }
            }
            for (int k = 0; k < aboutCount; k++) {
                Visibility.PlaneInView candidate = view.inverseDepth(about[k]);
                double inverse = candidate.at(x, y);
                if (inverse > inverseDepth && contains(about[k])) {
                    inverseDepth = inverse;
                    triangle = about[k];
                    plane = candidate;
                }
            }
        }

        private void add(int candidate) {
            if (candidate < 0) {
                sky = true;
                return;
            }
            for (int k = 0; k < aboutCount; k++) {
                if (about[k] == candidate) {
                    return;
                }
            }
            about[aboutCount++] = candidate;
        }

        /** Whether the sight line goes through a triangle: it turns about its three sides in the same way. */
        private boolean contains(int candidate) {
            Vector3 ray = view.camera().ray(x, y);
            Vector3 a = corner(candidate, 0);
            Vector3 b = corner(candidate, 1);
            Vector3 c = corner(candidate, 2);
            double ab = ray.dot(a.cross(b));
            double bc = ray.dot(b.cross(c));
            double ca = ray.dot(c.cross(a));
            return (ab >= 0 && bc >= 0 && ca >= 0) || (ab <= 0 && bc <= 0 && ca <= 0);
        }

        private Vector3 corner(int candidate, int corner) {
            return view.camFromWorld()
                    .map(view.scene().mesh().position(view.scene().mesh().corner(candidate, corner)));
        }

        /** Whether there is nothing but sky about. */
        boolean isAlone() {
            return aboutCount == 0;
        }

        /** Whether a surface is seen about here: the triangle itself, or one that continues it. */
        boolean sees(int wanted, double depth) {
            for (int k = 0; k < aboutCount; k++) {
                if (about[k] == wanted || Math.abs(view.inverseDepth(about[k]).at(x, y) * depth - 1) <= 1e-3) {
                    return true;
                }
            }
            return false;
        }

        boolean isAtEdge(Pose otherFromThis, Visibility other) {
            Visibility.PlaneInView here = plane;
            if (here == null || sky) {
                return true;
            }
            for (int k = 0; k < aboutCount; k++) {
                if (about[k] != triangle) {
                    Visibility.PlaneInView next = view.inverseDepth(about[k]);
                    double gap = Math.abs(next.at(x, y) - inverseDepth);
                    double closing = Math.abs(next.x() - here.x()) + Math.abs(next.y() - here.y());
                    // Two planes meet in the image where their inverse depths are equal.
                    if (gap > MEET_PX * closing && moves(next.at(x, y), otherFromThis, other)) {
                        return true;
                    }
                }
            }
            return false;
        }

        /** Whether the point would be elsewhere in the other view if it had another depth. */
        private boolean moves(double otherInverse, Pose otherFromThis, Visibility other) {
            Vector3 ray = view.camera().ray(x, y);
            if (!(otherInverse > 0)) {
                return true;
            }
            Vector3 point = otherFromThis.map(ray.times(1 / inverseDepth));
            Vector3 instead = otherFromThis.map(ray.times(1 / otherInverse));
            if (point.z() < Visibility.NEAR || instead.z() < Visibility.NEAR) {
                return true;
            }
            return other.camera().project(point).distanceTo(other.camera().project(instead)) > MATTERS_PX;
        }
    }
}
