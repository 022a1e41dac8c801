package io.tiepoint.bench;

import io.tiepoint.core.image.ImageSize;
import io.tiepoint.core.random.Seed;
import io.tiepoint.synthetic.pairs.ScenePairRecipe;
import io.tiepoint.synthetic.pairs.ScenePairs;
import io.tiepoint.synthetic.scenes.SceneKind;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;

/**
 * Pairs of views of 640x480 px for each second of a thread's processor time, by kind of scene, with light, lens and sensor, and with
 * the share of what is made once for a scene. Processor time does not count waiting, so that the figures mean something on a busy
 * machine as well; textures are made before the clock starts, since all scenes share them. Run it with {@code -Xbatch}: otherwise
 * the first kinds are measured before their code is compiled.
 *
 * <p>Arguments: {@code SCENES}, how many of each kind.
 */
public final class ScenePairSpeed {
    private static final ImageSize SIZE = new ImageSize(640, 480);
    private static final ScenePairRecipe RECIPE = ScenePairRecipe.TRAINING;

    private ScenePairSpeed() {}

    /** Measures and prints. */
    public static void main(String[] arguments) {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        int scenes = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 2;
        for (SceneKind kind : SceneKind.values()) {
            double seconds = seconds(kind, scenes);
            int pairs = scenes * RECIPE.pairsPerScene();
            out.printf("%-10s %6.1f ms a pair, %5.1f pairs/s%n", kind, 1000 * seconds / pairs, pairs / seconds);
        }
    }

    /** Processor time of all pairs of some scenes. */
    private static double seconds(SceneKind kind, int scenes) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        ScenePairRecipe recipe = RECIPE.withScenes(RECIPE.scenes().only(kind));
        ScenePairs pairs = new ScenePairs(recipe, SIZE, new Seed(1));
        long perScene = recipe.pairsPerScene();
        double sink = 0;
        // One pair of each scene makes its textures, and has the code compiled.
        for (int scene = 0; scene < scenes + 1; scene++) {
            sink += pairs.pair(scene * perScene).overlap();
        }
        // The last few scenes are remembered: so many others make sure that none is.
        for (int other = 0; other < 3; other++) {
            sink += pairs.pair((scenes + 1 + other) * perScene).overlap();
        }
        long start = threads.getCurrentThreadCpuTime();
        for (long index = 0; index < scenes * perScene; index++) {
            sink += pairs.pair(index).overlap();
        }
        double seconds = (threads.getCurrentThreadCpuTime() - start) * 1e-9;
        return sink < 0 ? Double.NaN : seconds;
    }
}
