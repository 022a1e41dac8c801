package io.tiepoint.evaluate;

import io.tiepoint.core.check.Check;
import java.util.Arrays;

/**
 * The share of pairs whose error is below a threshold, as a function of the threshold: from (0, 0) through (i-th smallest
 * error, i / n), straight in between.
 *
 * @see <a href="https://arxiv.org/abs/1911.11763">Sarlin et al., SuperGlue, 2020; pose_auc of its reference code</a>
 */
public final class RecallCurve {
    private final double[] errors;

    private RecallCurve(double[] errors) {
        this.errors = errors;
    }

    /**
     * Sorts errors into a curve.
     *
     * @param errors [N] one for each pair, any order; infinite where nothing could be estimated
     */
    public static RecallCurve of(double[] errors) {
        double[] sorted = errors.clone();
        Arrays.sort(sorted);
        if (sorted.length > 0) {
            double last = sorted[sorted.length - 1]; // NaN sorts last
            Check.that(sorted[0] >= 0 && !Double.isNaN(last), "errors: expected >= 0, found %s to %s", sorted[0], last);
        }
        return new RecallCurve(sorted);
    }

    /** Area under the curve from 0 to a threshold, exactly, divided by the threshold: in [0, 1], 0 without any pair. */
    public double areaUnder(double threshold) {
        Check.that(threshold > 0, "threshold: expected > 0, found %s", threshold);
        double area = 0;
        double fromError = 0;
        double fromRecall = 0;
        for (int i = 0; i < errors.length && errors[i] < threshold; i++) {
            double recall = (i + 1.0) / errors.length;
            area += (errors[i] - fromError) * (fromRecall + recall) / 2;
            fromError = errors[i];
            fromRecall = recall;
        }
        return (area + (threshold - fromError) * fromRecall) / threshold;
    }
}
