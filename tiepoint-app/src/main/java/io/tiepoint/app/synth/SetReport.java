package io.tiepoint.app.synth;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tiepoint.core.image.ImageSize;
import io.tiepoint.interop.dataset.DataSample;
import io.tiepoint.interop.dataset.DataSetReader;
import io.tiepoint.synthetic.images.PhotoFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Measures a data set, compares it with photographs, and says what it lacks and which parameter of the recipe would give it. */
public final class SetReport {
    private static final int BINS = 24;
    private static final double TAIL = 0.05;
    /** Less of the photographs than this within the data's middle nine tenths is a gap. */
    private static final double ENOUGH = 0.7;

    /** For each figure of an image the parameters that raise it. */
    private static final Map<String, String> RAISED_BY = Map.of(
            "brightness", "meanTone of images, or brightness of photometric changes",
            "contrast", "contrast of photometric changes",
            "gradient", "more density and texturedShare of images, less lensBlurPx and defocus",
            "gradient kurtosis", "less texturedShare of images, less noise",
            "spectrum slope", "more noise, less lensBlurPx and defocus");

    private static final Map<String, String> LOWERED_BY = Map.of(
            "brightness", "meanTone of images, or brightness of photometric changes",
            "contrast", "contrast of photometric changes",
            "gradient", "less density and texturedShare of images, more lensBlurPx and defocus",
            "gradient kurtosis", "more texturedShare of images, more noise",
            "spectrum slope", "less noise, more lensBlurPx and defocus");

    private final SetStatistics set = new SetStatistics();
    private final SetStatistics photos = new SetStatistics();
    private final List<String> gaps = new ArrayList<>();
    private final String name;

    private SetReport(String name) {
        this.name = name;
    }

    /**
     * Measures.
     *
     * @param against folder of photographs to compare with
     * @param limit at most so many samples, and photographs
     */
    public static SetReport of(Path dataSet, @Nullable Path against, int limit) throws IOException {
        DataSetReader reader = DataSetReader.open(dataSet);
        SetReport report = new SetReport(String.valueOf(dataSet.getFileName()));
        ImageSize size = new ImageSize(640, 480);
        for (Iterator<DataSample> samples = reader.samples().limit(limit).iterator(); samples.hasNext(); ) {
            DataSample sample = samples.next();
            report.set.add(sample);
            for (String extension : sample.extensions()) {
                size = extension.endsWith("png") || extension.endsWith("jpg")
                        ? sample.image(extension).size()
                        : size;
            }
        }
        if (report.set.samples() == 0) {
            throw new IOException(dataSet + ": expected finished shards, found none; let the generation finish one");
        }
        if (against != null) {
            PhotoFolder folder = new PhotoFolder(against, size);
            for (int i = 0; i < Math.min(folder.count(), limit); i++) {
                report.photos.add(ImageStatistics.of(folder.image(i)));
            }
            report.compare();
        }
        report.geometry();
        return report;
    }

    /** What is missing, in sentences. */
    public List<String> gaps() {
        return List.copyOf(gaps);
    }

    private static double quantile(List<Double> values, double share) {
        List<Double> sorted = values.stream().sorted().toList();
        return sorted.get((int) Math.min(share * sorted.size(), sorted.size() - 1));
    }

    private void compare() {
        photos.values().forEach((figure, wanted) -> {
            List<Double> found = set.values().getOrDefault(figure, List.of(0.0));
            double low = quantile(found, TAIL);
            double high = quantile(found, 1 - TAIL);
            double within = covered(wanted, low, high);
            if (within < ENOUGH) {
                boolean hasLess = quantile(wanted, TAIL) < low;
                boolean hasMore = quantile(wanted, 1 - TAIL) > high;
                String direction =
                        hasLess && hasMore ? "a wider range: widen " : hasMore ? "more: raise by " : "less: lower by ";
                gaps.add(String.format(
                        Locale.ROOT,
                        "%s: %.0f %% of the photographs lie within the data's range of %.3g to %.3g; photographs have %s%s",
                        figure,
                        100 * within,
                        low,
                        high,
                        direction,
                        hasLess && !hasMore
                                ? LOWERED_BY.getOrDefault(figure, "the recipe")
                                : RAISED_BY.getOrDefault(figure, "the recipe")));
            }
        });
    }

    private static double covered(List<Double> values, double low, double high) {
        return values.stream().filter(value -> value >= low && value <= high).count() / (double) values.size();
    }

    /** Pairs: which turns, scales and overlaps never come. */
    private void geometry() {
        empty(
                "rotation (degrees)",
                new double[] {-180, -90, -30, 30, 90, 180},
                "homography.maxRotationRad, shares.similarity");
        empty("scale (log2)", new double[] {-1.4, -0.7, 0, 0.7, 1.4}, "homography.scale, similarityScale");
        empty("overlap", new double[] {0.1, 0.4, 0.7, 1.01}, "homography.minOverlap, homography.translation");
    }

    private void empty(String figure, double[] edges, String parameter) {
        List<Double> found = set.values().get(figure);
        if (found == null) {
            return;
        }
        for (int i = 0; i + 1 < edges.length; i++) {
            double share = covered(found, edges[i], edges[i + 1]);
            if (share < 0.02) {
                gaps.add(String.format(
                        Locale.ROOT,
                        "%s: %.1f %% of the pairs lie between %.4g and %.4g; given by: %s",
                        figure,
                        100 * share,
                        edges[i],
                        edges[i + 1],
                        parameter));
            }
        }
    }

    /** All figures. */
    public ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("format", "tiepoint-dataset-report/1").put("dataSet", name).put("samples", set.samples());
        ObjectNode figures = json.putObject("figures");
        set.values().forEach((figure, values) -> {
            ObjectNode node = figures.putObject(figure);
            describe(node.putObject("dataSet"), values);
            List<Double> wanted = photos.values().get(figure);
            if (wanted != null) {
                describe(node.putObject("photographs"), wanted);
            }
        });
        ObjectNode counts = json.putObject("counts");
        set.counts().forEach((figure, kinds) -> kinds.forEach(counts.putObject(figure)::put));
        ArrayNode missing = json.putArray("gaps");
        gaps.forEach(missing::add);
        return json;
    }

    private static void describe(ObjectNode node, List<Double> values) {
        node.put("count", values.size());
        for (double share : new double[] {0.05, 0.25, 0.5, 0.75, 0.95}) {
            node.put(String.format(Locale.ROOT, "q%02.0f", 100 * share), quantile(values, share));
        }
    }

    /** A page with plots, whole in itself. */
    public String toHtml() {
        StringBuilder html = new StringBuilder("<!DOCTYPE html><html lang=\"en\"><meta charset=\"utf-8\"><title>")
                .append(escaped(name))
                .append("</title><style>body{font:15px sans-serif;max-width:60em;margin:2em auto;padding:0 1em}")
                .append("figure{display:inline-block;margin:0.5em}figcaption{font-size:90%}</style><h1>")
                .append(escaped(name))
                .append("</h1><p>")
                .append(set.samples())
                .append(
                        " samples measured. Blue: the data set. Orange: the photographs.</p><h2>What is missing</h2><ul>");
        gaps.forEach(gap -> html.append("<li>").append(escaped(gap)).append("</li>"));
        html.append(gaps.isEmpty() ? "<li>nothing that this report looks for</li>" : "")
                .append("</ul><h2>Figures</h2>");
        set.values()
                .forEach((figure, values) ->
                        html.append(histogram(figure, values, photos.values().getOrDefault(figure, List.of()))));
        html.append("<h2>Counts</h2>");
        set.counts().forEach((figure, kinds) -> {
            html.append("<h3>").append(escaped(figure)).append("</h3><table>");
            kinds.forEach((kind, count) -> html.append("<tr><td>")
                    .append(escaped(kind))
                    .append("</td><td style=\"text-align:right\">")
                    .append(count)
                    .append("</td></tr>"));
            html.append("</table>");
        });
        return html.append("</html>\n").toString();
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private static String histogram(String figure, List<Double> values, List<Double> wanted) {
        List<Double> all = new ArrayList<>(values);
        all.addAll(wanted);
        double low = quantile(all, 0.005);
        double high = Math.max(quantile(all, 0.995), low + 1e-9);
        return "<figure><svg width=\"280\" height=\"120\" viewBox=\"0 0 280 120\">"
                + bars(values, low, high, "#3070c0")
                + (wanted.isEmpty() ? "" : bars(wanted, low, high, "#e08020"))
                + String.format(
                        Locale.ROOT,
                        "<text x=\"5\" y=\"118\" font-size=\"11\">%.3g</text>"
                                + "<text x=\"275\" y=\"118\" font-size=\"11\" text-anchor=\"end\">%.3g</text>",
                        low,
                        high)
                + "</svg><figcaption>" + escaped(figure) + "</figcaption></figure>";
    }

    private static String bars(List<Double> values, double low, double high, String color) {
        int[] bins = new int[BINS];
        for (double value : values) {
            int bin = (int) ((value - low) / (high - low) * BINS);
            bins[Math.min(Math.max(bin, 0), BINS - 1)]++;
        }
        int most = 1;
        for (int bin : bins) {
            most = Math.max(most, bin);
        }
        StringBuilder bars = new StringBuilder();
        for (int i = 0; i < BINS; i++) {
            double height = 95.0 * bins[i] / most;
            bars.append(String.format(
                    Locale.ROOT,
                    "<rect x=\"%.1f\" y=\"%.1f\" width=\"10\" height=\"%.1f\" fill=\"%s\" fill-opacity=\"0.55\"/>",
                    5 + i * 270.0 / BINS,
                    102 - height,
                    height,
                    color));
        }
        return bars.toString();
    }
}
