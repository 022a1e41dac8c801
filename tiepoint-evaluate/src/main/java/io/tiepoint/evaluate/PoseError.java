package io.tiepoint.evaluate;

import io.tiepoint.core.geometry.Pose;
import io.tiepoint.core.geometry.Vector3;

/**
 * How far an estimated motion is from the true one; infinite without an estimate.
 *
 * @param rotationDeg angle of the rotation between the two
 * @param translationDeg angle between the directions of the translations, or of the opposite one if that is smaller, since the
 *     length is not known and the sign often not either
 */
public record PoseError(double rotationDeg, double translationDeg) {
    /** Nothing was estimated. */
    public static final PoseError NONE = new PoseError(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);

    /**
     * Compares two motions.
     *
     * @see <a href="https://arxiv.org/abs/1911.11763">Sarlin et al., SuperGlue, 2020; compute_pose_error of its code</a>
     */
    public static PoseError of(Pose estimated, Pose truth) {
        Vector3 t = truth.translation();
        Vector3 direction = estimated.translation();
        double norms = t.norm() * direction.norm();
        double translation = 0;
        if (norms > 0) {
            double angle = Math.toDegrees(Math.atan2(t.cross(direction).norm(), t.dot(direction)));
            translation = Math.min(angle, 180 - angle);
        }
        return new PoseError(Math.toDegrees(estimated.angleTo(truth)), translation);
    }

    /** The larger of the two, which recall curves are made of. */
    public double maxDeg() {
        return Math.max(rotationDeg, translationDeg);
    }
}
