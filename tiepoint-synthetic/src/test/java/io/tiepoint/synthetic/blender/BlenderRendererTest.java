package io.tiepoint.synthetic.blender;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;
import static org.junit.jupiter.api.Assumptions.abort;

import io.tiepoint.core.geometry.Camera;
import io.tiepoint.core.geometry.PixelPoint;
import io.tiepoint.core.geometry.Vector3;
import io.tiepoint.core.image.GrayImage;
import io.tiepoint.core.image.ImageSize;
import io.tiepoint.core.random.Seed;
import io.tiepoint.core.truth.PointTruth;
import io.tiepoint.core.truth.Reason;
import io.tiepoint.synthetic.pairs.ScenePairRecipe;
import io.tiepoint.synthetic.pairs.ScenePairs;
import io.tiepoint.synthetic.pairs.ViewChange;
import io.tiepoint.synthetic.photometric.PhotometricRecipe;
import io.tiepoint.synthetic.render.EmbeddedRenderer;
import io.tiepoint.synthetic.render.Lighting;
import io.tiepoint.synthetic.render.Renderer;
import io.tiepoint.synthetic.render.SceneTruth;
import io.tiepoint.synthetic.render.SceneView;
import io.tiepoint.synthetic.render.Visibility;
import io.tiepoint.synthetic.scenes.SceneKind;
import io.tiepoint.synthetic.scenes.SceneRecipe;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Blender against the embedded renderer: the same scenes, cameras and suns. Skipped where Blender is not installed. */
class BlenderRendererTest {
    private static final ImageSize SIZE = new ImageSize(160, 120);
    private static final BlenderOptions OPTIONS = BlenderOptions.DEFAULT.with(6, 2);

    /** Pixels within half a pixel of the edge of something nearer; nothing is left out but depth, normals and objects there. */
    private static final double MOST_SILHOUETTES = 0.45;

    /** Of those, pixels whose centre is so near to the edge that float32 decides what they show. */
    private static final double MOST_WRONG_AT_SILHOUETTES = 0.005;

    private static final EmbeddedRenderer EMBEDDED = new EmbeddedRenderer(OPTIONS.exposure());
    private static final Map<SceneKind, Taken> TAKEN = new EnumMap<>(SceneKind.class);

    private static BlenderRenderer blender;

    /** Two views of one place, by both renderers. */
    private record Taken(List<Renderer.Take> takes, List<SceneView> embedded, List<BlenderPasses> passes) {}

    @BeforeAll
    static void findBlender() {
        try {
            blender = new BlenderRenderer(BlenderProgram.find(), OPTIONS);
        } catch (IOException e) {
            abort("skipped: " + e.getMessage());
        }
    }

    private static Taken taken(SceneKind kind) throws IOException {
        Taken taken = TAKEN.get(kind);
        if (taken == null) {
            List<Renderer.Take> takes = takes(kind);
            taken = new Taken(takes, EMBEDDED.render(takes), blender.passes(takes));
            TAKEN.put(kind, taken);
        }
        return taken;
    }

    private static List<Renderer.Take> takes(SceneKind kind) {
        SceneRecipe scenes = new SceneRecipe(24, 6, SceneRecipe.DEFAULT.kinds()).only(kind);
        ScenePairRecipe recipe =
                new ScenePairRecipe(scenes, ViewChange.MEDIUM, PhotometricRecipe.NONE, PhotometricRecipe.NONE, 1, 1);
        List<Renderer.Take> takes = new ArrayList<>();
        Renderer listening = new Renderer() {
            @Override
            public SceneView render(Visibility visibility, Lighting lighting) {
                // A lens with other pixels across than down, which looks beside the middle of its image.
                Camera c = visibility.camera();
                Camera askew = takes.isEmpty()
                        ? c
                        : new Camera(c.size(), 0.8 * c.focalX(), c.focalY(), c.centreX() + 11.3, c.centreY() - 7.6);
                takes.add(new Take(Visibility.of(visibility.scene(), askew, visibility.camFromWorld()), lighting));
                return EMBEDDED.render(visibility, lighting);
            }

            @Override
            public String describe() {
                return "listening";
            }
        };
        assertThat(new ScenePairs(recipe, SIZE, new Seed(1), listening).pair(0)).isNotNull();
        return takes;
    }

    @ParameterizedTest
    @EnumSource(SceneKind.class)
    void seesTheSameGeometry(SceneKind kind) throws IOException {
        Taken taken = taken(kind);
        for (int i = 0; i < 2; i++) {
            BlenderAgreement agreement = BlenderAgreement.of(taken.takes.get(i).visibility(), taken.passes.get(i));
            assertThat(agreement.isGood()).as("%s", agreement).isTrue();
            assertThat(agreement.worstDepth()).as("%s", agreement).isLessThan(1e-4);
            assertThat(agreement.worstPositionPx()).as("%s", agreement).isLessThan(0.03);
            assertThat(agreement.worstNormalRad()).as("%s", agreement).isLessThan(1e-3);
            assertThat(agreement.wrongObjects()).as("%s", agreement).isLessThanOrEqualTo(agreement.pixels() / 500);
            assertThat(agreement.silhouettes()).as("%s", agreement).isLessThan((int)
                    (MOST_SILHOUETTES * agreement.pixels()));
            assertThat(agreement.wrongAtSilhouettes()).as("%s", agreement).isLessThanOrEqualTo((int)
                    (MOST_WRONG_AT_SILHOUETTES * agreement.silhouettes()));
        }
    }

    /** What Blender saw in view 0, looked for in view 1: there the truth says it is, and there Blender sees it as well. */
    @ParameterizedTest
    @EnumSource(SceneKind.class)
    void findsPointsInTheOtherViewWhereTheTruthSays(SceneKind kind) throws IOException {
        Taken taken = taken(kind);
        Visibility view0 = taken.takes.get(0).visibility();
        Visibility view1 = taken.takes.get(1).visibility();
        SceneTruth truth = new SceneTruth(view0, view1);
        BlenderPasses passes0 = taken.passes.get(0);
        BlenderPasses passes1 = taken.passes.get(1);
        int compared = 0;
        int other = 0;
        for (int row = 0; row < SIZE.height(); row++) {
            for (int column = 0; column < SIZE.width(); column++) {
                PointTruth located = truth.locate(column + 0.5, row + 0.5);
                if (located.reason() == Reason.VISIBLE) {
                    float depth = passes0.depth().at(column, row);
                    Vector3 point = view0.camFromWorld()
                            .inverse()
                            .map(view0.camera().ray(column + 0.5, row + 0.5).times(depth));
                    PixelPoint seen =
                            view1.camera().project(view1.camFromWorld().map(point));
                    assertThat(seen.distanceTo(new PixelPoint(located.x(), located.y())))
                            .as("%s: (%s, %s)", kind, column, row)
                            .isLessThan(BlenderAgreement.POSITION_PX);
                    int rowThere = (int) located.y();
                    int there = rowThere * SIZE.width() + (int) located.x();
                    int here = row * SIZE.width() + column;
                    other += passes0.objectIds()[here] == passes1.objectIds()[there] ? 0 : 1;
                    compared++;
                }
            }
        }
        assertThat(compared).isGreaterThan(500);
        // The truth is of a point, the object of its pixel's centre, which may lie beyond an edge.
        assertThat(other).isLessThan(compared / 10);
    }

    /**
     * The pictures, not only the passes: patches of both are laid over each other. Out of doors, where both have the same light;
     * indoors the light on a wall fades in another direction, and plain patches follow it.
     */
    @ParameterizedTest
    @EnumSource(
            value = SceneKind.class,
            names = {"STREET", "LANDMARK", "TERRAIN"})
    void paintsThePictureWhereTheEmbeddedRendererDoes(SceneKind kind) throws IOException {
        Taken taken = taken(kind);
        List<PixelPoint> shifts = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            GrayImage embedded = taken.embedded.get(i).image();
            GrayImage picture = EMBEDDED.developed(
                    SIZE.width(), SIZE.height(), taken.passes.get(i).brightness());
            shifts.addAll(PatchShift.between(embedded, picture));
            assertThat(PatchShift.correlation(embedded, picture))
                    .as("%s, view %s", kind, i)
                    .isGreaterThan(0.6);
        }
        assertThat(shifts.size()).as("patches").isGreaterThan(60);
        // Shadows that fall otherwise, and the noise of so few samples, move medians by some hundredths.
        assertThat(PatchShift.median(shifts, PixelPoint::x)).isBetween(-0.1, 0.1);
        assertThat(PatchShift.median(shifts, PixelPoint::y)).isBetween(-0.1, 0.1);
    }

    @Test
    void takesTheSamePictureTwiceWithAnyNumberOfThreads() throws IOException {
        Taken taken = taken(SceneKind.TABLETOP);
        BlenderRenderer again = new BlenderRenderer(BlenderProgram.find(), OPTIONS.with(OPTIONS.samples(), 1));
        Renderer.Take take = taken.takes.get(0);
        SceneView view = again.render(take.visibility(), take.lighting());
        assertThat(view.image())
                .isEqualTo(EMBEDDED.developed(
                        SIZE.width(), SIZE.height(), taken.passes.get(0).brightness()));
        SceneView embedded = taken.embedded.get(0);
        for (int i = 0; i < embedded.depth().depths().length; i++) {
            assertThat(1 / view.depth().depths()[i])
                    .isCloseTo(1 / embedded.depth().depths()[i], withinPercentage(1e-4));
        }
        assertThat(view.objectIds()).isEqualTo(embedded.objectIds());
        assertThat(again.describe()).contains("blender", "6 samples");
    }

    @Test
    void takesNothingOfNothing() {
        assertThat(blender.render(List.of())).isEmpty();
    }
}
