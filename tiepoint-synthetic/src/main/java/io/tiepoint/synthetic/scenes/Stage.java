package io.tiepoint.synthetic.scenes;

import io.tiepoint.core.check.Check;
import io.tiepoint.core.geometry.Vector3;
import java.util.List;

/**
 * Where cameras may stand in a scene, and what is worth looking at.
 *
 * @param eyeMin smallest coordinates of a camera, m
 * @param eyeMax largest coordinates of a camera, m
 * @param targets what cameras look at, m
 * @param nearest nothing but the ground may be nearer than this to a camera, m
 */
public record Stage(Vector3 eyeMin, Vector3 eyeMax, List<Vector3> targets, double nearest) {
    /** Checks that there is room and something to see. */
    public Stage {
        Check.that(
                eyeMin.x() <= eyeMax.x() && eyeMin.y() <= eyeMax.y() && eyeMin.z() <= eyeMax.z(),
                "eyes: expected min <= max, found %s to %s",
                eyeMin,
                eyeMax);
        Check.that(!targets.isEmpty(), "targets: expected at least one, found none");
        targets = List.copyOf(targets);
    }

    /** Whether a camera may be at a place, as far as the stage knows. */
    public boolean contains(Vector3 eye) {
        return eye.x() >= eyeMin.x()
                && eye.y() >= eyeMin.y()
                && eye.z() >= eyeMin.z()
                && eye.x() <= eyeMax.x()
                && eye.y() <= eyeMax.y()
                && eye.z() <= eyeMax.z();
    }
}
