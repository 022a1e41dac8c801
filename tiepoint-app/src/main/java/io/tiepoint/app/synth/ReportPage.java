package io.tiepoint.app.synth;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Shows a report as one HTML file that needs nothing else. */
final class ReportPage {
    private static final int BINS = 24;
    private static final int PLOT_WIDTH = 300;
    private static final int PLOT_HEIGHT = 130;
    private static final int AXIS = 22;
    private static final String SET_COLOR = "#2f6fb7";
    private static final String PHOTO_COLOR = "#d9781e";
    private static final int MOST_DOTS = 1500;

    private static final String STYLE =
            "body{font:15px/1.45 system-ui,sans-serif;color:#222;max-width:66em;margin:2em auto;"
                    + "padding:0 1em}h1{font-size:1.5em}h2{font-size:1.15em;margin-top:2em;border-bottom:1px solid #ddd}"
                    + "figure{display:inline-block;width:300px;margin:.6em .8em .6em 0;vertical-align:top}figcaption{font-size:.85em}"
                    + "figcaption span{color:#666}li{margin:.3em 0}code{background:#f2f2f2;padding:.1em .3em}"
                    + ".key{display:inline-block;width:.8em;height:.8em;margin:0 .3em 0 .8em}"
                    + "table{border-collapse:collapse;font-size:.9em}td{padding:.1em .6em .1em 0}";

    /** Where each figure stands; others come last. */
    private static final Map<String, List<String>> SECTIONS = sections();

    private final String name;
    private final SetStatistics set;
    private final SetStatistics photos;
    private final List<String> gaps;
    private final StringBuilder html = new StringBuilder();

    ReportPage(String name, SetStatistics set, SetStatistics photos, List<String> gaps) {
        this.name = name;
        this.set = set;
        this.photos = photos;
        this.gaps = gaps;
    }

    private static Map<String, List<String>> sections() {
        Map<String, List<String>> sections = new LinkedHashMap<>();
        sections.put(
                "How the views of a pair differ",
                List.of(
                        Figures.OVERLAP,
                        Figures.SCALE,
                        Figures.ROTATION,
                        Figures.PARALLAX,
                        Figures.BASELINE,
                        Figures.VIEW_ANGLE));
        sections.put(
                "What is not matched",
                List.of(
                        Figures.OCCLUSION,
                        Figures.OUT_OF_FRAME,
                        Figures.SKY,
                        Figures.HOLES,
                        Figures.UNKNOWN,
                        "unknown, with holes",
                        Figures.DEPTH_RANGE));
        sections.put("Images", List.of());
        return sections;
    }

    String html() {
        html.append("<!DOCTYPE html><html lang=\"en\"><meta charset=\"utf-8\">")
                .append("<meta name=\"viewport\" content=\"width=device-width\"><title>")
                .append(escaped(name))
                .append("</title><style>")
                .append(STYLE)
                .append("</style><h1>")
                .append(escaped(name))
                .append("</h1><p>")
                .append(set.samples())
                .append(" samples measured.<span class=\"key\" style=\"background:" + SET_COLOR
                        + "\"></span>the data set");
        if (!photos.values().isEmpty()) {
            html.append("<span class=\"key\" style=\"background:" + PHOTO_COLOR + "\"></span>the photographs");
        }
        html.append(". A dashed line is a median. Heights are shares of the samples.</p>");
        appendGaps();
        List<String> left = new ArrayList<>(set.values().keySet());
        SECTIONS.forEach((title, figures) -> {
            List<String> present = new ArrayList<>(figures);
            present.retainAll(set.values().keySet());
            left.removeAll(figures);
            if (title.equals("Images")) {
                present.addAll(left);
            }
            appendSection(title, present);
        });
        set.counts().forEach(this::appendCounts);
        return html.append("</html>\n").toString();
    }

    private void appendGaps() {
        html.append("<h2>What is missing, and what would fill it</h2><ul>");
        for (String gap : gaps) {
            int parameter = gap.lastIndexOf(": ") + 2;
            int end = Math.max(gap.indexOf(": "), 0);
            html.append("<li><b>")
                    .append(escaped(gap.substring(0, end)))
                    .append("</b>")
                    .append(escaped(gap.substring(end, Math.max(parameter, end))));
            html.append("<code>")
                    .append(escaped(gap.substring(Math.max(parameter, end))))
                    .append("</code></li>");
        }
        html.append(gaps.isEmpty() ? "<li>Nothing that this report looks for.</li>" : "")
                .append("</ul>");
    }

    private void appendSection(String title, List<String> figures) {
        if (figures.isEmpty()) {
            return;
        }
        html.append("<h2>").append(title).append("</h2>");
        for (String figure : figures) {
            appendHistogram(
                    figure,
                    set.values().getOrDefault(figure, List.of()),
                    photos.values().getOrDefault(figure, List.of()));
        }
        if (figures.contains(Figures.PARALLAX)) {
            appendDots();
        }
    }

    private void appendHistogram(String figure, List<Double> values, List<Double> wanted) {
        List<Double> all = new ArrayList<>(values);
        all.addAll(wanted);
        double low = SetReport.quantile(all, 0.005);
        double high = SetReport.quantile(all, 0.995);
        if (!(high - low > 1e-9 * Math.max(Math.abs(low), 1))) {
            // One value only.
            low -= 0.5;
            high += 0.5;
        }
        double[] shares = shares(values, low, high);
        double[] wantedShares = shares(wanted, low, high);
        double most = 1e-9;
        for (int i = 0; i < BINS; i++) {
            most = Math.max(most, Math.max(shares[i], wantedShares[i]));
        }
        html.append("<figure>").append(svg(figure));
        appendBars(shares, most, SET_COLOR);
        appendMedian(values, low, high, SET_COLOR);
        if (!wanted.isEmpty()) {
            appendBars(wantedShares, most, PHOTO_COLOR);
            appendMedian(wanted, low, high, PHOTO_COLOR);
        }
        appendAxis(low, high);
        html.append(String.format(
                Locale.ROOT,
                "</svg><figcaption>%s <span>median %.3g, 90 %% from %.3g to %.3g</span></figcaption></figure>",
                escaped(figure),
                SetReport.quantile(values, 0.5),
                SetReport.quantile(values, 0.05),
                SetReport.quantile(values, 0.95)));
    }

    private static String svg(String title) {
        return "<svg role=\"img\" aria-label=\"" + escaped(title) + "\" width=\"" + PLOT_WIDTH + "\" height=\""
                + (PLOT_HEIGHT + AXIS) + "\" viewBox=\"0 0 " + PLOT_WIDTH + " " + (PLOT_HEIGHT + AXIS) + "\">";
    }

    private static double[] shares(List<Double> values, double low, double high) {
        double[] shares = new double[BINS];
        for (double value : values) {
            int bin = (int) ((value - low) / (high - low) * BINS);
            shares[Math.min(Math.max(bin, 0), BINS - 1)] += 1.0 / values.size();
        }
        return shares;
    }

    private void appendBars(double[] shares, double most, String color) {
        double width = PLOT_WIDTH / (double) BINS;
        for (int i = 0; i < BINS; i++) {
            double height = (PLOT_HEIGHT - 8) * shares[i] / most;
            if (height > 0) {
                html.append(String.format(
                        Locale.ROOT,
                        "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"%s\" fill-opacity=\"0.5\"/>",
                        i * width + 0.5,
                        PLOT_HEIGHT - height,
                        width - 1,
                        height,
                        color));
            }
        }
    }

    private void appendMedian(List<Double> values, double low, double high, String color) {
        double x = PLOT_WIDTH * (SetReport.quantile(values, 0.5) - low) / (high - low);
        html.append(String.format(
                Locale.ROOT,
                "<line x1=\"%.1f\" x2=\"%.1f\" y1=\"2\" y2=\"%d\" stroke=\"%s\" stroke-dasharray=\"4 3\"/>",
                x,
                x,
                PLOT_HEIGHT,
                color));
    }

    private void appendAxis(double low, double high) {
        html.append("<line x1=\"0\" x2=\"" + PLOT_WIDTH + "\" y1=\"" + PLOT_HEIGHT + "\" y2=\"" + PLOT_HEIGHT
                + "\" stroke=\"#888\"/>");
        String[] anchors = {"start", "middle", "end"};
        for (int i = 0; i < anchors.length; i++) {
            html.append(String.format(
                    Locale.ROOT,
                    "<text x=\"%d\" y=\"%d\" font-size=\"11\" fill=\"#555\" text-anchor=\"%s\">%s</text>",
                    i * PLOT_WIDTH / 2,
                    PLOT_HEIGHT + 15,
                    anchors[i],
                    rounded(low + i * (high - low) / 2, high - low)));
        }
    }

    /** No more digits than the plot shows. */
    private static String rounded(double value, double range) {
        int digits = (int) Math.min(Math.max(2 - Math.floor(Math.log10(range)), 0), 6);
        String text = String.format(Locale.ROOT, "%." + digits + "f", value);
        return text.contains(".") ? text.replaceAll("0+$", "").replaceAll("\\.$", "") : text;
    }

    /** One dot for each pair: which combinations of overlap and parallax there are. */
    private void appendDots() {
        List<double[]> pairs = set.pairs();
        double highX = 1e-9;
        double highY = 1e-9;
        for (double[] pair : pairs) {
            highX = Math.max(highX, pair[0]);
            highY = Math.max(highY, pair[1]);
        }
        html.append("<figure>").append(svg(Figures.PARALLAX + " over " + Figures.OVERLAP));
        int step = Math.max(pairs.size() / MOST_DOTS, 1);
        for (int i = 0; i < pairs.size(); i += step) {
            html.append(String.format(
                    Locale.ROOT,
                    "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"2.5\" fill=\"%s\" fill-opacity=\"0.5\"/>",
                    PLOT_WIDTH * pairs.get(i)[0] / highX,
                    PLOT_HEIGHT - (PLOT_HEIGHT - 8) * pairs.get(i)[1] / highY,
                    SET_COLOR));
        }
        appendAxis(0, highX);
        html.append(String.format(
                Locale.ROOT,
                "</svg><figcaption>%s, from 0 up to %.3g, over %s <span>one dot a pair</span></figcaption></figure>",
                escaped(Figures.PARALLAX),
                highY,
                escaped(Figures.OVERLAP)));
    }

    private void appendCounts(String figure, Map<String, Long> kinds) {
        long all = kinds.values().stream().mapToLong(Long::longValue).sum();
        long most = kinds.values().stream().mapToLong(Long::longValue).max().orElse(1);
        html.append("<h2>").append(escaped(figure)).append("</h2><table>");
        new TreeMap<>(kinds)
                .forEach((kind, count) -> html.append(String.format(
                        Locale.ROOT,
                        "<tr><td>%s</td><td style=\"text-align:right\">%d</td><td style=\"text-align:right\">%.1f %%</td>"
                                + "<td><svg width=\"240\" height=\"11\"><rect width=\"%.1f\" height=\"11\" fill=\"%s\"/>"
                                + "</svg></td></tr>",
                        escaped(kind.replace('_', ' ')),
                        count,
                        100.0 * count / Math.max(all, 1),
                        240.0 * count / Math.max(most, 1),
                        SET_COLOR)));
        html.append("</table>");
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
