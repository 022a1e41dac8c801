package io.tiepoint.synthetic.render;

import io.tiepoint.core.geometry.Camera;
import io.tiepoint.core.geometry.Pose;
import io.tiepoint.core.geometry.Vector3;
import io.tiepoint.synthetic.scenes.Mesh;
import io.tiepoint.synthetic.scenes.Scene;

/**
 * Cuts rays with the triangles of a scene in the world's frame (Moeller and Trumbore, 1997), leaving out runs of triangles whose
 * box the ray does not meet; nothing but that.
 */
final class RayCaster {
    private static final int RUN = 32;
    private static final double MARGIN = 1e-6;

    private final Scene scene;
    /** [runs 6] least x, y, z and most x, y, z of each run of triangles. */
    private final double[] boxes;

    RayCaster(Scene scene) {
        this.scene = scene;
        Mesh mesh = scene.mesh();
        boxes = new double[(mesh.triangles() + RUN - 1) / RUN * 6];
        for (int i = 0; i < boxes.length; i++) {
            boxes[i] = i % 6 < 3 ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
        }
        for (int t = 0; t < mesh.triangles(); t++) {
            int box = t / RUN * 6;
            for (int corner = 0; corner < 3; corner++) {
                for (int axis = 0; axis < 3; axis++) {
                    double value = mesh.positions()[3 * mesh.corner(t, corner) + axis];
                    boxes[box + axis] = Math.min(boxes[box + axis], value - MARGIN);
                    boxes[box + 3 + axis] = Math.max(boxes[box + 3 + axis], value + MARGIN);
                }
            }
        }
    }

    private boolean mayMeet(int box, double[] eye, double[] direction) {
        double near = 0;
        double far = Double.POSITIVE_INFINITY;
        for (int axis = 0; axis < 3; axis++) {
            double low = (boxes[box + axis] - eye[axis]) / direction[axis];
            double high = (boxes[box + 3 + axis] - eye[axis]) / direction[axis];
            near = Math.max(near, Math.min(low, high));
            far = Math.min(far, Math.max(low, high));
        }
        // Not a number if a ray runs within a box's side: then the box is looked into.
        return !(near > far);
    }

    /** Multiple of the direction at which the first triangle is met; infinite if none is. */
    double cast(Vector3 eye, Vector3 direction) {
        double[] from = {eye.x(), eye.y(), eye.z()};
        double[] towards = {direction.x(), direction.y(), direction.z()};
        double nearest = Double.POSITIVE_INFINITY;
        for (int box = 0; box < boxes.length; box += 6) {
            if (mayMeet(box, from, towards)) {
                int first = box / 6 * RUN;
                int end = Math.min(first + RUN, scene.mesh().triangles());
                nearest = Math.min(nearest, cast(eye, direction, first, end));
            }
        }
        return nearest;
    }

    private double cast(Vector3 eye, Vector3 direction, int first, int end) {
        Mesh mesh = scene.mesh();
        double[] p = mesh.positions();
        double nearest = Double.POSITIVE_INFINITY;
        for (int t = first; t < end; t++) {
            int a = 3 * mesh.corner(t, 0);
            int b = 3 * mesh.corner(t, 1);
            int c = 3 * mesh.corner(t, 2);
            double ux = p[b] - p[a];
            double uy = p[b + 1] - p[a + 1];
            double uz = p[b + 2] - p[a + 2];
            double vx = p[c] - p[a];
            double vy = p[c + 1] - p[a + 1];
            double vz = p[c + 2] - p[a + 2];
            double hx = direction.y() * vz - direction.z() * vy;
            double hy = direction.z() * vx - direction.x() * vz;
            double hz = direction.x() * vy - direction.y() * vx;
            double determinant = ux * hx + uy * hy + uz * hz;
            // Positive for a triangle that is seen from its front.
            if (determinant == 0 || (determinant < 0 && !scene.materialOf(t).twoSided())) {
                continue;
            }
            double sx = eye.x() - p[a];
            double sy = eye.y() - p[a + 1];
            double sz = eye.z() - p[a + 2];
            double u = (sx * hx + sy * hy + sz * hz) / determinant;
            double qx = sy * uz - sz * uy;
            double qy = sz * ux - sx * uz;
            double qz = sx * uy - sy * ux;
            double v = (direction.x() * qx + direction.y() * qy + direction.z() * qz) / determinant;
            if (u < 0 || v < 0 || u + v > 1) {
                continue;
            }
            double distance = (vx * qx + vy * qy + vz * qz) / determinant;
            if (distance > 0 && distance < nearest) {
                nearest = distance;
            }
        }
        return nearest;
    }

    /** Depth of what is seen at a position. */
    double depth(Camera camera, Pose camFromWorld, double x, double y) {
        Pose worldFromCam = camFromWorld.inverse();
        return cast(worldFromCam.translation(), worldFromCam.rotate(camera.ray(x, y)));
    }
}
