package io.tiepoint.app.synth;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tiepoint.core.features.Keypoints;
import io.tiepoint.core.image.GrayImage;
import io.tiepoint.core.image.ImageSize;
import io.tiepoint.core.random.Draws;
import io.tiepoint.core.random.Seed;
import io.tiepoint.core.truth.MatchLabel;
import io.tiepoint.core.truth.MatchTruth;
import io.tiepoint.core.truth.PointTruth;
import io.tiepoint.core.truth.Reason;
import io.tiepoint.core.truth.TwoViewTruth;
import io.tiepoint.interop.dataset.DataSample;
import io.tiepoint.interop.npy.NpyArray;
import io.tiepoint.interop.npy.NpzArchive;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is written of the truth of two views, the same for views of any kind: random points, every pixel, labels of keypoints. */
public final class TruthFiles {
    /** The truth itself, and the ending of its files: none. */
    static final String EXACT = "";
    /** What the depth maps with holes say. */
    static final String HOLED = "-holed";

    private static final int POINTS_PER_PAIR = 512;
    /** Two keypoints match below this transfer error, and one has no match beyond the other; SuperGlue's published values. */
    private static final double MATCH_PX = 3;

    private static final double NO_MATCH_PX = 5;

    private final boolean dense;
    private final @Nullable KeypointSource keypoints;
    private final Seed seed;

    /**
     * Chooses what is written.
     *
     * @param dense whether the truth of every pixel is
     * @param keypoints that are labelled; null for none
     * @param seed of the random points
     */
    public TruthFiles(boolean dense, @Nullable KeypointSource keypoints, Seed seed) {
        this.dense = dense;
        this.keypoints = keypoints;
        this.seed = seed;
    }

    /**
     * Two views of a sample.
     *
     * @param number of the first one; the second is the next
     */
    record Views(int number, GrayImage image0, GrayImage image1) {
        /** In the endings of their files; of the first two there is nothing to say. */
        String suffix() {
            return number == 0 ? "" : "-" + number + "-" + (number + 1);
        }
    }

    /** What the files depend on beside the seed. */
    void addTo(ObjectNode recipe) {
        recipe.put("dense", dense);
        if (keypoints != null) {
            recipe.set("keypoints", keypoints.recipe());
        }
    }

    /**
     * What each file is, by its ending.
     *
     * @param views number of views of a sample, each with the next one
     * @param truth {@link #EXACT} or {@link #HOLED}
     */
    Map<String, String> fields(int views, String truth) {
        Map<String, String> fields = new LinkedHashMap<>();
        String by = truth.equals(EXACT) ? "" : ", as the depth with holes says";
        for (int view = 0; view + 1 < views; view++) {
            String suffix = (view == 0 ? "" : "-" + view + "-" + (view + 1)) + truth;
            String first = "view " + view;
            String second = "view " + (view + 1);
            fields.put(
                    "points" + suffix + ".npz",
                    "random points of " + first + ": points0 [N 2] float64, points1 [N 2] float64 in " + second
                            + " (NaN where there is none), reason [N] uint8: " + ShapeSet.numbered(Reason.values())
                            + by);
            if (dense) {
                fields.put(
                        "field" + suffix + ".npz",
                        "for every pixel of " + first + ": points1 [H W 2] float32 in " + second
                                + " (NaN where there is none), reason [H W] uint8" + by);
            }
            if (keypoints != null) {
                fields.put(
                        "matches" + suffix + ".npz",
                        "keypoints0 [M 2] float32 of " + first + ", keypoints1 [N 2] float32 of " + second
                                + "; matches0 [M], matches1 [N] int32: the other one, or -1; label0 [M], label1 [N]"
                                + " uint8: "
                                + ShapeSet.numbered(MatchLabel.values()) + " (match below " + (int) MATCH_PX
                                + " px, none beyond " + (int) NO_MATCH_PX + " px); reason0 [M], reason1 [N] uint8"
                                + by);
            }
        }
        return fields;
    }

    /**
     * Adds the files of two views.
     *
     * @param truths by {@link #EXACT} and {@link #HOLED}
     */
    DataSample addTo(DataSample sample, long index, Views views, Map<String, TwoViewTruth> truths) {
        DataSample all = sample;
        Seed points = seed.child("points", index);
        Seed drawn = views.number == 0 ? points : points.child("views", views.number);
        Keypoints keypoints0 = Keypoints.NONE;
        Keypoints keypoints1 = Keypoints.NONE;
        if (keypoints != null) {
            keypoints0 = keypoints.finder().find(sample.key(), views.number, views.image0);
            keypoints1 = keypoints.finder().find(sample.key(), views.number + 1, views.image1);
        }
        for (Map.Entry<String, TwoViewTruth> entry : truths.entrySet()) {
            String ending = views.suffix() + entry.getKey() + ".npz";
            TwoViewTruth truth = entry.getValue();
            all = all.with("points" + ending, points(truth, views.image0.size(), drawn.draws()));
            if (dense) {
                all = all.with("field" + ending, field(truth, views.image0.size()));
            }
            if (keypoints != null) {
                all = all.with("matches" + ending, matches(truth, keypoints0, keypoints1));
            }
        }
        return all;
    }

    private static byte[] points(TwoViewTruth truth, ImageSize size, Draws draws) {
        double[] points0 = new double[2 * POINTS_PER_PAIR];
        double[] points1 = new double[2 * POINTS_PER_PAIR];
        byte[] reasons = new byte[POINTS_PER_PAIR];
        for (int i = 0; i < POINTS_PER_PAIR; i++) {
            double x = draws.nextDouble(0, size.width());
            double y = draws.nextDouble(0, size.height());
            PointTruth located = truth.locate(x, y);
            points0[2 * i] = x;
            points0[2 * i + 1] = y;
            points1[2 * i] = located.x();
            points1[2 * i + 1] = located.y();
            reasons[i] = Codes.of(located.reason());
        }
        return NpzArchive.write(Map.of(
                "points0", NpyArray.ofDoubles(points0, POINTS_PER_PAIR, 2),
                "points1", NpyArray.ofDoubles(points1, POINTS_PER_PAIR, 2),
                "reason", NpyArray.ofBytes(reasons, POINTS_PER_PAIR)));
    }

    private static byte[] field(TwoViewTruth truth, ImageSize size) {
        float[] points1 = new float[2 * size.width() * size.height()];
        byte[] reasons = new byte[size.width() * size.height()];
        for (int row = 0; row < size.height(); row++) {
            for (int column = 0; column < size.width(); column++) {
                int i = row * size.width() + column;
                PointTruth located = truth.locate(column + 0.5, row + 0.5);
                points1[2 * i] = (float) located.x();
                points1[2 * i + 1] = (float) located.y();
                reasons[i] = Codes.of(located.reason());
            }
        }
        return NpzArchive.write(Map.of(
                "points1", NpyArray.ofFloats(points1, size.height(), size.width(), 2),
                "reason", NpyArray.ofBytes(reasons, size.height(), size.width())));
    }

    private static byte[] matches(TwoViewTruth truth, Keypoints keypoints0, Keypoints keypoints1) {
        MatchTruth labels = MatchTruth.of(keypoints0, keypoints1, truth, MATCH_PX, NO_MATCH_PX);
        int m = keypoints0.size();
        int n = keypoints1.size();
        int[] matches0 = new int[m];
        int[] matches1 = new int[n];
        Arrays.fill(matches1, -1);
        byte[] label0 = new byte[m];
        byte[] label1 = new byte[n];
        byte[] reason0 = new byte[m];
        byte[] reason1 = new byte[n];
        for (int i = 0; i < m; i++) {
            matches0[i] = labels.isMatched0(i) ? labels.match0(i) : -1;
            if (matches0[i] >= 0) {
                matches1[matches0[i]] = i;
            }
            label0[i] = Codes.of(labels.reason0(i).label());
            reason0[i] = Codes.of(labels.reason0(i));
        }
        for (int j = 0; j < n; j++) {
            label1[j] = Codes.of(labels.reason1(j).label());
            reason1[j] = Codes.of(labels.reason1(j));
        }
        return NpzArchive.write(Map.of(
                "keypoints0", NpyArray.ofFloats(keypoints0.positions(), m, 2),
                "keypoints1", NpyArray.ofFloats(keypoints1.positions(), n, 2),
                "matches0", NpyArray.ofInts(matches0, m),
                "matches1", NpyArray.ofInts(matches1, n),
                "label0", NpyArray.ofBytes(label0, m),
                "label1", NpyArray.ofBytes(label1, n),
                "reason0", NpyArray.ofBytes(reason0, m),
                "reason1", NpyArray.ofBytes(reason1, n)));
    }
}
