package io.tiepoint.evaluate;

import io.tiepoint.core.random.Seed;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Everything that an evaluation on real scenes found, with how it was found. All but the times and the machine is the same in every
 * run.
 *
 * @param format always {@link #FORMAT}
 * @param complete whether every pair was evaluated; not if it was stopped
 * @param seed of the choice of pairs, the estimator and the intervals
 * @param options what was asked for
 * @param definitions of the figures
 * @param machine that measured the times
 * @param methods results of each
 */
public record PoseReport(
        String format,
        boolean complete,
        long seed,
        Map<String, String> options,
        Map<String, String> definitions,
        Machine machine,
        List<PoseSummary> methods) {
    /** The only format so far. */
    public static final String FORMAT = "tiepoint-pose-evaluation/1";

    /**
     * Makes the report.
     *
     * @param options what was asked for
     * @param seed of the evaluation
     * @param complete whether every pair was evaluated
     */
    public static PoseReport of(List<PoseSummary> methods, Map<String, String> options, Seed seed, boolean complete) {
        return new PoseReport(
                FORMAT,
                complete,
                seed.value(),
                new TreeMap<>(options),
                DEFINITIONS,
                Machine.current(),
                List.copyOf(methods));
    }

    /** The report as JSON. */
    public String toJson() {
        return ReportJson.write(this);
    }

    /**
     * Reads a report that {@link #toJson} wrote.
     *
     * @throws IOException naming the file, if it is missing, no JSON, or another format
     */
    public static PoseReport read(Path file) throws IOException {
        PoseReport report = ReportJson.read(file, PoseReport.class);
        ReportJson.checkFormat(file, FORMAT, report.format);
        return report;
    }

    /** The report as plain text: a line for each method. */
    public String toText() {
        StringBuilder text = new StringBuilder();
        int width = Math.max(
                6, methods.stream().mapToInt(m -> m.method().length()).max().orElse(0));
        int pairs = methods.isEmpty() ? 0 : methods.get(0).pairs().size();
        text.append(pairs == 1 ? "1 pair\n" : pairs + " pairs\n");
        text.append(String.format(
                Locale.ROOT,
                "%-" + width + "s %7s %7s %11s %11s %11s %11s %11s %11s %6s  %s\n",
                "method",
                "matches",
                "judged",
                "P@1",
                "P@3",
                "P@5",
                "AUC@5",
                "AUC@10",
                "AUC@20",
                "failed",
                "ms = extract + match + verify"));
        for (PoseSummary method : methods) {
            StageTimes times = method.medianTimes();
            text.append(String.format(
                    Locale.ROOT,
                    "%-" + width + "s %7.1f %7.1f %11s %11s %11s %11s %11s %11s %6d  %.1f = %.1f + %.1f + %.1f\n",
                    method.method(),
                    method.matches(),
                    method.judged(),
                    percent(method.precision().at1Px()),
                    percent(method.precision().at3Px()),
                    percent(method.precision().at5Px()),
                    percent(method.auc().at5Deg()),
                    percent(method.auc().at10Deg()),
                    percent(method.auc().at20Deg()),
                    method.withoutEstimate(),
                    times.totalMs(),
                    times.extractionMs(),
                    times.matchingMs(),
                    times.verificationMs()));
        }
        text.append("\n");
        if (!complete) {
            text.append("Stopped early: these are the pairs that were done.\n\n");
        }
        text.append(LEGEND);
        options.forEach(
                (name, value) -> text.append(name).append(": ").append(value).append("\n"));
        return text.toString();
    }

    private static String percent(Estimate estimate) {
        return String.format(Locale.ROOT, "%.1f ±%.1f", 100 * estimate.value(), 100 * estimate.halfWidth());
    }

    private static final String LEGEND = """
            judged: matches whose truth the depth maps know. P@k: share of those that are right within k px. AUC@k: area under
            the recall curve of the pose error, the larger of the angles of rotation and translation, up to k degrees. In per
            cent, ± half the 95 % bootstrap interval. failed: pairs without a pose. ms: median of both extractions, matching
            and robust estimation.

            """;

    private static final Map<String, String> DEFINITIONS = new TreeMap<>(Map.of(
            "precision",
            "share of the judged matches whose symmetric transfer error (mean of both directions, by the depth maps) is below"
                    + " 1, 3, 5 px of the views; a match of a point that the other view does not show is wrong, one of which"
                    + " nothing is known (a hole, the sky, a depth edge) is not judged; 0 without any; mean over pairs",
            "rotationErrorDeg",
            "angle of the rotation between the estimated and the true relative pose; null without an estimate",
            "translationErrorDeg",
            "angle between the directions of the translations, at most 90 degrees as their sign does not count",
            "auc",
            "area under the share of pairs with max(rotation, translation) error below t, from 0 to 5, 10, 20 degrees, by the"
                    + " trapezoidal rule from (0, 0), divided by the threshold; without an estimate the error is infinite",
            "interval",
            "95 % percentile bootstrap, 1000 draws of scenes with all their pairs",
            "times",
            "wall-clock ms: extraction of both views, matching, robust estimation; median over pairs, warm-up excluded",
            "pixelFrame",
            "CORNER: the centre of the first pixel is (0.5, 0.5)"));
}
