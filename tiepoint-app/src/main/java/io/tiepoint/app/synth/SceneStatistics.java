package io.tiepoint.app.synth;

import io.tiepoint.core.geometry.Pose;
import io.tiepoint.core.geometry.Vector3;
import io.tiepoint.interop.dataset.DataSample;
import io.tiepoint.interop.npy.NpyArray;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Figures of the depth maps and cameras of a sample: {@code depthN.npy} and, with holes, {@code holedN.npy} [H W] float32 (0 a hole,
 * infinite the sky), and {@code cameras.npz} with {@code cam_from_world} [V 4 4]. What is not there is not measured.
 */
final class SceneStatistics {
    private static final Pattern DEPTH = Pattern.compile("depth([0-9]{1,4})\\.npy");
    private static final String CAMERAS = "cameras.npz";
    private static final String POSES = "cam_from_world";

    private final DataSample sample;
    private final SetStatistics statistics;

    SceneStatistics(DataSample sample, SetStatistics statistics) {
        this.sample = sample;
        this.statistics = statistics;
    }

    void measure() throws IOException {
        Map<Integer, Double> medians = new LinkedHashMap<>();
        for (String extension : sample.extensions()) {
            Matcher depth = DEPTH.matcher(extension);
            if (depth.matches()) {
                double median = measureDepth(sample.array(extension), depth.group(1));
                medians.put(Integer.valueOf(depth.group(1)), median);
            }
        }
        if (sample.has(CAMERAS)) {
            measureCameras(medians);
        }
    }

    /** The median depth, NaN if nothing but sky and holes is seen. */
    private double measureDepth(NpyArray array, String view) throws IOException {
        float[] depths = array.floats();
        float[] known = new float[depths.length];
        int count = 0;
        int sky = 0;
        for (float depth : depths) {
            if (Float.isInfinite(depth)) {
                sky++;
            } else if (depth > 0) {
                known[count++] = depth;
            }
        }
        int holes = depths.length - sky - count;
        String holed = "holed" + view + ".npy";
        if (sample.has(holed)) {
            holes = 0;
            for (float depth : sample.array(holed).floats()) {
                holes += depth > 0 ? 0 : 1;
            }
        }
        double all = Math.max(depths.length, 1);
        statistics.add(Map.of(Figures.HOLES, holes / all, Figures.SKY, sky / all));
        if (count == 0) {
            return Double.NaN;
        }
        Arrays.sort(known, 0, count);
        double near = known[count / 20];
        double far = known[count - 1 - count / 20];
        statistics.add(Map.of(Figures.DEPTH_RANGE, Math.log(far / near) / Math.log(2)));
        return known[count / 2];
    }

    /** Of each view with the next one. */
    private void measureCameras(Map<Integer, Double> medians) throws IOException {
        SortedMap<String, NpyArray> cameras = sample.arrays(CAMERAS);
        NpyArray poses = cameras.get(POSES);
        if (poses == null || poses.shape().length != 3 || poses.size(1) != 4 || poses.size(2) != 4) {
            throw new IOException("sample " + sample.key() + ": " + CAMERAS + ": expected " + POSES
                    + " [V 4 4] float64, found " + (poses == null ? cameras.keySet() : poses));
        }
        double[] numbers = poses.doubles();
        for (int view = 0; view + 1 < poses.size(0); view++) {
            Pose pose0 = pose(numbers, 16 * view);
            Pose pose1 = pose(numbers, 16 * view + 16);
            statistics.add(Map.of(Figures.VIEW_ANGLE, Math.toDegrees(pose0.angleTo(pose1))));
            double depth = medians.getOrDefault(view, Double.NaN);
            if (depth > 0) {
                statistics.add(Map.of(Figures.BASELINE, pose0.eye().distanceTo(pose1.eye()) / depth));
            }
        }
    }

    private static Pose pose(double[] m, int at) {
        double[] rotation = {
            m[at], m[at + 1], m[at + 2], m[at + 4], m[at + 5], m[at + 6], m[at + 8], m[at + 9], m[at + 10]
        };
        return Pose.of(rotation, new Vector3(m[at + 3], m[at + 7], m[at + 11]));
    }
}
