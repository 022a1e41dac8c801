package io.tiepoint.app.picture;

import io.tiepoint.core.check.Check;
import io.tiepoint.core.features.Keypoints;
import io.tiepoint.core.features.Matches;
import io.tiepoint.core.geometry.TwoViewGeometry;
import io.tiepoint.core.truth.TwoViewTruth;
import io.tiepoint.evaluate.HomographyMetrics;
import java.awt.Color;
import java.util.List;
import java.util.Locale;
import java.util.function.IntUnaryOperator;

/** Sorts matches into a few groups, each with its name and colour. */
public final class MatchGroups {
    private static final Color GREEN = new Color(0x2e, 0xd5, 0x73);
    private static final Color RED = new Color(0xff, 0x3b, 0x30);
    private static final Color YELLOW = new Color(0xff, 0xd4, 0x3b);
    private static final Color ORANGE = new Color(0xff, 0x92, 0x2b);

    /**
     * One group.
     *
     * @param name as the legend shows it
     * @param color of its lines and keypoints
     * @param dashed so that it differs by more than its colour
     */
    record Group(String name, Color color, boolean dashed) {}

    private final List<Group> groups;
    private final int[] groupOfMatch;

    private MatchGroups(List<Group> groups, int matchCount, IntUnaryOperator groupOf) {
        this.groups = groups;
        this.groupOfMatch = new int[matchCount];
        for (int match = 0; match < matchCount; match++) {
            groupOfMatch[match] = groupOf.applyAsInt(match);
        }
    }

    /**
     * By the exact truth: right, wrong, unknown, in this order.
     *
     * @param rightPx a match is right if its symmetric transfer error is smaller; px
     */
    public static MatchGroups byTruth(
            Keypoints keypoints0, Keypoints keypoints1, Matches matches, TwoViewTruth truth, double rightPx) {
        Check.that(rightPx > 0, "rightPx: expected > 0 px, found %s", rightPx);
        List<Group> groups = List.of(
                new Group(String.format(Locale.ROOT, "right (< %.0f px)", rightPx), GREEN, false),
                new Group("wrong", RED, true),
                new Group("unknown", YELLOW, false));
        return new MatchGroups(groups, matches.size(), match -> {
            double[] error =
                    HomographyMetrics.transferErrors(keypoints0, keypoints1, matches.select(new int[] {match}), truth);
            return error.length == 0 ? 2 : error[0] < rightPx ? 0 : 1;
        });
    }

    /** By a geometry: the matches that agree with it, and the others. */
    public static MatchGroups byGeometry(Matches matches, TwoViewGeometry geometry) {
        String model = geometry.model().name().toLowerCase(Locale.ROOT);
        List<Group> groups =
                List.of(new Group("agree with the " + model, GREEN, false), new Group("do not", RED, true));
        return new MatchGroups(groups, matches.size(), match -> geometry.isInlier(match) ? 0 : 1);
    }

    /** By score: from 0.9, from 0.5, below. */
    public static MatchGroups byScore(Matches matches) {
        List<Group> groups = List.of(
                new Group("score 0.9 to 1", GREEN, false),
                new Group("0.5 to 0.9", YELLOW, false),
                new Group("below 0.5", ORANGE, true));
        return new MatchGroups(groups, matches.size(), match -> {
            float score = matches.score(match);
            return score >= 0.9f ? 0 : score >= 0.5f ? 1 : 2;
        });
    }

    /** Number of groups. */
    public int size() {
        return groups.size();
    }

    /** Number of matches in a group. */
    public int count(int group) {
        int count = 0;
        for (int g : groupOfMatch) {
            count += g == group ? 1 : 0;
        }
        return count;
    }

    Group group(int group) {
        return groups.get(group);
    }

    int groupOf(int match) {
        return groupOfMatch[match];
    }

    int matchCount() {
        return groupOfMatch.length;
    }
}
