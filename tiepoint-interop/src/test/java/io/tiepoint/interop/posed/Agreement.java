package io.tiepoint.interop.posed;

import static org.assertj.core.api.Assertions.assertThat;

import io.tiepoint.core.image.DepthMap;
import io.tiepoint.core.truth.MatchLabel;
import io.tiepoint.core.truth.PointTruth;
import io.tiepoint.core.truth.Reason;
import io.tiepoint.core.truth.TwoViewTruth;

/** How a truth that was read agrees with the exact one. */
public final class Agreement {
    private int matched;
    private int holes;
    private int unmatched;

    /**
     * Compares point by point: what both know must be the same.
     *
     * @param depth0 the map that was written of view 0
     * @param px how far positions may differ
     */
    public static Agreement of(TwoViewTruth read, TwoViewTruth exact, DepthMap depth0, double px) {
        Agreement agreement = new Agreement();
        for (int row = 1; row < depth0.height(); row += 2) {
            for (int column = 1; column < depth0.width(); column += 2) {
                agreement.add(
                        read.locate(column + 0.5, row + 0.5),
                        exact.locate(column + 0.5, row + 0.5),
                        depth0.isHole(column, row),
                        px);
            }
        }
        return agreement;
    }

    private void add(PointTruth found, PointTruth known, boolean inHole, double px) {
        if (inHole) {
            assertThat(found.reason()).isEqualTo(Reason.NO_DEPTH);
            holes++;
            return;
        }
        // The pixels of a depth map do not see what is thinner than they are.
        boolean bothKnow = found.label() != MatchLabel.UNKNOWN && known.label() != MatchLabel.UNKNOWN;
        if (bothKnow && found.label() == MatchLabel.MATCHED && known.label() == MatchLabel.MATCHED) {
            assertThat(Math.hypot(found.x() - known.x(), found.y() - known.y()))
                    .as("%s is %s", found, known)
                    .isLessThan(px);
            matched++;
        }
        unmatched += bothKnow && found.label() == MatchLabel.UNMATCHED && known.label() == MatchLabel.UNMATCHED ? 1 : 0;
        assertThat(found.reason() == Reason.OUT_OF_FRAME && known.label() == MatchLabel.MATCHED)
                .isFalse();
    }

    /** Points with a position in both. */
    public int matched() {
        return matched;
    }

    /** Points in holes. */
    public int holes() {
        return holes;
    }

    /** Points that both know not to be seen. */
    public int unmatched() {
        return unmatched;
    }
}
