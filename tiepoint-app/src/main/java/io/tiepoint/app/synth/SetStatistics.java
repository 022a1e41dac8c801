package io.tiepoint.app.synth;

import io.tiepoint.core.image.GrayImage;
import io.tiepoint.core.truth.MatchLabel;
import io.tiepoint.core.truth.Reason;
import io.tiepoint.interop.dataset.DataSample;
import io.tiepoint.interop.npy.NpyArray;
import io.tiepoint.synthetic.shapes.CornerLabel.Visibility;
import io.tiepoint.synthetic.shapes.JunctionKind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Distributions of a data set: a list of values, or counts, for each name. */
final class SetStatistics {
    /** Points of a view and the next one, of a pair without number the first two; also as depth with holes says. */
    private static final Pattern POINTS = Pattern.compile("points(-[0-9]+-[0-9]+)?(-holed)?\\.npz");
    /** Fewer matched points say nothing of turn, scale and parallax. */
    private static final int FEWEST_POINTS = 12;

    private final Map<String, List<Double>> values = new LinkedHashMap<>();
    private final Map<String, Map<String, Long>> counts = new LinkedHashMap<>();
    /** Overlap and parallax of each pair that has both. */
    private final List<double[]> pairs = new ArrayList<>();

    private long samples;

    /** The values of each distribution. */
    Map<String, List<Double>> values() {
        return values;
    }

    /** How often each of several kinds comes. */
    Map<String, Map<String, Long>> counts() {
        return counts;
    }

    List<double[]> pairs() {
        return pairs;
    }

    long samples() {
        return samples;
    }

    void add(Map<String, Double> figures) {
        figures.forEach((name, value) ->
                values.computeIfAbsent(name, key -> new ArrayList<>()).add(value));
    }

    /** Adds one sample, of any kind. */
    void add(DataSample sample) throws IOException {
        samples++;
        double diagonal = 0;
        for (String extension : sample.extensions()) {
            if (ImageEncoding.isImage(extension)) {
                GrayImage image = sample.image(extension);
                add(ImageStatistics.of(image));
                diagonal = Math.hypot(image.width(), image.height());
            }
        }
        if (sample.has(ShapeSet.LABELS)) {
            addCorners(sample.arrays(ShapeSet.LABELS));
        }
        boolean hasDepth = sample.has("depth0.npy");
        for (String extension : sample.extensions()) {
            Matcher points = POINTS.matcher(extension);
            if (points.matches() && points.group(2) == null) {
                addPoints(sample.arrays(extension), diagonal, hasDepth);
            } else if (points.matches()) {
                addHoled(sample.arrays(extension));
            }
        }
        new SceneStatistics(sample, this).measure();
    }

    private void count(String name, Enum<?> kind, long times) {
        counts.computeIfAbsent(name, key -> new LinkedHashMap<>())
                .merge(kind.name().toLowerCase(Locale.ROOT), times, Long::sum);
    }

    private void addCorners(SortedMap<String, NpyArray> labels) throws IOException {
        byte[] kinds = array(labels, "kind").bytes();
        byte[] visibilities = array(labels, "visibility").bytes();
        double visible = 0;
        for (int i = 0; i < kinds.length; i++) {
            Visibility visibility = constant(Visibility.values(), visibilities[i]);
            count("visibility of corners", visibility, 1);
            if (visibility == Visibility.VISIBLE) {
                visible++;
                count("kinds of visible corners", constant(JunctionKind.values(), kinds[i]), 1);
            }
        }
        add(Map.of("visible corners", visible));
    }

    /** The truth of random points; what is known of whole depth maps is not guessed from points. */
    private void addPoints(SortedMap<String, NpyArray> points, double diagonal, boolean hasDepth) throws IOException {
        double[] points0 = array(points, "points0").doubles();
        double[] points1 = array(points, "points1").doubles();
        byte[] reasons = array(points, "reason").bytes();
        List<double[]> visible = new ArrayList<>();
        Map<Reason, Integer> times = new EnumMap<>(Reason.class);
        for (int i = 0; i < reasons.length; i++) {
            Reason reason = constant(Reason.values(), reasons[i]);
            count("reasons of points", reason, 1);
            int ignored = times.merge(reason, 1, Integer::sum);
            if (reason == Reason.VISIBLE) {
                visible.add(new double[] {points0[2 * i], points0[2 * i + 1], points1[2 * i], points1[2 * i + 1]});
            }
        }
        double all = Math.max(reasons.length, 1);
        add(Map.of(Figures.OVERLAP, visible.size() / all));
        add(Map.of(Figures.UNKNOWN, unknown(reasons) / all));
        add(Map.of(Figures.OCCLUSION, times.getOrDefault(Reason.OCCLUDED, 0) / all));
        add(Map.of(Figures.OUT_OF_FRAME, times.getOrDefault(Reason.OUT_OF_FRAME, 0) / all));
        if (!hasDepth && times.containsKey(Reason.SKY)) {
            add(Map.of(Figures.SKY, times.get(Reason.SKY) / all));
        }
        if (!hasDepth && times.containsKey(Reason.NO_DEPTH)) {
            add(Map.of(Figures.HOLES, times.get(Reason.NO_DEPTH) / all));
        }
        if (visible.size() >= FEWEST_POINTS) {
            similarity(visible);
            double residual = PlaneFit.residualPx(visible);
            if (diagonal > 0 && Double.isFinite(residual)) {
                double parallax = 100 * residual / diagonal;
                add(Map.of(Figures.PARALLAX, parallax));
                pairs.add(new double[] {visible.size() / all, parallax});
            }
        }
    }

    private static long unknown(byte[] reasons) throws IOException {
        long unknown = 0;
        for (byte number : reasons) {
            unknown += constant(Reason.values(), number).label() == MatchLabel.UNKNOWN ? 1 : 0;
        }
        return unknown;
    }

    private void addHoled(SortedMap<String, NpyArray> points) throws IOException {
        byte[] reasons = array(points, "reason").bytes();
        for (byte number : reasons) {
            count("reasons of points, as depth with holes says", constant(Reason.values(), number), 1);
        }
        add(Map.of("unknown, with holes", unknown(reasons) / (double) Math.max(reasons.length, 1)));
    }

    private static NpyArray array(SortedMap<String, NpyArray> arrays, String name) throws IOException {
        NpyArray array = arrays.get(name);
        if (array == null) {
            throw new IOException(
                    "sample: expected an array " + name + ", found " + String.join(", ", arrays.keySet()));
        }
        return array;
    }

    private static <E> E constant(E[] constants, byte number) throws IOException {
        int index = number & 0xff;
        if (index >= constants.length) {
            throw new IOException("label: expected a number below " + constants.length + ", found " + index);
        }
        return constants[index];
    }

    /** Turn and scale of the similarity of least squares between the points. */
    private void similarity(List<double[]> points) {
        double[] mean = new double[4];
        for (double[] point : points) {
            for (int i = 0; i < 4; i++) {
                mean[i] += point[i] / points.size();
            }
        }
        double dot = 0;
        double cross = 0;
        double squares0 = 0;
        double squares1 = 0;
        for (double[] point : points) {
            double x0 = point[0] - mean[0];
            double y0 = point[1] - mean[1];
            double x1 = point[2] - mean[2];
            double y1 = point[3] - mean[3];
            dot += x0 * x1 + y0 * y1;
            cross += x0 * y1 - y0 * x1;
            squares0 += x0 * x0 + y0 * y0;
            squares1 += x1 * x1 + y1 * y1;
        }
        if (squares0 > 0 && squares1 > 0) {
            add(Map.of(
                    Figures.ROTATION,
                    Math.toDegrees(Math.atan2(cross, dot)),
                    Figures.SCALE,
                    0.5 * Math.log(squares1 / squares0) / Math.log(2)));
        }
    }
}
