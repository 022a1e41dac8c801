package io.tiepoint.evaluate;

import io.tiepoint.core.random.Seed;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * How one method did on all pairs of views of scenes: means over pairs, except where it says otherwise.
 *
 * @param method its name
 * @param keypoints of one view
 * @param matches found
 * @param judged those of them whose truth is known
 * @param inliers that agree with the estimated essential matrix
 * @param withoutEstimate number of pairs without any pose
 * @param precision share of the judged matches whose symmetric transfer error is below the threshold
 * @param auc area under the recall curve of the larger of rotation and translation error
 * @param medianTimes medians over pairs
 * @param pairs results of each
 */
public record PoseSummary(
        String method,
        double keypoints,
        double matches,
        double judged,
        double inliers,
        int withoutEstimate,
        PerThreshold<Estimate> precision,
        PerAngle<Estimate> auc,
        StageTimes medianTimes,
        List<PoseResult> pairs) {
    private static final int RESAMPLES = 1000;

    /**
     * Summarises.
     *
     * @param seed of the bootstrap
     */
    static PoseSummary of(String method, List<PoseResult> pairs, Seed seed) {
        Bootstrap bootstrap =
                new Bootstrap(pairs.stream().map(PoseResult::scene).toList(), RESAMPLES, seed);
        double[] errors = values(pairs, PoseResult::errorDeg);
        return new PoseSummary(
                method,
                mean(pairs, pair -> (pair.keypoints0() + pair.keypoints1()) / 2.0),
                mean(pairs, PoseResult::matches),
                mean(pairs, PoseResult::judged),
                mean(pairs, PoseResult::inliers),
                (int) pairs.stream()
                        .filter(pair -> Double.isInfinite(pair.errorDeg()))
                        .count(),
                PerThreshold.of(px -> {
                    double[] shares = values(pairs, pair -> pair.precision().at(px));
                    return bootstrap.estimate(items -> BandSummary.mean(shares, items));
                }),
                PerAngle.of(deg -> bootstrap.estimate(items -> BandSummary.auc(errors, items, deg))),
                new StageTimes(
                        BandSummary.median(values(pairs, pair -> pair.times().extractionMs())),
                        BandSummary.median(values(pairs, pair -> pair.times().matchingMs())),
                        BandSummary.median(values(pairs, pair -> pair.times().verificationMs())),
                        BandSummary.median(values(pairs, pair -> pair.times().totalMs()))),
                List.copyOf(pairs));
    }

    private static double[] values(List<PoseResult> pairs, ToDoubleFunction<PoseResult> value) {
        return pairs.stream().mapToDouble(value).toArray();
    }

    private static double mean(List<PoseResult> pairs, ToDoubleFunction<PoseResult> value) {
        return pairs.stream().mapToDouble(value).sum() / Math.max(pairs.size(), 1);
    }
}
