package io.tiepoint.app.synth;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What the pairs of a data set never show, and which parameter of its recipe would show it. */
final class GeometryGaps {
    /** Fewer pairs than this between two edges are a gap. */
    private static final double FEW = 0.02;
    /** Less than this, in per cent of the diagonal, is what rounding leaves of a plane. */
    private static final double PLANE = 0.01;

    private static final String SCENES = "scenes";

    private final Map<String, List<Double>> values;
    private final boolean scenes;
    private final List<String> gaps = new ArrayList<>();

    private GeometryGaps(Map<String, List<Double>> values, boolean scenes) {
        this.values = values;
        this.scenes = scenes;
    }

    /**
     * Looks for gaps.
     *
     * @param kind of the data set, as its manifest says
     */
    static List<String> of(Map<String, List<Double>> values, String kind) {
        GeometryGaps found = new GeometryGaps(values, kind.equals(SCENES));
        found.find();
        return found.gaps;
    }

    private void find() {
        between(
                Figures.ROTATION,
                new double[] {-180, -90, -30, 30, 90, 180},
                scenes ? "change.maxRollRad" : "views.homography.maxRotationRad, shares.similarity");
        between(
                Figures.SCALE,
                new double[] {-1.4, -0.7, 0, 0.7, 1.4},
                scenes ? "change.scale" : "views.homography.scale, similarityScale");
        between(
                Figures.OVERLAP,
                new double[] {0.1, 0.4, 0.7, 1.01},
                scenes ? "change.overlap" : "views.homography.minOverlap, views.homography.translation");
        if (scenes) {
            between(Figures.PARALLAX, new double[] {0, 0.5, 2, 5, 20}, "change.parallaxRad, scenes.kinds");
            between(Figures.BASELINE, new double[] {0, 0.05, 0.2, 0.6, 2}, "change.parallaxRad");
            between(
                    Figures.VIEW_ANGLE,
                    new double[] {0, 10, 30, 180},
                    "change.parallaxRad, change.maxRollRad, change.maxAimRad");
            between(
                    Figures.OCCLUSION,
                    new double[] {0, 0.02, 0.1, 1.01},
                    "change.parallaxRad, scenes.kinds.street, scenes.kinds.interior");
            between(
                    Figures.SKY,
                    new double[] {0, 0.05, 0.3, 1.01},
                    "scenes.kinds.street and landmark (with sky), scenes.kinds.interior (without)");
            between(Figures.HOLES, new double[] {0, 0.01, 0.15, 1.01}, "the strengths of --holes");
        } else {
            never(Figures.PARALLAX, PLANE, "every pair shows one plane, so that a matcher may rely on it");
            never(Figures.OCCLUSION, 0, "nothing hides anything, so that no point is unmatched for that reason");
        }
    }

    private void between(String figure, double[] edges, String parameter) {
        List<Double> found = values.get(figure);
        if (found == null) {
            return;
        }
        for (int i = 0; i + 1 < edges.length; i++) {
            double share = SetReport.covered(found, edges[i], edges[i + 1]);
            if (share < FEW) {
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

    private void never(String figure, double most, String consequence) {
        List<Double> found = values.get(figure);
        if (found != null && found.stream().allMatch(value -> value <= most)) {
            gaps.add(figure + ": " + consequence + "; given by: pairs of tiepoint synth scenes");
        }
    }
}
