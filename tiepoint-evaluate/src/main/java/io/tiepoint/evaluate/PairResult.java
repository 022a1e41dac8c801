package io.tiepoint.evaluate;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;

/**
 * How one method did on one pair.
 *
 * @param pair name of the pair
 * @param scene what it shows
 * @param band how hard it is
 * @param keypoints0 number found in view 0
 * @param keypoints1 number found in view 1
 * @param matches number found
 * @param inliers number that agrees with the estimated homography
 * @param repeatability one-to-one
 * @param repeatabilityManyToOne as published for SuperPoint
 * @param precision share of the matches whose symmetric transfer error is below the threshold
 * @param recall share of the keypoint pairs that truly match which were found
 * @param cornerErrorPx of the estimated homography; infinite if there is none, {@code null} in JSON
 * @param times wall-clock
 */
public record PairResult(
        String pair,
        String scene,
        String band,
        int keypoints0,
        int keypoints1,
        int matches,
        int inliers,
        double repeatability,
        double repeatabilityManyToOne,
        PerThreshold<Double> precision,
        double recall,

        @JsonSerialize(using = InfiniteAsNull.Writer.class) @JsonDeserialize(using = InfiniteAsNull.Reader.class)
        double cornerErrorPx,

        StageTimes times) {
    /** Whether a homography was estimated at all, right or wrong. */
    public boolean hasEstimate() {
        return Double.isFinite(cornerErrorPx);
    }
}
