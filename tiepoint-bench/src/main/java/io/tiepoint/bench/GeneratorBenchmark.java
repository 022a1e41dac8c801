package io.tiepoint.bench;

import io.tiepoint.app.synth.ImageEncoding;
import io.tiepoint.app.synth.ShapeSet;
import io.tiepoint.core.image.ImageSize;
import io.tiepoint.core.image.PngEncoder;
import io.tiepoint.core.random.Seed;
import io.tiepoint.synthetic.homography.HomographyRecipe;
import io.tiepoint.synthetic.images.ImageSource;
import io.tiepoint.synthetic.images.PhotoFolder;
import io.tiepoint.synthetic.images.ProceduralImages;
import io.tiepoint.synthetic.images.ProceduralRecipe;
import io.tiepoint.synthetic.pairs.HomographyPairs;
import io.tiepoint.synthetic.pairs.PairRecipe;
import io.tiepoint.synthetic.pairs.ScenePairRecipe;
import io.tiepoint.synthetic.pairs.ScenePairs;
import io.tiepoint.synthetic.pairs.ViewPairRecipe;
import io.tiepoint.synthetic.pairs.ViewPairs;
import io.tiepoint.synthetic.photometric.PhotometricRecipe;
import io.tiepoint.synthetic.scenes.SceneKind;
import io.tiepoint.synthetic.shapes.ShapesGenerator;
import io.tiepoint.synthetic.shapes.ShapesRecipe;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Samples for each second of processor time of one thread, per generator; without the collector's and the compiler's threads. Processor
 * time, since the machine may have other work; and no JMH, which measures the time of the clock. With {@code -Xbatch} nothing is measured before its code is compiled.
 *
 * <p>Arguments: {@code [SECONDS [PHOTOS]]}: for how long each is measured, twice that to warm up (default 3), and a folder of
 * photographs (default: procedural images of 1600x1200 px, written as PNG files and read again).
 */
public final class GeneratorBenchmark {
    private static final ImageSize SHAPES = new ImageSize(160, 120);
    private static final ImageSize VGA = new ImageSize(640, 480);
    /** What {@code tiepoint synth pairs} cuts out of photographs for views of 640x480 px. */
    private static final ImageSize SOURCE = new ImageSize(960, 720);

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final Seed SEED = new Seed(1);

    private final PrintStream out;
    private final double seconds;
    /** Kept, lest the compiler leaves it out. */
    private volatile @Nullable Object last;

    private GeneratorBenchmark(PrintStream out, double seconds) {
        this.out = out;
        this.seconds = seconds;
    }

    /** Prints the rates. */
    public static void main(String[] arguments) throws IOException {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        GeneratorBenchmark benchmark =
                new GeneratorBenchmark(out, arguments.length > 0 ? Double.parseDouble(arguments[0]) : 3);
        out.printf("JDK %s; samples per second of processor time, one thread%n", Runtime.version());
        benchmark.shapes();
        if (arguments.length > 1) {
            benchmark.pairs(new PhotoFolder(Path.of(arguments[1]), SOURCE));
        } else {
            Path folder = Files.createTempDirectory("photographs");
            List<Path> files = photographs(folder);
            benchmark.pairs(new PhotoFolder(folder, SOURCE));
            for (Path file : files) {
                Files.delete(file);
            }
            Files.delete(folder);
        }
        benchmark.measure(
                "procedural images 640x480", new ProceduralImages(ProceduralRecipe.DEFAULT, SEED, VGA)::image);
        benchmark.scenes();
    }

    private static List<Path> photographs(Path folder) throws IOException {
        ProceduralImages images = new ProceduralImages(ProceduralRecipe.DEFAULT, SEED, new ImageSize(1600, 1200));
        Path[] files = new Path[8];
        for (int i = 0; i < files.length; i++) {
            files[i] = Files.write(folder.resolve(i + ".png"), PngEncoder.encode(images.image(i)));
        }
        return Arrays.asList(files);
    }

    private void shapes() {
        measure("shapes 160x120, default", new ShapesGenerator(ShapesRecipe.DEFAULT, SHAPES, SEED)::sample);
        measure("shapes 160x120, rich", new ShapesGenerator(ShapesRecipe.RICH, SHAPES, SEED)::sample);
        ShapeSet files = new ShapeSet(ShapesRecipe.DEFAULT, SHAPES, ImageEncoding.PNG, SEED);
        measure("shapes 160x120, default, as files", files::sample);
    }

    /** With depth, normals, ids, and the share of what is made once for a scene. */
    private void scenes() {
        for (SceneKind kind : SceneKind.values()) {
            ScenePairRecipe recipe = ScenePairRecipe.TRAINING.withScenes(
                    ScenePairRecipe.TRAINING.scenes().only(kind));
            measure(
                    "pairs 640x480 of scenes, " + kind.name().toLowerCase(Locale.ROOT),
                    new ScenePairs(recipe, VGA, SEED)::pair);
        }
    }

    private void pairs(ImageSource photographs) {
        PairRecipe geometry =
                new PairRecipe(HomographyRecipe.MEDIUM, PhotometricRecipe.NONE, PhotometricRecipe.NONE, false);
        pairs("medium, geometry alone", geometry, photographs);
        pairs("mild", PairRecipe.MILD, photographs);
        pairs("medium", PairRecipe.MEDIUM, photographs);
        pairs("strong", PairRecipe.STRONG, photographs);
        pairs("training", PairRecipe.TRAINING, photographs);
        measure(
                "pairs 640x480 of photographs, mixed",
                new ViewPairs(ViewPairRecipe.MIXED, photographs, VGA, SEED)::pair);
    }

    private void pairs(String name, PairRecipe recipe, ImageSource photographs) {
        measure("pairs 640x480 of photographs, " + name, new HomographyPairs(recipe, photographs, VGA, SEED)::pair);
    }

    private void measure(String name, LongFunction<?> generator) {
        double ignored = rate(generator, 2 * seconds);
        out.printf(Locale.ROOT, "%-52s %9.1f%n", name, rate(generator, seconds));
    }

    private double rate(LongFunction<?> generator, double atLeast) {
        long start = THREADS.getCurrentThreadCpuTime();
        long index = 0;
        double taken = 0;
        while (taken < atLeast) {
            last = generator.apply(index++);
            taken = (THREADS.getCurrentThreadCpuTime() - start) / 1e9;
        }
        if (last == null) {
            throw new IllegalStateException("the generator made nothing");
        }
        return index / taken;
    }
}
