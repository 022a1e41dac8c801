package io.tiepoint.evaluate;

import io.tiepoint.core.random.Seed;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Everything that an evaluation of corner detectors found, with how it was found. All but the times and the machine is the same
 * in every run.
 *
 * @param format always {@link #FORMAT}
 * @param complete whether every image was evaluated; not if it was stopped
 * @param seed of the images and the intervals
 * @param options what was asked for
 * @param definitions of the figures
 * @param machine that measured the times
 * @param results of each detector on each kind of images
 */
public record DetectorReport(
        String format,
        boolean complete,
        long seed,
        Map<String, String> options,
        Map<String, String> definitions,
        Machine machine,
        List<DetectorResult> results) {
    /** The only format so far. */
    public static final String FORMAT = "tiepoint-detector-evaluation/1";

    /**
     * Makes the report.
     *
     * @param options what was asked for
     * @param seed of the evaluation
     * @param complete whether every image was evaluated
     */
    public static DetectorReport of(
            List<DetectorResult> results, Map<String, String> options, Seed seed, boolean complete) {
        return new DetectorReport(
                FORMAT,
                complete,
                seed.value(),
                new TreeMap<>(options),
                DEFINITIONS,
                Machine.current(),
                List.copyOf(results));
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
    public static DetectorReport read(Path file) throws IOException {
        DetectorReport report = ReportJson.read(file, DetectorReport.class);
        ReportJson.checkFormat(file, FORMAT, report.format);
        return report;
    }

    /** The report as plain text: for each kind of images the detectors, then each primitive alone. */
    public String toText() {
        StringBuilder text = new StringBuilder();
        int width = Math.max(
                8, results.stream().mapToInt(r -> r.detector().length()).max().orElse(0));
        List<String> kinds =
                results.stream().map(DetectorResult::data).distinct().toList();
        for (String kind : kinds) {
            List<DetectorResult> ofKind =
                    results.stream().filter(r -> r.data().equals(kind)).toList();
            append(text, kind, ofKind, width);
        }
        if (!complete) {
            text.append("Stopped early: these are the images that were done.\n\n");
        }
        text.append(LEGEND);
        options.forEach(
                (name, value) -> text.append(name).append(": ").append(value).append("\n"));
        return text.toString();
    }

    private static void append(StringBuilder text, String kind, List<DetectorResult> results, int width) {
        List<DetectorSummary> first = results.get(0).summaries();
        text.append(String.format(
                Locale.ROOT, "%s, %d images\n", kind, results.get(0).images()));
        text.append(String.format(Locale.ROOT, "%-" + width + "s", "detector"));
        for (DetectorSummary summary : first) {
            String px = String.format(Locale.ROOT, "%.0f", summary.distancePx());
            text.append(
                    String.format(Locale.ROOT, " %13s %8s %15s", "mAP@" + px, "pooled@" + px, "error@" + px + " px"));
        }
        text.append(String.format(Locale.ROOT, " %7s\n", "ms"));
        for (DetectorResult result : results) {
            text.append(String.format(Locale.ROOT, "%-" + width + "s", result.detector()));
            for (DetectorSummary summary : result.summaries()) {
                text.append(String.format(
                        Locale.ROOT,
                        " %13s %8.3f %15s",
                        withInterval(summary.meanAveragePrecision()),
                        summary.pooledAveragePrecision(),
                        summary.localisationErrorPx() == null ? "-" : withInterval(summary.localisationErrorPx())));
            }
            text.append(String.format(Locale.ROOT, " %7.2f\n", result.medianMs()));
        }
        text.append("\n");
        appendPrimitives(text, results, width);
    }

    private static String withInterval(Estimate estimate) {
        return String.format(Locale.ROOT, "%.3f ±%.3f", estimate.value(), estimate.halfWidth());
    }

    /** Average precision at the larger distance; for a primitive without corners, the number of detections in an image. */
    private static void appendPrimitives(StringBuilder text, List<DetectorResult> results, int width) {
        int last = results.get(0).summaries().size() - 1;
        DetectorSummary first = results.get(0).summaries().get(last);
        text.append(String.format(Locale.ROOT, "%-" + width + "s", "AP@" + (int) first.distancePx()));
        for (DetectorSummary.Primitive primitive : first.primitives()) {
            text.append(String.format(Locale.ROOT, " %" + columnWidth(primitive) + "s", primitive.name()));
        }
        text.append("\n");
        for (DetectorResult result : results) {
            text.append(String.format(Locale.ROOT, "%-" + width + "s", result.detector()));
            for (DetectorSummary.Primitive primitive :
                    result.summaries().get(last).primitives()) {
                Double precision = primitive.averagePrecision();
                String shown = precision == null
                        ? String.format(Locale.ROOT, "(%.1f)", primitive.detectionsPerImage())
                        : String.format(Locale.ROOT, "%.3f", precision);
                text.append(String.format(Locale.ROOT, " %" + columnWidth(primitive) + "s", shown));
            }
            text.append("\n");
        }
        text.append("\n");
    }

    private static int columnWidth(DetectorSummary.Primitive primitive) {
        return Math.max(7, primitive.name().length());
    }

    private static final String LEGEND = """
            mAP@k: mean over the primitives that have corners of the average precision, a detection being right within k px of
            a corner that no better one has taken. pooled@k: average precision over all images together, those without corners
            too. error@k: mean distance of the right detections to their corners. ± half the 95 % bootstrap interval.
            In brackets: detections in an image of a primitive without corners. ms: median of an image.

            """;

    private static final Map<String, String> DEFINITIONS = new TreeMap<>(Map.of(
            "averagePrecision",
            "detections of all images of a primitive by falling score; right if a corner that no better detection of the image"
                    + " has taken is within distancePx (the nearest such); area under the monotone precision-recall curve,"
                    + " equal scores taken together; null without corners",
            "meanAveragePrecision",
            "mean over the primitives that have corners",
            "pooledAveragePrecision",
            "averagePrecision over the images of all primitives together, those without corners too",
            "localisationErrorPx",
            "mean distance of the right detections to their corners",
            "interval",
            "95 % percentile bootstrap over images",
            "pixelFrame",
            "CORNER: the centre of the first pixel is (0.5, 0.5); corners are exact, not rounded to pixels"));
}
