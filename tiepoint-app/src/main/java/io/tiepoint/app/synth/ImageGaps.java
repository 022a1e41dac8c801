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
     * @param more what raises a figure
     * @param less what lowers it
     */
    private record Remedy(String more, String less) {
        static Remedy both(String parameters) {
            return new Remedy(parameters, parameters);
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
                        hasLess && !hasMore ? remedy.less : remedy.more));
            }
        });
        return gaps;
    }

    private static Map<String, Remedy> remedies(String kind) {
        return switch (kind) {
            case "scenes" ->
                Map.of(
                        "brightness", Remedy.both("photometric0.brightness, photometric1.brightness"),
                        "contrast", Remedy.both("photometric0.contrast, photometric1.contrast"),
                        "gradient",
                                new Remedy(
                                        "less photometric0.defocus and photometric1.defocus, more scenes.kinds.street",
                                        "more photometric0.defocus and photometric1.defocus"),
                        "gradient kurtosis",
                                new Remedy(
                                        "less photometric0.noise and photometric1.noise",
                                        "more photometric0.noise and photometric1.noise"),
                        "spectrum slope",
                                new Remedy(
                                        "more photometric0.noise, less photometric0.defocus, and likewise of photometric1",
                                        "less photometric0.noise, more photometric0.defocus, and likewise of photometric1"));
            case "shapes" ->
                Map.of(
                        "brightness", Remedy.both("photometric.brightness"),
                        "contrast", Remedy.both("photometric.contrast, minContrast"),
                        "gradient",
                                new Remedy(
                                        "more minContrast, less smoothing and photometric.motionBlur",
                                        "less minContrast, more smoothing and photometric.motionBlur"),
                        "gradient kurtosis", new Remedy("less photometric.noise", "more photometric.noise"),
                        "spectrum slope",
                                new Remedy(
                                        "more photometric.noise, less smoothing",
                                        "less photometric.noise, more smoothing"));
            default ->
                Map.of(
                        "brightness", Remedy.both("meanTone of images" + ofViews(kind, "brightness")),
                        "contrast", Remedy.both("shadowShare of images" + ofViews(kind, "contrast")),
                        "gradient",
                                new Remedy(
                                        "more density and texturedShare of images, less lensBlurPx"
                                                + ofViews(kind, "defocus"),
                                        "less density and texturedShare of images, more lensBlurPx"
                                                + ofViews(kind, "defocus")),
                        "gradient kurtosis",
                                new Remedy(
                                        "less texturedShare of images, less noise" + ofViews(kind, "noise"),
                                        "more texturedShare of images, more noise" + ofViews(kind, "noise")),
                        "spectrum slope",
                                new Remedy(
                                        "more noise, less lensBlurPx of images" + ofViews(kind, "defocus"),
                                        "less noise, more lensBlurPx of images" + ofViews(kind, "defocus")));
        };
    }

    /** Images alone are seen as they are. */
    private static String ofViews(String kind, String parameter) {
        return kind.equals("pairs") ? ", views.photometric0." + parameter + ", views.photometric1." + parameter : "";
    }
}
