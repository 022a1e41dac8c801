package io.tiepoint.synthetic.render;

import io.tiepoint.core.geometry.Camera;
import io.tiepoint.core.geometry.Pose;
import io.tiepoint.core.geometry.Vector3;
import io.tiepoint.synthetic.scenes.Mesh;
import io.tiepoint.synthetic.scenes.Scene;

/** Cuts rays with every triangle of a scene in the world's frame (Moeller and Trumbore, 1997): slow, and nothing but that. */
final class RayCaster {
    private final Scene scene;

    RayCaster(Scene scene) {
        this.scene = scene;
    }

    /** Multiple of the direction at which the first triangle is met; infinite if none is. */
    double cast(Vector3 eye, Vector3 direction) {
        Mesh mesh = scene.mesh();
        double[] p = mesh.positions();
        double nearest = Double.POSITIVE_INFINITY;
        for (int t = 0; t < mesh.triangles(); t++) {
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
