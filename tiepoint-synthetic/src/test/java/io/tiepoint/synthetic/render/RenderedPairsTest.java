package io.tiepoint.synthetic.render;

import static org.assertj.core.api.Assertions.assertThat;

import io.tiepoint.core.image.ImageSize;
import io.tiepoint.core.random.Seed;
import io.tiepoint.synthetic.pairs.ScenePair;
import io.tiepoint.synthetic.pairs.ScenePairRecipe;
import io.tiepoint.synthetic.pairs.ScenePairs;
import io.tiepoint.synthetic.pairs.ViewChange;
import io.tiepoint.synthetic.photometric.PhotometricRecipe;
import io.tiepoint.synthetic.scenes.SceneRecipe;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

/** What is rendered, to the bit. */
class RenderedPairsTest {
    /**
     * Of the pairs below, on every machine and JDK. It changes when pictures of scenes are meant to change, and then all data sets of
     * scenes change with it: say so in the change log.
     */
    private static final long CHECKSUM = 3968338546L;

    @Test
    void rendersTheSameBitsEverywhere() {
        // The first five scenes of this seed are of five kinds.
        SceneRecipe scenes = new SceneRecipe(12, 2, new SceneRecipe.Kinds(1, 1, 1, 1, 1));
        ScenePairRecipe recipe = new ScenePairRecipe(
                scenes, ViewChange.TRAINING, PhotometricRecipe.MILD, PhotometricRecipe.MEDIUM, 0.5, 1);
        ScenePairs pairs = new ScenePairs(recipe, new ImageSize(96, 72), new Seed(11));
        CRC32 checksum = new CRC32();
        for (int index = 0; index < 5; index++) {
            ScenePair pair = pairs.pair(index);
            add(pair.view0(), checksum);
            add(pair.view1(), checksum);
        }
        assertThat(checksum.getValue()).isEqualTo(CHECKSUM);
    }

    private static void add(SceneView view, CRC32 checksum) {
        for (float pixel : view.image().pixels()) {
            assertThat(pixel).isBetween(0f, 1f);
        }
        add(view.image().pixels(), checksum);
        add(view.depth().depths(), checksum);
        add(view.normals(), checksum);
    }

    private static void add(float[] values, CRC32 checksum) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length);
        bytes.asFloatBuffer().put(values);
        checksum.update(bytes.array());
    }
}
