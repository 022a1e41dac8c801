package io.tiepoint.evaluate;

import io.tiepoint.core.check.Check;
import io.tiepoint.core.random.Seed;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Everything that an evaluation found, with how it was found. All but the times and the machine is the same in every run.
 *
 * @param format always {@link #FORMAT}
 * @param complete whether every pair was evaluated; not if it was stopped
 * @param seed of the pairs, the estimator and the intervals
 * @param pairCount number of pairs
 * @param options what was asked for: data, keypoints, estimator, threads, model files
 * @param definitions of the figures
 * @param machine that measured the times
 * @param methods results of each
 * @param comparisons of the first method with each other one, for each band
 */
public record EvaluationReport(
        String format,
        boolean complete,
        long seed,
        int pairCount,
        Map<String, String> options,
        Map<String, String> definitions,
        Machine machine,
        List<MethodReport> methods,
        List<Comparison> comparisons) {
    /** The only format so far. */
    public static final String FORMAT = "tiepoint-evaluation/1";

    /** Number of times that the scenes are drawn for an interval. */
    static final int RESAMPLES = 1000;

    /**
     * One method's part of the report.
     *
     * @param method its name
     * @param bands summaries; the last one is over all pairs if there is more than one
     * @param pairs results of each pair
     */
    public record MethodReport(String method, List<BandSummary> bands, List<PairResult> pairs) {}

    /**
     * Summarises results.
     *
     * @param results of each method on the same pairs
     * @param options what was asked for
     * @param seed of the evaluation
     * @param complete whether every pair was evaluated
     */
    public static EvaluationReport of(
            List<MethodResults> results, Map<String, String> options, Seed seed, boolean complete) {
        Check.that(!results.isEmpty(), "results: expected those of at least one method, found none");
        Seed bootstrapSeed = seed.child("bootstrap");
        MethodResults first = results.get(0);
        List<String> bands = bands(first);
        List<MethodReport> methods = new ArrayList<>();
        List<Comparison> comparisons = new ArrayList<>();
        for (MethodResults method : results) {
            List<BandSummary> summaries = new ArrayList<>();
            for (String band : bands) {
                summaries.add(BandSummary.of(band, method.inBand(band), RESAMPLES, bootstrapSeed));
                if (!method.method().equals(first.method())) {
                    comparisons.add(Comparison.of(first, method, band, RESAMPLES, bootstrapSeed));
                }
            }
            methods.add(new MethodReport(method.method(), summaries, method.pairs()));
        }
        return new EvaluationReport(
                FORMAT,
                complete,
                seed.value(),
                first.pairs().size(),
                new TreeMap<>(options),
                DEFINITIONS,
                Machine.current(),
                methods,
                comparisons);
    }

    /** The bands in the order of their first pair. */
    private static List<String> bands(MethodResults method) {
        Set<String> bands = new LinkedHashSet<>();
        for (PairResult pair : method.pairs()) {
            bands.add(pair.band());
        }
        if (bands.size() > 1) {
            bands.add(BandSummary.ALL);
        }
        return List.copyOf(bands);
    }

    /** The report as JSON. */
    public String toJson() {
        return ReportJson.write(this);
    }

    /**
     * Reads a report that {@link #toJson} wrote.
     *
     * @throws IOException naming the file, if it is missing, no JSON, or another format; unknown keys are refused
     */
    public static EvaluationReport read(Path file) throws IOException {
        EvaluationReport report = ReportJson.read(file, EvaluationReport.class);
        ReportJson.checkFormat(file, FORMAT, report.format);
        return report;
    }

    private static final Map<String, String> DEFINITIONS = new TreeMap<>(Map.of(
            "repeatability",
            "2 P / (N0 + N1): P one-to-one pairs of keypoints within 3 px of each other in both views, closest first; N0 and"
                    + " N1 keypoints in the region that both views show",
            "repeatabilityManyToOne",
            "(C0 + C1) / (N0 + N1): keypoints with any other one within 3 px, as published for SuperPoint",
            "precision",
            "share of the matches whose symmetric transfer error (mean of both directions) is below 1, 3, 5 px; a match of a"
                    + " point that the other view does not show is wrong, one of which nothing is known does not count; 0"
                    + " without any match; mean over pairs",
            "recall",
            "share of the mutually nearest keypoint pairs within 3 px that the matcher found; mean over pairs",
            "cornerErrorPx",
            "mean distance in view 1 of the corners (0, 0), (W, 0), (W, H), (0, H) of view 0 under the estimated and the true"
                    + " homography; null without an estimate",
            "auc",
            "area under the share of pairs with a corner error below t, from 0 to 1, 3, 5 px, by the trapezoidal rule from"
                    + " (0, 0), divided by the threshold; without an estimate the error is infinite",
            "interval",
            "95 % percentile bootstrap, " + RESAMPLES + " draws of scenes with all their pairs",
            "times",
            "wall-clock ms: extraction of both views, matching, robust estimation; median over pairs, warm-up excluded;"
                    + " no decoding, no drawing; both views in turn or at once, whatever is faster for the method",
            "pixelFrame",
            "CORNER: the centre of the first pixel is (0.5, 0.5)"));
}
