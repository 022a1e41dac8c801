package io.tiepoint.synthetic.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tiepoint.core.geometry.Pose;
import io.tiepoint.core.geometry.Vector3;
import io.tiepoint.core.image.ImageSize;
import io.tiepoint.core.random.Draws;
import io.tiepoint.core.random.Seed;
import io.tiepoint.core.truth.DepthTruth;
import io.tiepoint.core.truth.MatchLabel;
import io.tiepoint.core.truth.PointTruth;
import io.tiepoint.core.truth.Reason;
import io.tiepoint.core.truth.TwoViewTruth;
import io.tiepoint.synthetic.pairs.ScenePair;
import io.tiepoint.synthetic.pairs.ScenePairRecipe;
import io.tiepoint.synthetic.pairs.ScenePairs;
import io.tiepoint.synthetic.pairs.ViewChange;
import io.tiepoint.synthetic.photometric.PhotometricRecipe;
import io.tiepoint.synthetic.scenes.SceneKind;
import io.tiepoint.synthetic.scenes.SceneRecipe;
import io.tiepoint.testkit.Tolerance;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The truth of scenes against a ray caster that shares nothing with it. */
class SceneTruthTest {
    private static final ImageSize SIZE = new ImageSize(320, 240);
    private static final int SCENES = 3;
    private static final int POINTS = 250;

    /** Things narrower than half a pixel are missed; so few points may disagree with the ray caster, never a position. */
    private static final double THIN_SHARE = 0.005;

    private static final Map<SceneKind, List<ScenePair>> MADE = new EnumMap<>(SceneKind.class);

    private static ScenePair pair(SceneKind kind, int index) {
        return MADE.computeIfAbsent(kind, SceneTruthTest::make).get(index);
    }

    private static List<ScenePair> make(SceneKind kind) {
        SceneRecipe scenes = new SceneRecipe(12, 2, SceneRecipe.DEFAULT.kinds()).only(kind);
        ScenePairs pairs = new ScenePairs(
                new ScenePairRecipe(scenes, ViewChange.MEDIUM, PhotometricRecipe.NONE, PhotometricRecipe.NONE, 0, 1),
                SIZE,
                new Seed(11));
        List<ScenePair> made = new ArrayList<>();
        for (int i = 0; i < SCENES; i++) {
            made.add(pairs.pair(i));
        }
        return made;
    }

    @ParameterizedTest
    @EnumSource(SceneKind.class)
    void agreesWithARayCasterAtRandomPoints(SceneKind kind) {
        Map<Reason, Integer> counts = new EnumMap<>(Reason.class);
        int wrong = 0;
        for (int index = 0; index < SCENES; index++) {
            ScenePair pair = pair(kind, index);
            RayCaster caster = new RayCaster(pair.view0().visibility().scene());
            Draws draws = new Seed(5).child("points", index).draws();
            for (int i = 0; i < POINTS; i++) {
                double x = draws.nextDouble(0, SIZE.width());
                double y = draws.nextDouble(0, SIZE.height());
                boolean forwards = i % 2 == 0;
                TwoViewTruth truth = forwards ? pair.truth() : pair.truth().reversed();
                SceneView from = forwards ? pair.view0() : pair.view1();
                SceneView to = forwards ? pair.view1() : pair.view0();
                PointTruth located = truth.locate(x, y);
                counts.merge(located.reason(), 1, Integer::sum);
                if (!agrees(caster, from, to, located, x, y)) {
                    wrong++;
                }
            }
        }
        assertThat(counts.getOrDefault(Reason.VISIBLE, 0)).as("%s", counts).isGreaterThan(SCENES * POINTS / 6);
        assertThat(counts.getOrDefault(Reason.NEAR_BOUNDARY, 0))
                .as("%s", counts)
                .isLessThan(SCENES * POINTS / 2);
        assertThat(wrong).as("disagreements of %s points", SCENES * POINTS).isLessThanOrEqualTo((int)
                (THIN_SHARE * SCENES * POINTS));
    }

    private static boolean agrees(
            RayCaster caster, SceneView from, SceneView to, PointTruth located, double x, double y) {
        if (located.reason() == Reason.NEAR_BOUNDARY) {
            return true;
        }
        double depth = caster.depth(from.camera(), from.camFromWorld(), x, y);
        if (located.reason() == Reason.SKY) {
            return depth == Double.POSITIVE_INFINITY;
        }
        Vector3 point =
                from.camFromWorld().inverse().map(from.camera().ray(x, y).times(depth));
        Vector3 seen = to.camFromWorld().map(point);
        if (located.reason() == Reason.BEHIND_CAMERA) {
            return seen.z() < Visibility.NEAR;
        }
        if (!(seen.z() > 0)) {
            return false;
        }
        double px = to.camera().project(seen).x();
        double py = to.camera().project(seen).y();
        if (Math.hypot(px - located.x(), py - located.y()) > Tolerance.POSITION_PX) {
            return false;
        }
        boolean inside = SIZE.contains(px, py);
        Vector3 eye = to.camFromWorld().eye();
        double first = caster.cast(eye, point.minus(eye));
        boolean hidden = first < 1 - 1e-6;
        return switch (located.reason()) {
            case VISIBLE -> inside && !hidden;
            case OCCLUDED -> inside && hidden;
            case OUT_OF_FRAME -> !inside;
            default -> false;
        };
    }

    @ParameterizedTest
    @EnumSource(SceneKind.class)
    void rendersTheDepthAndTheNormalThatTheRayCasterFinds(SceneKind kind) {
        ScenePair pair = pair(kind, 0);
        SceneView view = pair.view0();
        RayCaster caster = new RayCaster(view.visibility().scene());
        for (int row = 0; row < SIZE.height(); row++) {
            for (int column = 0; column < SIZE.width(); column++) {
                double exact = view.visibility().depth(column, row);
                double ratio = Double.isInfinite(exact) ? 1 : view.depth().at(column, row) / exact;
                assertThat(Math.abs(ratio - 1)).isLessThan(1e-6);
            }
        }
        float[] normals = view.normals();
        int[] objects = view.objectIds();
        Draws draws = new Seed(8).draws();
        for (int i = 0; i < 100; i++) {
            int column = draws.nextInt(SIZE.width());
            int row = draws.nextInt(SIZE.height());
            double expected = caster.depth(view.camera(), view.camFromWorld(), column + 0.5, row + 0.5);
            double depth = view.depth().at(column, row);
            int pixel = row * SIZE.width() + column;
            if (view.depth().isSky(column, row)) {
                assertThat(expected).isInfinite();
                assertThat(objects[pixel]).isZero();
                continue;
            }
            assertThat(depth / expected).isCloseTo(1, within(1e-6));
            assertThat(objects[pixel]).isPositive();
            Vector3 normal = new Vector3(normals[3 * pixel], normals[3 * pixel + 1], normals[3 * pixel + 2]);
            assertThat(normal.norm()).isCloseTo(1, within(1e-5));
            // A little aside, the ray meets the plane through the point.
            assertThat(normal.dot(view.camera().ray(column + 0.5, row + 0.5))).isNegative();
        }
    }

    @ParameterizedTest
    @EnumSource(SceneKind.class)
    void depthMapsGiveTheSamePositionsBothWays(SceneKind kind) {
        ScenePair pair = pair(kind, 1);
        DepthTruth fromDepth =
                new DepthTruth(pair.view0().depthView(), pair.view1().depthView(), DepthTruth.EXACT);
        int both = 0;
        int contradictions = 0;
        for (int row = 3; row < SIZE.height(); row += 5) {
            for (int column = 3; column < SIZE.width(); column += 5) {
                PointTruth exact = pair.truth().locate(column + 0.5, row + 0.5);
                PointTruth approximate = fromDepth.locate(column + 0.5, row + 0.5);
                if (exact.reason() == Reason.VISIBLE && approximate.reason() == Reason.VISIBLE) {
                    both++;
                    assertThat(Math.hypot(exact.x() - approximate.x(), exact.y() - approximate.y()))
                            .isLessThan(Tolerance.POSITION_PX);
                    PointTruth back = pair.truth().reversed().locate(exact.x(), exact.y());
                    assertThat(back.reason()).isEqualTo(Reason.VISIBLE);
                    assertThat(Math.hypot(back.x() - column - 0.5, back.y() - row - 0.5))
                            .isLessThan(Tolerance.POSITION_PX);
                }
                boolean contradiction = exact.label() != approximate.label()
                        && exact.label() != MatchLabel.UNKNOWN
                        && approximate.label() != MatchLabel.UNKNOWN;
                contradictions += contradiction ? 1 : 0;
            }
        }
        assertThat(both).isGreaterThan(300);
        // A depth map cannot tell a surface from another one close behind it.
        assertThat(contradictions).isLessThan(both / 50);
    }

    @ParameterizedTest
    @EnumSource(SceneKind.class)
    void aCameraThatOnlyTurnsSeesEverythingInBothViews(SceneKind kind) {
        SceneView view = pair(kind, 2).view0();
        Pose turned = Pose.ofQuaternion(new double[] {1, 0.02, 0.05, 0.03}, Vector3.ZERO)
                .compose(view.camFromWorld());
        SceneTruth truth = new SceneTruth(
                view.visibility(), Visibility.of(view.visibility().scene(), view.camera(), turned));
        for (int row = 5; row < SIZE.height(); row += 7) {
            for (int column = 5; column < SIZE.width(); column += 7) {
                Reason reason = truth.locate(column + 0.3, row + 0.8).reason();
                assertThat(reason).isIn(Reason.VISIBLE, Reason.OUT_OF_FRAME, Reason.SKY, Reason.NEAR_BOUNDARY);
            }
        }
    }
}
