package io.tiepoint.core.truth;

import io.tiepoint.core.check.Check;
import io.tiepoint.core.features.Keypoints;
import java.util.Arrays;

/**
 * Which keypoints of two views belong together, as a matcher is trained and judged: two keypoints match if each is the
 * other's nearest and the larger of the two transfer errors is below the match threshold (SuperGlue, 2020, section 4;
 * glue-factory, gt_generation.py). A keypoint with no other one within the no-match threshold is unmatched; between the two
 * thresholds it is unknown.
 */
public final class MatchTruth {
    private final int[] matches0;
    private final Reason[] reasons0;
    private final Reason[] reasons1;

    private MatchTruth(int[] matches0, Reason[] reasons0, Reason[] reasons1) {
        this.matches0 = matches0;
        this.reasons0 = reasons0;
        this.reasons1 = reasons1;
    }

    /**
     * Labels the keypoints of two views.
     *
     * @param matchPx a pair below this transfer error may match; px
     * @param noMatchPx a keypoint without any other one within this distance is unmatched; at least {@code matchPx}; px
     */
    public static MatchTruth of(
            Keypoints keypoints0, Keypoints keypoints1, TwoViewTruth truth, double matchPx, double noMatchPx) {
        Check.that(matchPx > 0, "matchPx: expected > 0 px, found %s", matchPx);
        Check.that(noMatchPx >= matchPx, "noMatchPx: expected >= matchPx = %s, found %s", matchPx, noMatchPx);
        PointTruth[] in1 = locate(keypoints0, truth);
        PointTruth[] in0 = locate(keypoints1, truth.reversed());
        int m = keypoints0.size();
        int n = keypoints1.size();
        int[] best0 = new int[m];
        int[] best1 = new int[n];
        double[] error0 = new double[m];
        double[] error1 = new double[n];
        Arrays.fill(best0, -1);
        Arrays.fill(best1, -1);
        Arrays.fill(error0, Double.POSITIVE_INFINITY);
        Arrays.fill(error1, Double.POSITIVE_INFINITY);
        double limit = noMatchPx * noMatchPx;
        for (int i = 0; i < m; i++) {
            if (in1[i].label() != MatchLabel.MATCHED) {
                continue;
            }
            for (int j = 0; j < n; j++) {
                double forward = squared(keypoints1.x(j) - in1[i].x(), keypoints1.y(j) - in1[i].y());
                if (forward > limit || in0[j].label() != MatchLabel.MATCHED) {
                    continue;
                }
                double backward = squared(keypoints0.x(i) - in0[j].x(), keypoints0.y(i) - in0[j].y());
                double error = Math.max(forward, backward);
                if (error < error0[i]) {
                    error0[i] = error;
                    best0[i] = j;
                }
                if (error < error1[j]) {
                    error1[j] = error;
                    best1[j] = i;
                }
            }
        }
        int[] matches0 = new int[m];
        for (int i = 0; i < m; i++) {
            boolean mutual = best0[i] >= 0 && best1[best0[i]] == i && error0[i] < matchPx * matchPx;
            matches0[i] = mutual ? best0[i] : -1;
        }
        Reason[] reasons0 = reasons(in1, error0, limit);
        Reason[] reasons1 = reasons(in0, error1, limit);
        for (int i = 0; i < m; i++) {
            if (matches0[i] >= 0) {
                reasons0[i] = Reason.VISIBLE;
                reasons1[matches0[i]] = Reason.VISIBLE;
            }
        }
        return new MatchTruth(matches0, reasons0, reasons1);
    }

    private static PointTruth[] locate(Keypoints keypoints, TwoViewTruth truth) {
        PointTruth[] located = new PointTruth[keypoints.size()];
        for (int i = 0; i < located.length; i++) {
            located[i] = truth.locate(keypoints.x(i), keypoints.y(i));
        }
        return located;
    }

    private static Reason[] reasons(PointTruth[] located, double[] error, double limit) {
        Reason[] reasons = new Reason[located.length];
        for (int i = 0; i < located.length; i++) {
            if (located[i].label() != MatchLabel.MATCHED) {
                reasons[i] = located[i].reason();
            } else {
                reasons[i] = error[i] > limit ? Reason.NO_KEYPOINT : Reason.NEAR_BOUNDARY;
            }
        }
        return reasons;
    }

    private static double squared(double dx, double dy) {
        return dx * dx + dy * dy;
    }

    /** Number of keypoints of view 0. */
    public int size0() {
        return reasons0.length;
    }

    /** Number of keypoints of view 1. */
    public int size1() {
        return reasons1.length;
    }

    /** Whether a keypoint of view 0 has its match among the keypoints of view 1. */
    public boolean isMatched0(int index0) {
        return matches0[index0] >= 0;
    }

    /** The match of a keypoint of view 0; ask {@link #isMatched0} first. */
    public int match0(int index0) {
        Check.that(matches0[index0] >= 0, "keypoint %s of view 0: expected a matched one, found none", index0);
        return matches0[index0];
    }

    /** Why a keypoint of view 0 has its label. */
    public Reason reason0(int index0) {
        return reasons0[index0];
    }

    /** Why a keypoint of view 1 has its label. */
    public Reason reason1(int index1) {
        return reasons1[index1];
    }
}
