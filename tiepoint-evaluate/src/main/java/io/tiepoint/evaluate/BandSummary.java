package io.tiepoint.evaluate;

import io.tiepoint.core.random.Seed;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * How one method did on the pairs of one band: means over pairs, except where it says otherwise.
 *
 * @param band its name, or {@link #ALL}
 * @param pairs number of pairs
 * @param keypoints of one view
 * @param matches found
 * @param inliers that agree with the estimated homography
 * @param withoutEstimate number of pairs without any homography
 * @param repeatability one-to-one at 3 px
 * @param repeatabilityManyToOne as published for SuperPoint, at 3 px
 * @param precision share of the matches whose symmetric transfer error is below the threshold
 * @param recall share of the keypoint pairs that truly match which were found
 * @param auc area under the recall curve of the corner error
 * @param medianTimes medians over pairs
 */
public record BandSummary(
        String band,
        int pairs,
        double keypoints,
        double matches,
        double inliers,
        int withoutEstimate,
        Estimate repeatability,
        double repeatabilityManyToOne,
        PerThreshold<Estimate> precision,
        Estimate recall,
        PerThreshold<Estimate> auc,
        StageTimes medianTimes) {
    /** The band that holds every pair. */
    public static final String ALL = "all";

    /**
     * Summarises pairs.
     *
     * @param resamples of the bootstrap
     * @param seed of the bootstrap; the same one for every method
     */
    public static BandSummary of(String band, List<PairResult> pairs, int resamples, Seed seed) {
        Bootstrap bootstrap =
                new Bootstrap(pairs.stream().map(PairResult::scene).toList(), resamples, seed);
        double[] cornerErrors = values(pairs, PairResult::cornerErrorPx);
        return new BandSummary(
                band,
                pairs.size(),
                mean(pairs, pair -> (pair.keypoints0() + pair.keypoints1()) / 2.0),
                mean(pairs, PairResult::matches),
                mean(pairs, PairResult::inliers),
                (int) pairs.stream().filter(pair -> !pair.hasEstimate()).count(),
                meanEstimate(bootstrap, values(pairs, PairResult::repeatability)),
                mean(pairs, PairResult::repeatabilityManyToOne),
                PerThreshold.of(px -> meanEstimate(
                        bootstrap, values(pairs, pair -> pair.precision().at(px)))),
                meanEstimate(bootstrap, values(pairs, PairResult::recall)),
                PerThreshold.of(px -> bootstrap.estimate(items -> auc(cornerErrors, items, px))),
                new StageTimes(
                        median(values(pairs, pair -> pair.times().extractionMs())),
                        median(values(pairs, pair -> pair.times().matchingMs())),
                        median(values(pairs, pair -> pair.times().verificationMs())),
                        median(values(pairs, pair -> pair.times().totalMs()))));
    }

    static double[] values(List<PairResult> pairs, ToDoubleFunction<PairResult> value) {
        return pairs.stream().mapToDouble(value).toArray();
    }

    static double auc(double[] cornerErrors, int[] items, double px) {
        double[] drawn = new double[items.length];
        for (int i = 0; i < items.length; i++) {
            drawn[i] = cornerErrors[items[i]];
        }
        return RecallCurve.of(drawn).areaUnder(px);
    }

    static double mean(double[] values, int[] items) {
        double sum = 0;
        for (int item : items) {
            sum += values[item];
        }
        return sum / Math.max(items.length, 1);
    }

    private static Estimate meanEstimate(Bootstrap bootstrap, double[] values) {
        return bootstrap.estimate(items -> mean(values, items));
    }

    private static double mean(List<PairResult> pairs, ToDoubleFunction<PairResult> value) {
        return pairs.stream().mapToDouble(value).sum() / Math.max(pairs.size(), 1);
    }

    static double median(double[] values) {
        if (values.length == 0) {
            return 0;
        }
        Arrays.sort(values);
        return (values[(values.length - 1) / 2] + values[values.length / 2]) / 2;
    }
}
