package io.tiepoint.train.stage;

import static org.assertj.core.api.Assertions.assertThat;

import io.tiepoint.core.random.Seed;
import io.tiepoint.train.network.ExtractorNetwork;
import io.tiepoint.train.recipe.Recipe;
import io.tiepoint.train.run.StageFolder;
import io.tiepoint.train.run.TrainingListener;
import io.tiepoint.train.run.TrainingLoop;
import io.tiepoint.train.run.TrainingOptions;
import io.tiepoint.train.torch.Precision;
import io.tiepoint.train.torch.Torch;
import io.tiepoint.train.torch.Weights;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeMemoryTest {
    @TempDir
    private Path folder = Path.of(".");

    @BeforeAll
    static void load() {
        Torch.load(1);
    }

    /** Counts what libtorch holds for us after every step. */
    private static final class Counter implements TrainingListener {
        private final Map<Long, Long> countAfter = new HashMap<>();

        @Override
        public void started(String stage, long firstStep, long steps) {}

        @Override
        public void advanced(long step, double loss) {
            countAfter.put(step + 1, Pointer.totalCount());
        }

        @Override
        public void validated(long step, Map<String, Double> figures) {}

        @Override
        public void stopped(boolean finished) {}
    }

    @Test
    void stepsValidationsAndCheckpointsKeepNothing() throws IOException {
        TrainingOptions options = new TrainingOptions(300, 0.001, 10, 1e-4, 5, 149, 0.05);
        Recipe.Corners recipe = new Recipe.Corners(32, 32, 1, options);
        ExtractorNetwork network = TinyRun.RECIPE.extractor().network();
        Counter counter = new Counter();
        boolean finished = new TrainingLoop("corners", new StageFolder(folder), options, 1, counter, () -> false)
                .run(
                        network,
                        Weights.initial(network, new Seed(1)),
                        weights -> new CornersTask(network, weights, Precision.FLOAT32, recipe, new Seed(2)));

        assertThat(finished).isTrue();
        assertThat(counter.countAfter.get(300L)).isEqualTo(counter.countAfter.get(50L));
    }
}
