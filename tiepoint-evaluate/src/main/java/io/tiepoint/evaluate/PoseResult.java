package io.tiepoint.evaluate;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;

/**
 * How one method did on one pair of views of a scene.
 *
 * @param pair name of the pair
 * @param scene what it shows
 * @param keypoints0 number found in view 0
 * @param keypoints1 number found in view 1
 * @param matches number found
 * @param judged number of those whose truth is known
 * @param inliers number that agrees with the estimated essential matrix
 * @param precision share of the judged matches whose symmetric transfer error is below the threshold
 * @param rotationErrorDeg of the estimated pose; infinite if there is none, {@code null} in JSON
 * @param translationErrorDeg likewise
 * @param times wall-clock
 */
public record PoseResult(
        String pair,
        String scene,
        int keypoints0,
        int keypoints1,
        int matches,
        int judged,
        int inliers,
        PerThreshold<Double> precision,

        @JsonSerialize(using = InfiniteAsNull.Writer.class) @JsonDeserialize(using = InfiniteAsNull.Reader.class)
        double rotationErrorDeg,

        @JsonSerialize(using = InfiniteAsNull.Writer.class) @JsonDeserialize(using = InfiniteAsNull.Reader.class)
        double translationErrorDeg,

        StageTimes times) {
    /** The larger of the two errors. */
    double errorDeg() {
        return Math.max(rotationErrorDeg, translationErrorDeg);
    }
}
