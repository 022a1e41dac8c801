package io.tiepoint.app.synth;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What the images of a data set lack that photographs have, and which parameters of its recipe would give it. */
final class ImageGaps {
    private static final double TAIL = 0.05;
    /** Less of the photographs than this within the data's middle nine tenths is a gap. */
    private static final double ENOUGH = 0.7;

    private ImageGaps() {}

    /**
     * Parameters of a recipe.
     *
     * @param names of all that change a figure
     * @param more what raises it
     * @param less what lowers it
     */
    private record Remedy(String names, String more, String less) {
        /** Parameters whose ranges are moved. */
        static Remedy both(String names) {
            return new Remedy(names, names, names);
        }

        /** Parameters that raise a figure where there is more of them, and such that lower it; there may be none of either. */
        static Remedy of(String raising, String lowering) {
            if (raising.isEmpty()) {
                return new Remedy(lowering, "less " + lowering, "more " + lowering);
            }
            return new Remedy(
                    raising + ", " + lowering,
                    "more " + raising + ", less " + lowering,
                    "less " + raising + ", more " + lowering);
        }
    }

    /**
     * Compares the figures of images.
     *
     * @param kind of the data set, as its manifest says
     */
    static List<String> of(Map<String, List<Double>> found, Map<String, List<Double>> photographs, String kind) {
        Map<String, Remedy> remedies = remedies(kind);
        List<String> gaps = new ArrayList<>();
        photographs.forEach((figure, wanted) -> {
            List<Double> values = found.getOrDefault(figure, List.of(0.0));
            double low = SetReport.quantile(values, TAIL);
            double high = SetReport.quantile(values, 1 - TAIL);
            double within = SetReport.covered(wanted, low, high);
            if (within < ENOUGH) {
                boolean hasLess = SetReport.quantile(wanted, TAIL) < low;
                boolean hasMore = SetReport.quantile(wanted, 1 - TAIL) > high;
                Remedy remedy = remedies.getOrDefault(figure, Remedy.both("the recipe"));
                String change = hasLess && hasMore
                        ? "a wider range: widen " + remedy.names
                        : hasMore ? "more: raised by " + remedy.more : "less: lowered by " + remedy.less;
                gaps.add(String.format(
                        Locale.ROOT,
                        "%s: %.0f %% of the photographs lie within the data's range of %.3g to %.3g; photographs have %s",
                        figure,
                        100 * within,
                        low,
                        high,
                        change));
            }
        });
        return gaps;
    }

    private static Map<String, Remedy> remedies(String kind) {
        return switch (kind) {
            case "scenes" ->
                Map.of(
                        "brightness", Remedy.both(ofViews("", "brightness")),
                        "contrast", Remedy.both(ofViews("", "contrast")),
                        "gradient", Remedy.of("", ofViews("", "defocus")),
                        "gradient kurtosis", Remedy.of("", ofViews("", "noise")),
                        "spectrum slope", Remedy.of(ofViews("", "noise"), ofViews("", "defocus")));
            case "shapes" ->
                Map.of(
                        "brightness", Remedy.both("photometric.brightness"),
                        "contrast", Remedy.both("photometric.contrast"),
                        "gradient", Remedy.of("minContrast", "smoothing and photometric.motionBlur"),
                        "gradient kurtosis", Remedy.of("", "photometric.noise"),
                        "spectrum slope", Remedy.of("photometric.noise", "smoothing"));
            case "pairs" ->
                Map.of(
                        "brightness", Remedy.both("meanTone of images, " + ofViews("views.", "brightness")),
                        "contrast", Remedy.both("shadowShare of images, " + ofViews("views.", "contrast")),
                        "gradient",
                                Remedy.of(
                                        "density and texturedShare of images",
                                        "lensBlurPx of images and " + ofViews("views.", "defocus")),
                        "gradient kurtosis", Remedy.of("", "texturedShare of images and " + ofViews("views.", "noise")),
                        "spectrum slope",
                                Remedy.of(
                                        ofViews("views.", "noise"),
                                        "lensBlurPx of images and " + ofViews("views.", "defocus")));
            default ->
                Map.of(
                        "brightness", Remedy.both("meanTone"),
                        "contrast", Remedy.both("shadowShare"),
                        "gradient", Remedy.of("density and texturedShare", "lensBlurPx"),
                        "gradient kurtosis", Remedy.of("", "texturedShare and noise"),
                        "spectrum slope", Remedy.of("noise", "lensBlurPx"));
        };
    }

    private static String ofViews(String path, String parameter) {
        return path + "photometric0." + parameter + " and " + path + "photometric1." + parameter;
    }
}
