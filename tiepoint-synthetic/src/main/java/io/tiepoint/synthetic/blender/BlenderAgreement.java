package io.tiepoint.synthetic.blender;

import io.tiepoint.core.check.Check;
import io.tiepoint.core.geometry.Camera;
import io.tiepoint.core.geometry.PixelPoint;
import io.tiepoint.core.geometry.Pose;
import io.tiepoint.core.geometry.Vector3;
import io.tiepoint.synthetic.render.Visibility;
import io.tiepoint.synthetic.scenes.Mesh;
import java.util.Locale;

/**
 * How well Blender saw what the exact geometry says. A pixel is at a silhouette if within half a pixel of its centre there is the
 * sky, or a surface whose depth, continued to the centre, differs by more than {@link #DEPTH}; there rounding decides what is seen.
 *
 * @param pixels number of pixels
 * @param silhouettes those at silhouettes
 * @param wrongAtSilhouettes of those, the ones whose depth differs by more than {@link #DEPTH}
 * @param wrong of all others, the ones whose depth differs by more than {@link #DEPTH}, or that show the sky on one side only
 * @param wrongObjects of all others, the ones that show another object at a depth that is right
 * @param worstDepth largest relative difference of depth, of those that are not wrong
 * @param worstPositionPx where a pixel's surface lies by Blender, seen through our camera: the farthest from the pixel's centre, px
 * @param worstNormalRad largest angle between the normals, of those that are not wrong
 */
public record BlenderAgreement(
        int pixels,
        int silhouettes,
        int wrongAtSilhouettes,
        int wrong,
        int wrongObjects,
        double worstDepth,
        double worstPositionPx,
        double worstNormalRad) {
    /** Depths that differ by more are wrong, relative. */
    public static final double DEPTH = 1e-3;

    /** Positions that differ by more are wrong, px. */
    public static final double POSITION_PX = 0.05;

    /** Surfaces in one place, such as a poster right on its wall, are seen in an order that rounding decides. */
    private static final double MOST_WRONG = 1e-3;

    /** Compares a view. */
    public static BlenderAgreement of(Visibility exact, BlenderPasses passes) {
        Check.that(
                exact.camera().size().equals(passes.size()),
                "passes: expected %s px, found %s",
                exact.camera().size(),
                passes.size());
        return new Comparison(exact, passes).run();
    }

    /** Whether Blender saw the same: depth within {@link #DEPTH}, positions within {@link #POSITION_PX}. */
    public boolean isGood() {
        return wrong <= MOST_WRONG * pixels && worstPositionPx <= POSITION_PX;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%d of %d pixels with another depth (%d of %d at silhouettes), %d with another object; else depth within %.1e,"
                        + " positions within %.4f px, normals within %.1e rad",
                wrong,
                pixels - silhouettes,
                wrongAtSilhouettes,
                silhouettes,
                wrongObjects,
                worstDepth,
                worstPositionPx,
                worstNormalRad);
    }

    /** One comparison at work. */
    private static final class Comparison {
        private final Visibility exact;
        private final BlenderPasses passes;
        private final Camera camera;
        private final Pose camFromWorld;
        private final Mesh mesh;
        private int silhouettes;
        private int wrongAtSilhouettes;
        private int wrong;
        private int wrongObjects;
        private double worstDepth;
        private double worstPositionPx;
        private double worstNormalRad;

        Comparison(Visibility exact, BlenderPasses passes) {
            this.exact = exact;
            this.passes = passes;
            camera = exact.camera();
            camFromWorld = exact.camFromWorld();
            mesh = exact.scene().mesh();
        }

        BlenderAgreement run() {
            int width = camera.size().width();
            int height = camera.size().height();
            for (int row = 0; row < height; row++) {
                for (int column = 0; column < width; column++) {
                    pixel(column, row);
                }
            }
            return new BlenderAgreement(
                    width * height,
                    silhouettes,
                    wrongAtSilhouettes,
                    wrong,
                    wrongObjects,
                    worstDepth,
                    worstPositionPx,
                    worstNormalRad);
        }

        private void pixel(int column, int row) {
            double depth = exact.depth(column, row);
            double found = passes.depth().at(column, row);
            boolean sky = Double.isInfinite(depth);
            boolean same = isSame(depth, found);
            boolean atSilhouette = isAtSilhouette(column, row, depth);
            silhouettes += atSilhouette ? 1 : 0;
            if (!same) {
                wrongAtSilhouettes += atSilhouette ? 1 : 0;
                wrong += atSilhouette ? 0 : 1;
            }
            if (!sky && !Double.isInfinite(found)) {
                position(column, row);
            }
            if (same && !atSilhouette && !sky) {
                worstDepth = Math.max(worstDepth, Math.abs(found / depth - 1));
                surface(column, row);
            }
        }

        private static boolean isSame(double depth, double found) {
            if (Double.isInfinite(depth) || Double.isInfinite(found)) {
                return depth == found;
            }
            return Math.abs(found / depth - 1) <= DEPTH;
        }

        private void position(int column, int row) {
            Vector3 inCamera = camFromWorld.map(vector(passes.positions(), column, row));
            PixelPoint seen = inCamera.z() > 0
                    ? camera.project(inCamera)
                    : new PixelPoint(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);
            double distance = seen.distanceTo(new PixelPoint(column + 0.5, row + 0.5));
            worstPositionPx = Math.max(worstPositionPx, distance);
        }

        private void surface(int column, int row) {
            int triangle = exact.triangle(2 * column + 1, 2 * row + 1);
            int id = passes.objectIds()[row * camera.size().width() + column];
            if (id != mesh.object(triangle)) {
                wrongObjects++;
                return;
            }
            Vector3 normal = mesh.faceNormal(triangle);
            Vector3 found = vector(passes.normals(), column, row);
            // From the length of what is between them: the arc cosine is blunt where they nearly agree.
            double chord = Math.min(found.distanceTo(normal), found.distanceTo(normal.times(-1)));
            worstNormalRad = Math.max(worstNormalRad, chord);
        }

        private Vector3 vector(float[] values, int column, int row) {
            int i = 3 * (row * camera.size().width() + column);
            return new Vector3(values[i], values[i + 1], values[i + 2]);
        }

        private boolean isAtSilhouette(int column, int row, double depth) {
            Vector3 ray = camera.ray(column + 0.5, row + 0.5);
            int centre = exact.triangle(2 * column + 1, 2 * row + 1);
            for (int k = 0; k < 9; k++) {
                int triangle = exact.triangle(2 * column + k % 3, 2 * row + k / 3);
                if (triangle != centre && (triangle < 0 || centre < 0 || !continues(triangle, ray, depth))) {
                    return true;
                }
            }
            return false;
        }

        /** Whether a triangle's plane has a depth in a direction. */
        private boolean continues(int triangle, Vector3 ray, double depth) {
            Vector3 corner = camFromWorld.map(mesh.position(mesh.corner(triangle, 0)));
            Vector3 normal = camFromWorld.rotate(mesh.faceNormal(triangle));
            return Math.abs(normal.dot(corner) / normal.dot(ray) / depth - 1) <= DEPTH;
        }
    }
}
