package io.tiepoint.evaluate;

import io.tiepoint.core.check.Check;
import io.tiepoint.core.features.Keypoints;
import io.tiepoint.core.features.Matches;
import io.tiepoint.core.geometry.Homography;
import io.tiepoint.core.geometry.PixelPoint;
import io.tiepoint.core.truth.HomographyTruth;
import io.tiepoint.core.truth.MatchLabel;
import io.tiepoint.core.truth.MatchTruth;
import io.tiepoint.core.truth.PointTruth;
import io.tiepoint.core.truth.TwoViewTruth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * What one pair of views says about keypoints, matches and an estimated homography. A figure of nothing is 0, never 1, so that
 * finding nothing is never rewarded. All distances in px of the views as the extractor saw them.
 */
public final class HomographyMetrics {
    private HomographyMetrics() {}

    /** Two keypoints within the distance of each other, in both directions. */
    private record Candidate(int index0, int index1, double errorPx) {}

    /**
     * Measures repeatability. Only keypoints whose position in the other view is known count. A keypoint of view 0 is near
     * one of view 1 if it is within the distance when mapped into view 1; one of view 1 likewise in view 0; a one-to-one pair
     * must be near in both directions, and the closest pairs are taken first.
     *
     * @param distancePx at most so far
     * @see <a href="https://arxiv.org/abs/1712.07629">DeTone et al., SuperPoint, 2018, section 6.1</a>
     */
    public static Repeatability repeatability(
            Keypoints keypoints0, Keypoints keypoints1, TwoViewTruth truth, double distancePx) {
        Check.that(distancePx > 0, "distancePx: expected > 0 px, found %s", distancePx);
        PointTruth[] in1 = locate(keypoints0, truth);
        PointTruth[] in0 = locate(keypoints1, truth.reversed());
        boolean[] near0 = new boolean[in1.length];
        boolean[] near1 = new boolean[in0.length];
        List<Candidate> candidates = new ArrayList<>();
        for (int i = 0; i < in1.length; i++) {
            if (in1[i].label() != MatchLabel.MATCHED) {
                continue;
            }
            for (int j = 0; j < in0.length; j++) {
                if (in0[j].label() != MatchLabel.MATCHED) {
                    continue;
                }
                double forward = distance(in1[i], keypoints1, j);
                double backward = distance(in0[j], keypoints0, i);
                near0[i] |= forward <= distancePx;
                near1[j] |= backward <= distancePx;
                double error = Math.max(forward, backward);
                if (error <= distancePx) {
                    candidates.add(new Candidate(i, j, error));
                }
            }
        }
        int shared0 = countMatched(in1);
        int shared1 = countMatched(in0);
        double all = Math.max(shared0 + shared1, 1);
        double manyToOne = (count(near0) + count(near1)) / all;
        return new Repeatability(
                2 * countOneToOne(candidates, in1.length, in0.length) / all, manyToOne, shared0, shared1);
    }

    private static int countOneToOne(List<Candidate> candidates, int size0, int size1) {
        candidates.sort(Comparator.comparingDouble(Candidate::errorPx));
        boolean[] used0 = new boolean[size0];
        boolean[] used1 = new boolean[size1];
        int pairs = 0;
        for (Candidate candidate : candidates) {
            if (!used0[candidate.index0] && !used1[candidate.index1]) {
                used0[candidate.index0] = true;
                used1[candidate.index1] = true;
                pairs++;
            }
        }
        return pairs;
    }

    /**
     * The symmetric transfer error of each match whose truth is known: the mean of the distances in view 1 and in view 0
     * (glue-factory's sym_homography_error). Infinite if one of its keypoints is certainly not visible in the other view;
     * left out if nothing is known of one of them.
     *
     * @return [K] px, in the order of the matches; K is at most their number
     */
    public static double[] transferErrors(
            Keypoints keypoints0, Keypoints keypoints1, Matches matches, TwoViewTruth truth) {
        TwoViewTruth reversed = truth.reversed();
        double[] errors = new double[matches.size()];
        int count = 0;
        for (int m = 0; m < matches.size(); m++) {
            int i = matches.index0(m);
            int j = matches.index1(m);
            PointTruth in1 = truth.locate(keypoints0.x(i), keypoints0.y(i));
            PointTruth in0 = reversed.locate(keypoints1.x(j), keypoints1.y(j));
            if (in1.label() == MatchLabel.UNMATCHED || in0.label() == MatchLabel.UNMATCHED) {
                errors[count++] = Double.POSITIVE_INFINITY;
            } else if (in1.label() == MatchLabel.MATCHED && in0.label() == MatchLabel.MATCHED) {
                errors[count++] = (distance(in1, keypoints1, j) + distance(in0, keypoints0, i)) / 2;
            }
        }
        return Arrays.copyOf(errors, count);
    }

    /** Share of errors below a threshold; 0 without any error. */
    public static double precision(double[] transferErrors, double thresholdPx) {
        int right = 0;
        for (double error : transferErrors) {
            right += error < thresholdPx ? 1 : 0;
        }
        return right / (double) Math.max(transferErrors.length, 1);
    }

    /** Share of the keypoint pairs that truly match which the matcher found; 0 if none truly matches. */
    public static double recall(Matches matches, MatchTruth truth) {
        int found = 0;
        for (int m = 0; m < matches.size(); m++) {
            int i = matches.index0(m);
            found += truth.isMatched0(i) && truth.match0(i) == matches.index1(m) ? 1 : 0;
        }
        int all = 0;
        for (int i = 0; i < truth.size0(); i++) {
            all += truth.isMatched0(i) ? 1 : 0;
        }
        return found / (double) Math.max(all, 1);
    }

    /**
     * Mean distance in view 1 between the corners (0, 0), (W, 0), (W, H), (0, H) of view 0 where the estimate puts them and
     * where they are; infinite if the estimate puts one at infinity.
     */
    public static double cornerError(Homography estimatedH1From0, HomographyTruth truth) {
        double width = truth.size0().width();
        double height = truth.size0().height();
        double[][] corners = {{0, 0}, {width, 0}, {width, height}, {0, height}};
        double sum = 0;
        for (double[] corner : corners) {
            PixelPoint expected = truth.h1From0().map(corner[0], corner[1]);
            sum += expected.distanceTo(estimatedH1From0.map(corner[0], corner[1]));
        }
        return Double.isNaN(sum) ? Double.POSITIVE_INFINITY : sum / corners.length;
    }

    private static PointTruth[] locate(Keypoints keypoints, TwoViewTruth truth) {
        PointTruth[] located = new PointTruth[keypoints.size()];
        for (int i = 0; i < located.length; i++) {
            located[i] = truth.locate(keypoints.x(i), keypoints.y(i));
        }
        return located;
    }

    private static double distance(PointTruth expected, Keypoints keypoints, int index) {
        double dx = expected.x() - keypoints.x(index);
        double dy = expected.y() - keypoints.y(index);
        return Math.sqrt(dx * dx + dy * dy);
    }

    private static int countMatched(PointTruth[] located) {
        int count = 0;
        for (PointTruth point : located) {
            count += point.label() == MatchLabel.MATCHED ? 1 : 0;
        }
        return count;
    }

    private static int count(boolean[] flags) {
        int count = 0;
        for (boolean flag : flags) {
            count += flag ? 1 : 0;
        }
        return count;
    }
}
