package io.tiepoint.evaluate;

import java.util.List;
import java.util.Locale;

/** Shows a report as plain text: a table for each band with a line for each method, then the differences. */
public final class EvaluationTable {
    private EvaluationTable() {}

    /** The text, lines ended by a line feed. */
    public static String of(EvaluationReport report) {
        StringBuilder text = new StringBuilder();
        int width = Math.max(
                6,
                report.methods().stream()
                        .mapToInt(m -> m.method().length())
                        .max()
                        .orElse(0));
        List<BandSummary> bands = report.methods().get(0).bands();
        for (int b = 0; b < bands.size(); b++) {
            text.append(String.format(
                    Locale.ROOT,
                    "%s, %s%n",
                    bands.get(b).band(),
                    pairs(bands.get(b).pairs())));
            text.append(header(width));
            for (EvaluationReport.MethodReport method : report.methods()) {
                text.append(row(method.method(), method.bands().get(b), width));
            }
            text.append("\n");
        }
        appendComparisons(text, report);
        if (!report.complete()) {
            text.append("Stopped early: these are the pairs that were done.\n\n");
        }
        text.append(LEGEND);
        report.options()
                .forEach((name, value) ->
                        text.append(name).append(": ").append(value).append("\n"));
        return text.toString().replace(System.lineSeparator(), "\n");
    }

    private static String pairs(int count) {
        return count == 1 ? "1 pair" : count + " pairs";
    }

    private static String header(int width) {
        return String.format(
                Locale.ROOT,
                "%-" + width + "s %6s %7s %11s %11s %11s %11s %11s %11s %6s  %s%n",
                "method",
                "repeat",
                "matches",
                "P@1",
                "P@3",
                "P@5",
                "AUC@1",
                "AUC@3",
                "AUC@5",
                "failed",
                "ms = extract + match + verify");
    }

    private static String row(String method, BandSummary band, int width) {
        StageTimes times = band.medianTimes();
        return String.format(
                Locale.ROOT,
                "%-" + width + "s %6.1f %7.1f %11s %11s %11s %11s %11s %11s %6d  %.1f = %.1f + %.1f + %.1f%n",
                method,
                100 * band.repeatability().value(),
                band.matches(),
                percent(band.precision().at1Px()),
                percent(band.precision().at3Px()),
                percent(band.precision().at5Px()),
                percent(band.auc().at1Px()),
                percent(band.auc().at3Px()),
                percent(band.auc().at5Px()),
                band.withoutEstimate(),
                times.totalMs(),
                times.extractionMs(),
                times.matchingMs(),
                times.verificationMs());
    }

    private static String percent(Estimate estimate) {
        return String.format(Locale.ROOT, "%.1f ±%.1f", 100 * estimate.value(), 100 * estimate.halfWidth());
    }

    private static void appendComparisons(StringBuilder text, EvaluationReport report) {
        if (report.comparisons().isEmpty()) {
            return;
        }
        text.append(report.comparisons().get(0).method()).append(" minus the others, same pairs\n");
        for (Comparison comparison : report.comparisons()) {
            text.append(String.format(
                    Locale.ROOT,
                    "%-12s %-24s P@3 %s   AUC@3 %s%n",
                    comparison.band(),
                    comparison.baseline(),
                    difference(comparison.precision().at3Px()),
                    difference(comparison.auc().at3Px())));
        }
        text.append("\n");
    }

    private static String difference(Estimate estimate) {
        return String.format(
                Locale.ROOT,
                "%+6.1f [%+5.1f, %+5.1f]",
                100 * estimate.value(),
                100 * estimate.low(),
                100 * estimate.high());
    }

    private static final String LEGEND = """
            repeat: one-to-one repeatability at 3 px. P@k: share of the matches that are right within k px. AUC@k: area under
            the recall curve of the corner error up to k px. All in per cent, ± half the 95 % bootstrap interval. failed:
            pairs without a homography. ms: median of both extractions, matching and robust estimation.

            """;
}
