package io.tiepoint.synthetic.holes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tiepoint.core.features.Keypoints;
import io.tiepoint.core.image.DepthMap;
import io.tiepoint.core.image.ImageSize;
import io.tiepoint.core.random.Seed;
import io.tiepoint.core.truth.DepthTruth;
import io.tiepoint.core.truth.DepthView;
import io.tiepoint.core.truth.MatchLabel;
import io.tiepoint.core.truth.MatchTruth;
import io.tiepoint.core.truth.PointTruth;
import io.tiepoint.core.truth.Reason;
import io.tiepoint.synthetic.pairs.ScenePair;
import io.tiepoint.synthetic.pairs.ScenePairRecipe;
import io.tiepoint.synthetic.pairs.ScenePairs;
import io.tiepoint.synthetic.pairs.ViewChange;
import io.tiepoint.synthetic.photometric.PhotometricRecipe;
import io.tiepoint.synthetic.render.SceneView;
import io.tiepoint.synthetic.scenes.SceneKind;
import io.tiepoint.synthetic.scenes.SceneRecipe;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HolesTest {
    private static final ImageSize SIZE = new ImageSize(200, 150);

    private static final List<ScenePair> STREETS = streets();

    private static List<ScenePair> streets() {
        SceneRecipe scenes = new SceneRecipe(24, 6, SceneRecipe.DEFAULT.kinds()).only(SceneKind.STREET);
        ScenePairs pairs = new ScenePairs(
                new ScenePairRecipe(scenes, ViewChange.MILD, PhotometricRecipe.NONE, PhotometricRecipe.NONE, 0, 4),
                SIZE,
                new Seed(2));
        List<ScenePair> made = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            made.add(pairs.pair(i));
        }
        return made;
    }

    @ParameterizedTest
    @EnumSource(HolePolicy.class)
    void takesMoreTheStrongerItIsAndChangesNothingElse(HolePolicy policy) {
        double total = 0;
        for (ScenePair pair : STREETS) {
            SceneView view = pair.view0();
            double last = 0;
            for (double strength : new double[] {0, 0.3, 1}) {
                DepthMap holed = Holes.punch(view, HoleRecipe.only(policy, strength), new Seed(1));
                assertThat(Holes.punch(view, HoleRecipe.only(policy, strength), new Seed(1)))
                        .isEqualTo(holed);
                for (int i = 0; i < holed.depths().length; i++) {
                    if (holed.depths()[i] > 0) {
                        assertThat(holed.depths()[i]).isEqualTo(view.depth().depths()[i]);
                    } else {
                        assertThat(view.depth().depths()[i] == DepthMap.SKY)
                                .as("sky at %s", i)
                                .isEqualTo(policy == HolePolicy.SKY);
                    }
                }
                assertThat(holed.holeShare()).isGreaterThanOrEqualTo(last);
                last = holed.holeShare();
                if (strength == 0) {
                    assertThat(last).isZero();
                }
            }
            total += last;
        }
        assertThat(total)
                .as("holes at full strength in %s views", STREETS.size())
                .isPositive();
    }

    @Test
    void holesMakePointsUnknownAndNeverMoveThem() {
        int unknown = 0;
        for (ScenePair pair : STREETS) {
            DepthView holed0 = holed(pair.view0(), 1);
            DepthView holed1 = holed(pair.view1(), 2);
            DepthTruth incomplete = new DepthTruth(holed0, holed1, DepthTruth.EXACT);
            for (int row = 1; row < SIZE.height(); row += 4) {
                for (int column = 1; column < SIZE.width(); column += 4) {
                    PointTruth known = pair.truth().locate(column + 0.5, row + 0.5);
                    PointTruth left = incomplete.locate(column + 0.5, row + 0.5);
                    if (holed0.depth().isHole(column, row)) {
                        assertThat(left.reason()).isEqualTo(Reason.NO_DEPTH);
                        unknown++;
                    }
                    if (known.label() == MatchLabel.MATCHED && left.label() == MatchLabel.MATCHED) {
                        assertThat(Math.hypot(known.x() - left.x(), known.y() - left.y()))
                                .isLessThan(1e-3);
                    }
                }
            }
        }
        assertThat(unknown).isGreaterThan(100);
    }

    @Test
    void keypointsInHolesAreUnknownWhereTheCompleteTruthKnowsThem() {
        int matched = 0;
        int lost = 0;
        for (ScenePair pair : STREETS) {
            List<Float> positions0 = new ArrayList<>();
            List<Float> positions1 = new ArrayList<>();
            for (int row = 6; row < SIZE.height(); row += 12) {
                for (int column = 6; column < SIZE.width(); column += 12) {
                    PointTruth there = pair.truth().locate(column + 0.5, row + 0.5);
                    if (there.label() == MatchLabel.MATCHED) {
                        positions0.add(column + 0.5f);
                        positions0.add(row + 0.5f);
                        positions1.add((float) there.x());
                        positions1.add((float) there.y());
                    }
                }
            }
            Keypoints keypoints0 = keypoints(positions0);
            Keypoints keypoints1 = keypoints(positions1);
            MatchTruth complete = MatchTruth.of(keypoints0, keypoints1, pair.truth(), 3, 5);
            DepthTruth holed = new DepthTruth(holed(pair.view0(), 1), holed(pair.view1(), 2), DepthTruth.EXACT);
            MatchTruth incomplete = MatchTruth.of(keypoints0, keypoints1, holed, 3, 5);
            for (int i = 0; i < keypoints0.size(); i++) {
                assertThat(complete.match0(i)).isEqualTo(i);
                matched++;
                if (holed.view0().depth().isHole((int) keypoints0.x(i), (int) keypoints0.y(i))) {
                    assertThat(incomplete.reason0(i).label()).isEqualTo(MatchLabel.UNKNOWN);
                    lost++;
                }
            }
        }
        assertThat(matched).isGreaterThan(100);
        assertThat(lost).isPositive();
    }

    @Test
    void refusesAStrengthBeyondOne() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HoleRecipe.only(HolePolicy.GLASS, 1.5))
                .withMessageContaining("GLASS: expected in [0, 1], found 1.5");
    }

    private static DepthView holed(SceneView view, long seed) {
        return new DepthView(
                view.camera(), view.camFromWorld(), Holes.punch(view, HoleRecipe.MULTI_VIEW_STEREO, new Seed(seed)));
    }

    private static Keypoints keypoints(List<Float> positions) {
        float[] array = new float[positions.size()];
        for (int i = 0; i < array.length; i++) {
            array[i] = positions.get(i);
        }
        return Keypoints.of(array, new float[array.length / 2]);
    }
}
