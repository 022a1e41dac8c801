package io.tiepoint.synthetic.pairs;

import static org.assertj.core.api.Assertions.assertThat;

import io.tiepoint.core.image.ImageSize;
import io.tiepoint.core.random.Seed;
import io.tiepoint.core.truth.PointTruth;
import io.tiepoint.core.truth.Reason;
import io.tiepoint.synthetic.photometric.PhotometricRecipe;
import io.tiepoint.synthetic.recipe.Range;
import io.tiepoint.synthetic.render.SceneView;
import io.tiepoint.synthetic.scenes.SceneRecipe;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ScenePairsTest {
    private static final ImageSize SIZE = new ImageSize(128, 96);

    private static final SceneRecipe SCENES = new SceneRecipe(12, 2, SceneRecipe.DEFAULT.kinds());

    private static ScenePairs pairs(ViewChange change, double otherSunShare, long seed) {
        ScenePairRecipe recipe =
                new ScenePairRecipe(SCENES, change, PhotometricRecipe.NONE, PhotometricRecipe.NONE, otherSunShare, 3);
        return new ScenePairs(recipe, SIZE, new Seed(seed));
    }

    @Test
    void makesTheSamePairInAnyOrderAndThread() {
        ScenePairs first = pairs(ViewChange.TRAINING, 0.5, 1);
        ScenePair[] forwards = new ScenePair[6];
        for (int i = 0; i < forwards.length; i++) {
            forwards[i] = first.pair(i);
        }
        ScenePairs second = pairs(ViewChange.TRAINING, 0.5, 1);
        for (int i = forwards.length - 1; i >= 0; i--) {
            int index = i;
            ScenePair again =
                    CompletableFuture.supplyAsync(() -> second.pair(index)).join();
            assertSame(again.view0(), forwards[i].view0());
            assertSame(again.view1(), forwards[i].view1());
            assertThat(again.overlap()).isEqualTo(forwards[i].overlap());
        }
        assertSame(first.pair(2, 1.0).view1(), forwards[2].view1());
    }

    private static void assertSame(SceneView one, SceneView other) {
        assertThat(one.image()).isEqualTo(other.image());
        assertThat(one.depth()).isEqualTo(other.depth());
        assertThat(one.camera()).isEqualTo(other.camera());
        assertThat(one.camFromWorld()).isEqualTo(other.camFromWorld());
        assertThat(one.objectIds()).isEqualTo(other.objectIds());
        assertThat(one.normals()).isEqualTo(other.normals());
    }

    @Test
    void makesTwoEqualViewsAtDifficultyZero() {
        ScenePair pair = pairs(ViewChange.STRONG, 0.5, 2).pair(0, 0);
        assertThat(pair.view1().camera()).isEqualTo(pair.view0().camera());
        PointTruth there = pair.truth().locate(64.25, 60.5);
        assertThat(Math.hypot(there.x() - 64.25, there.y() - 60.5)).isLessThan(2);
    }

    @Test
    void overlapsMostlyAsTheRecipeSays() {
        ScenePairs pairs = pairs(ViewChange.MEDIUM, 0, 3);
        int within = 0;
        int count = 9;
        for (int i = 0; i < count; i++) {
            double overlap = pairs.pair(i).overlap();
            within += overlap >= 0.2 && overlap <= 0.9 ? 1 : 0;
        }
        assertThat(within).isGreaterThanOrEqualTo(count * 2 / 3);
    }

    @Test
    void showsTheSameThingWhereTheTruthSaysSo() {
        ScenePairs pairs = pairs(
                new ViewChange(
                        ViewChange.MILD.viewAngleRad(),
                        ViewChange.MILD.parallaxRad(),
                        new Range(0.95, 1.05),
                        0.1,
                        0.05,
                        ViewChange.MILD.overlap()),
                0,
                4);
        double agreement = 0;
        double chance = 0;
        int count = 0;
        for (int index = 0; index < 9; index++) {
            ScenePair pair = pairs.pair(index);
            for (int row = 2; row < SIZE.height() - 2; row += 3) {
                for (int column = 2; column < SIZE.width() - 2; column += 3) {
                    PointTruth truth = pair.truth().locate(column + 0.5, row + 0.5);
                    if (truth.reason() == Reason.VISIBLE) {
                        double here = pair.view0().image().at(column, row);
                        agreement += Math.abs(here - pair.view1().image().sample(truth.x(), truth.y()));
                        chance += Math.abs(here - pair.view1().image().sample(truth.y(), truth.x()));
                        count++;
                    }
                }
            }
        }
        assertThat(count).isGreaterThan(2000);
        assertThat(agreement / count).isLessThan(0.4 * chance / count);
    }

    @Test
    void walksAlongAPath() {
        List<SceneView> path = pairs(ViewChange.MILD, 0, 5).path(1, 4);
        assertThat(path).hasSize(4);
        for (int i = 1; i < path.size(); i++) {
            assertThat(path.get(i).visibility().scene())
                    .isSameAs(path.get(0).visibility().scene());
            double overlap =
                    Shots.overlap(path.get(i - 1).visibility(), path.get(i).visibility());
            assertThat(overlap).isGreaterThan(0.2);
        }
    }
}
