package io.tiepoint.bench;

import io.tiepoint.app.synth.ImageEncoding;
import io.tiepoint.app.synth.ShapeSet;
import io.tiepoint.core.image.GrayImage;
import io.tiepoint.core.image.ImageSize;
import io.tiepoint.core.random.Seed;
import io.tiepoint.interop.dataset.DataSample;
import io.tiepoint.synthetic.homography.HomographyRecipe;
import io.tiepoint.synthetic.images.ProceduralImages;
import io.tiepoint.synthetic.images.ProceduralRecipe;
import io.tiepoint.synthetic.pairs.HomographyPair;
import io.tiepoint.synthetic.pairs.HomographyPairs;
import io.tiepoint.synthetic.pairs.PairRecipe;
import io.tiepoint.synthetic.pairs.ScenePair;
import io.tiepoint.synthetic.pairs.ScenePairRecipe;
import io.tiepoint.synthetic.pairs.ScenePairs;
import io.tiepoint.synthetic.pairs.ViewPair;
import io.tiepoint.synthetic.pairs.ViewPairRecipe;
import io.tiepoint.synthetic.pairs.ViewPairs;
import io.tiepoint.synthetic.photometric.PhotometricRecipe;
import io.tiepoint.synthetic.shapes.ShapeSample;
import io.tiepoint.synthetic.shapes.ShapesGenerator;
import io.tiepoint.synthetic.shapes.ShapesRecipe;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Samples per second of each generator, on one core. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 5)
@Measurement(iterations = 5, time = 3)
public class GeneratorBenchmark {
    private static final ImageSize VIEW = new ImageSize(320, 240);
    private static final ImageSize LARGE = new ImageSize(640, 480);
    private static final ImageSize SOURCE = new ImageSize(480, 360);

    private final ShapesGenerator shapes =
            new ShapesGenerator(ShapesRecipe.DEFAULT, new ImageSize(160, 120), new Seed(1));
    private final ShapesGenerator richShapes =
            new ShapesGenerator(ShapesRecipe.RICH, new ImageSize(160, 120), new Seed(1));
    private final ShapeSet shapeFiles =
            new ShapeSet(ShapesRecipe.DEFAULT, new ImageSize(160, 120), ImageEncoding.PNG, new Seed(1));
    private final ProceduralImages images = new ProceduralImages(ProceduralRecipe.DEFAULT, new Seed(1), VIEW);
    private final ProceduralImages sources = new ProceduralImages(ProceduralRecipe.DEFAULT, new Seed(1), SOURCE);
    private final HomographyPairs pairs = new HomographyPairs(PairRecipe.TRAINING, sources, VIEW, new Seed(1));
    private final GrayImage source = sources.image(0);
    private final HomographyPairs warps =
            new HomographyPairs(PairRecipe.TRAINING, new OneImage(source), VIEW, new Seed(1));
    private final GrayImage largeSource =
            new ProceduralImages(ProceduralRecipe.DEFAULT, new Seed(1), new ImageSize(960, 720)).image(0);
    private final HomographyPairs largeWarps = new HomographyPairs(
            new PairRecipe(HomographyRecipe.MEDIUM, PhotometricRecipe.NONE, PhotometricRecipe.NONE, false),
            new OneImage(largeSource),
            LARGE,
            new Seed(1));
    private final HomographyPairs largePairs =
            new HomographyPairs(PairRecipe.MEDIUM, new OneImage(largeSource), LARGE, new Seed(1));
    private final ViewPairs mixedPairs =
            new ViewPairs(ViewPairRecipe.MIXED, new OneImage(largeSource), LARGE, new Seed(1));
    private final ScenePairs scenePairs = new ScenePairs(ScenePairRecipe.TRAINING, LARGE, new Seed(1));
    private long index;

    /** Shapes of 160x120 with homography and photometric changes. */
    @Benchmark
    public ShapeSample shapes() {
        return shapes.sample(index++);
    }

    /** Procedural images of 320x240. */
    @Benchmark
    public GrayImage proceduralImages() {
        return images.image(index++);
    }

    /** Pairs of 320x240 from procedural images of 480x360. */
    @Benchmark
    public HomographyPair proceduralPairs() {
        return pairs.pair(index++);
    }

    /** Pairs of 320x240 from an image that is there already. */
    @Benchmark
    public HomographyPair pairsOfDecodedImages() {
        return warps.pair(index++);
    }

    /** Shapes of 160x120 with curves, wires, letters, spots and layers, lens and sensor. */
    @Benchmark
    public ShapeSample richShapes() {
        return richShapes.sample(index++);
    }

    /** Shapes of 160x120 as the files of a data set. */
    @Benchmark
    public DataSample shapeFiles() {
        return shapeFiles.sample(index++);
    }

    /** Pairs of 640x480 from an image that is there already, geometry alone. */
    @Benchmark
    public HomographyPair largeWarps() {
        return largeWarps.pair(index++);
    }

    /** The same with photometric changes. */
    @Benchmark
    public HomographyPair largePairs() {
        return largePairs.pair(index++);
    }

    /** Pairs of 640x480 of every geometry, under every light and weather. */
    @Benchmark
    public ViewPair mixedPairs() {
        return mixedPairs.pair(index++);
    }

    /** Pairs of 640x480 of three-dimensional scenes with depth; {@link ScenePairSpeed} tells them apart by kind. */
    @Benchmark
    public ScenePair scenePairs() {
        return scenePairs.pair(index++);
    }
}
