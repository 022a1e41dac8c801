package io.tiepoint.app.synth;

import io.tiepoint.core.truth.MatchLabel;
import io.tiepoint.core.truth.Reason;
import io.tiepoint.interop.dataset.DataSample;
import io.tiepoint.interop.npy.NpyArray;
import io.tiepoint.synthetic.shapes.CornerLabel.Visibility;
import io.tiepoint.synthetic.shapes.JunctionKind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;

/** Distributions of a data set: a list of values, or counts, for each name. */
final class SetStatistics {
    private final Map<String, List<Double>> values = new LinkedHashMap<>();
    private final Map<String, Map<String, Long>> counts = new LinkedHashMap<>();
    private long samples;

    /** The values of each distribution. */
    Map<String, List<Double>> values() {
        return values;
    }

    /** How often each of several kinds comes. */
    Map<String, Map<String, Long>> counts() {
        return counts;
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
        for (String extension : sample.extensions()) {
            if (extension.endsWith("png") || extension.endsWith("jpg")) {
                add(ImageStatistics.of(sample.image(extension)));
            }
        }
        if (sample.has(ShapeSet.LABELS)) {
            addCorners(sample.arrays(ShapeSet.LABELS));
        }
        if (sample.has(PairSet.POINTS)) {
            addPoints(sample.arrays(PairSet.POINTS));
        }
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

    private void addPoints(SortedMap<String, NpyArray> points) throws IOException {
        double[] points0 = array(points, "points0").doubles();
        double[] points1 = array(points, "points1").doubles();
        byte[] reasons = array(points, "reason").bytes();
        List<double[]> visible = new ArrayList<>();
        long unknown = 0;
        for (int i = 0; i < reasons.length; i++) {
            Reason reason = constant(Reason.values(), reasons[i]);
            count("reasons of points", reason, 1);
            unknown += reason.label() == MatchLabel.UNKNOWN ? 1 : 0;
            if (reason == Reason.VISIBLE) {
                visible.add(new double[] {points0[2 * i], points0[2 * i + 1], points1[2 * i], points1[2 * i + 1]});
            }
        }
        add(Map.of("overlap", visible.size() / (double) reasons.length, "unknown", unknown / (double) reasons.length));
        if (visible.size() >= 8) {
            similarity(visible);
        }
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
                    "rotation (degrees)",
                    Math.toDegrees(Math.atan2(cross, dot)),
                    "scale (log2)",
                    0.5 * Math.log(squares1 / squares0) / Math.log(2)));
        }
    }
}
