package io.tiepoint.evaluate;

import io.tiepoint.core.check.Check;
import io.tiepoint.core.random.Seed;
import java.util.List;

/**
 * By how much one method is better than another one on the same pairs. The interval is that of the difference: both methods
 * are judged on the same drawn scenes, so that what makes a scene hard for both cancels out.
 *
 * @param method name of the one
 * @param baseline name of the other
 * @param band its name, or {@link BandSummary#ALL}
 * @param precision of the method minus that of the baseline
 * @param auc likewise
 */
public record Comparison(
        String method, String baseline, String band, PerThreshold<Estimate> precision, PerThreshold<Estimate> auc) {

    /**
     * Compares.
     *
     * @param baseline on the same pairs in the same order
     * @param band whose pairs count
     * @param resamples of the bootstrap
     */
    public static Comparison of(MethodResults method, MethodResults baseline, String band, int resamples, Seed seed) {
        List<PairResult> pairs = method.inBand(band);
        List<PairResult> basePairs = baseline.inBand(band);
        Check.that(
                pairs.stream()
                        .map(PairResult::pair)
                        .toList()
                        .equals(basePairs.stream().map(PairResult::pair).toList()),
                "pairs: expected the same for %s and %s, found others",
                method.method(),
                baseline.method());
        Bootstrap bootstrap =
                new Bootstrap(pairs.stream().map(PairResult::scene).toList(), resamples, seed);
        double[] errors = BandSummary.values(pairs, PairResult::cornerErrorPx);
        double[] baseErrors = BandSummary.values(basePairs, PairResult::cornerErrorPx);
        return new Comparison(
                method.method(),
                baseline.method(),
                band,
                PerThreshold.of(px -> {
                    double[] values =
                            BandSummary.values(pairs, pair -> pair.precision().at(px));
                    double[] baseValues = BandSummary.values(
                            basePairs, pair -> pair.precision().at(px));
                    return bootstrap.estimate(
                            items -> BandSummary.mean(values, items) - BandSummary.mean(baseValues, items));
                }),
                PerThreshold.of(px -> bootstrap.estimate(
                        items -> BandSummary.auc(errors, items, px) - BandSummary.auc(baseErrors, items, px))));
    }
}
