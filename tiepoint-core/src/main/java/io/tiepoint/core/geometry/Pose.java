package io.tiepoint.core.geometry;

import io.tiepoint.core.check.Check;
import java.util.Arrays;

/**
 * A rigid motion, {@code x1 = R x0 + t}. Variables are named target first: {@code camFromWorld} maps the world to a camera, as
 * COLMAP and MegaDepth store it.
 */
public final class Pose {
    /** Moves nothing. */
    public static final Pose IDENTITY = new Pose(new double[] {1, 0, 0, 0, 1, 0, 0, 0, 1}, Vector3.ZERO);

    private static final double ORTHONORMAL = 1e-4;

    private final double[] r;
    private final Vector3 t;

    private Pose(double[] r, Vector3 t) {
        this.r = r;
        this.t = t;
    }

    /**
     * Copies a motion.
     *
     * @param rotation [3 3] row-major; orthonormal, right-handed
     * @throws IllegalArgumentException if the matrix is no rotation
     */
    public static Pose of(double[] rotation, Vector3 translation) {
        Check.that(rotation.length == 9, "rotation: expected 9 entries, found %s", rotation.length);
        double[] r = rotation.clone();
        Vector3 row0 = new Vector3(r[0], r[1], r[2]);
        Vector3 row1 = new Vector3(r[3], r[4], r[5]);
        Vector3 row2 = new Vector3(r[6], r[7], r[8]);
        double worst = Math.max(Math.abs(row0.dot(row0) - 1), Math.abs(row1.dot(row1) - 1));
        worst = Math.max(worst, row0.cross(row1).distanceTo(row2));
        Check.that(
                worst < ORTHONORMAL,
                "rotation: expected an orthonormal right-handed matrix, found %s",
                Arrays.toString(rotation));
        return new Pose(r, translation);
    }

    /** The motion of a unit quaternion w + xi + yj + zk, as COLMAP stores it; its length does not matter. */
    public static Pose ofQuaternion(double[] wxyz, Vector3 translation) {
        Check.that(wxyz.length == 4, "quaternion: expected 4 entries, found %s", wxyz.length);
        double norm = Math.sqrt(wxyz[0] * wxyz[0] + wxyz[1] * wxyz[1] + wxyz[2] * wxyz[2] + wxyz[3] * wxyz[3]);
        Check.that(norm > 0 && Double.isFinite(norm), "quaternion: expected a length > 0, found %s", norm);
        double w = wxyz[0] / norm;
        double x = wxyz[1] / norm;
        double y = wxyz[2] / norm;
        double z = wxyz[3] / norm;
        double[] r = {
            1 - 2 * (y * y + z * z),
            2 * (x * y - w * z),
            2 * (x * z + w * y),
            2 * (x * y + w * z),
            1 - 2 * (x * x + z * z),
            2 * (y * z - w * x),
            2 * (x * z - w * y),
            2 * (y * z + w * x),
            1 - 2 * (x * x + y * y)
        };
        return new Pose(r, translation);
    }

    /**
     * A camera somewhere in a world whose z points upwards.
     *
     * @param eye where the camera is
     * @param target what it looks at
     * @param rollRad how far its image turns, x towards y; 0 for an upright one
     * @return camFromWorld
     */
    public static Pose lookAt(Vector3 eye, Vector3 target, double rollRad) {
        Vector3 sight = target.minus(eye);
        Check.that(sight.norm() > 0, "target: expected a point other than the eye, found %s", target);
        Vector3 forward = sight.normalised();
        Vector3 aside = forward.cross(Vector3.UP);
        Vector3 right = aside.norm() > 1e-9 ? aside.normalised() : new Vector3(1, 0, 0);
        Vector3 down = forward.cross(right);
        double cos = StrictMath.cos(rollRad);
        double sin = StrictMath.sin(rollRad);
        Vector3 x = right.times(cos).minus(down.times(sin));
        Vector3 y = right.times(sin).plus(down.times(cos));
        double[] r = {x.x(), x.y(), x.z(), y.x(), y.y(), y.z(), forward.x(), forward.y(), forward.z()};
        return new Pose(r, new Vector3(-x.dot(eye), -y.dot(eye), -forward.dot(eye)));
    }

    /** Moves a point. */
    public Vector3 map(Vector3 point) {
        return rotate(point).plus(t);
    }

    /** Turns a direction. */
    public Vector3 rotate(Vector3 direction) {
        return new Vector3(
                r[0] * direction.x() + r[1] * direction.y() + r[2] * direction.z(),
                r[3] * direction.x() + r[4] * direction.y() + r[5] * direction.z(),
                r[6] * direction.x() + r[7] * direction.y() + r[8] * direction.z());
    }

    /** This motion after another: {@code poseBFromA.compose(poseAFromWorld)} is {@code poseBFromWorld}. */
    public Pose compose(Pose first) {
        double[] p = new double[9];
        for (int row = 0; row < 3; row++) {
            for (int column = 0; column < 3; column++) {
                p[3 * row + column] = r[3 * row] * first.r[column]
                        + r[3 * row + 1] * first.r[3 + column]
                        + r[3 * row + 2] * first.r[6 + column];
            }
        }
        return new Pose(p, map(first.t));
    }

    /** The motion back. */
    public Pose inverse() {
        Pose turned = new Pose(new double[] {r[0], r[3], r[6], r[1], r[4], r[7], r[2], r[5], r[8]}, Vector3.ZERO);
        return new Pose(turned.r, turned.rotate(t).times(-1));
    }

    /** Where the source's origin would have to be to come to rest at 0: of camFromWorld, the camera's place in the world. */
    public Vector3 eye() {
        return inverse().t;
    }

    /** One entry of the rotation. */
    public double rotation(int row, int column) {
        return r[3 * row + column];
    }

    /** [3 3] row-major; a copy. */
    public double[] rotation() {
        return r.clone();
    }

    /** What is added after the rotation. */
    public Vector3 translation() {
        return t;
    }

    /** Angle of the rotation between two poses, from 0 to pi. */
    public double angleTo(Pose other) {
        double trace = 0;
        for (int i = 0; i < 9; i++) {
            trace += r[i] * other.r[i];
        }
        return StrictMath.acos(Math.min(Math.max((trace - 1) / 2, -1), 1));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Pose that && Arrays.equals(r, that.r) && t.equals(that.t);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(r) + t.hashCode();
    }

    @Override
    public String toString() {
        return "Pose[rotation " + Arrays.toString(r) + ", translation " + t + "]";
    }
}
