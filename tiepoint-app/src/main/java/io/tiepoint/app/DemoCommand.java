package io.tiepoint.app;

import io.tiepoint.app.picture.MatchGroups;
import io.tiepoint.app.picture.MatchPicture;
import io.tiepoint.app.picture.MatchedViews;
import io.tiepoint.core.check.Check;
import io.tiepoint.core.image.ColorImage;
import io.tiepoint.core.image.ImageSize;
import io.tiepoint.core.random.Seed;
import io.tiepoint.evaluate.HomographyMetrics;
import io.tiepoint.match.Tiepoint;
import io.tiepoint.match.geometry.OpenCvRobustEstimator;
import io.tiepoint.match.geometry.RobustOptions;
import io.tiepoint.synthetic.images.ImageSource;
import io.tiepoint.synthetic.images.ProceduralImages;
import io.tiepoint.synthetic.images.ProceduralRecipe;
import io.tiepoint.synthetic.pairs.HomographyPair;
import io.tiepoint.synthetic.pairs.HomographyPairs;
import io.tiepoint.synthetic.pairs.PairRecipe;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tiepoint demo}: two views of a synthetic scene, matched and checked against the exact truth. */
@Command(
        name = "demo",
        header = "Matches two views of a synthetic scene and checks every match against the exact truth.",
        description = {
            "",
            "Makes a scene and two views of it from a seed, so that the place of every point in the other view is known."
                    + " Extracts, matches, verifies, and writes the views and a picture of the matches: right ones green,"
                    + " wrong ones red. Needs no photograph and no network.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  tiepoint demo",
            "  tiepoint demo --seed 42 --out pictures",
            "  tiepoint demo --extractor rootsift",
            "      the same views with a classical method"
        })
final class DemoCommand implements Callable<Integer> {
    private static final ImageSize SIZE = new ImageSize(640, 480);
    /** Larger than the views, so that the second one sees more of the scene beside the first. */
    private static final ImageSize SOURCE_SIZE = new ImageSize(960, 720);

    private static final double RIGHT_PX = 3;
    private static final double THRESHOLD_PX = 1;
    private static final int RUNS = 10;

    @Spec
    private CommandSpec spec;

    @Mixin
    private MethodOptions method;

    @Option(names = "--seed", defaultValue = "9", description = "Which scene and views (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Write the pictures into this folder (default: a new one in the folder demo).")
    private @Nullable Path out;

    @Option(names = "--overwrite", description = "Write over pictures that are there already.")
    private boolean overwrite;

    @Override
    public Integer call() throws IOException {
        Path folder = out == null ? Outputs.free(Path.of("demo"), "seed-" + seed, "") : out;
        Path file0 = folder.resolve("view0.png");
        Path file1 = folder.resolve("view1.png");
        Path picture = folder.resolve("matches.png");
        Check.that(!Files.exists(folder) || Files.isDirectory(folder), "%s: expected a folder, found a file", folder);
        if (Files.exists(folder)) {
            for (Path file : List.of(file0, file1, picture)) {
                Outputs.expectWritable(file, overwrite);
            }
        }

        long start = System.nanoTime();
        Seed root = new Seed(seed);
        ImageSource images = new ProceduralImages(ProceduralRecipe.DEFAULT, root.child("images"), SOURCE_SIZE);
        HomographyPair pair = new HomographyPairs(PairRecipe.MEDIUM, images, SIZE, root.child("views")).pair(0);
        double makingMs = VerifiedPair.millisecondsSince(start);

        List<VerifiedPair> runs = new ArrayList<>();
        Optional<OpenCvRobustEstimator> estimator =
                Optional.of(new OpenCvRobustEstimator(RobustOptions.homography().withThresholdPx(THRESHOLD_PX)));
        try (Tiepoint tiepoint = method.open(0)) {
            for (int run = 0; run <= RUNS; run++) {
                runs.add(VerifiedPair.of(tiepoint, estimator, pair.image0(), pair.image1()));
            }
        }
        VerifiedPair found = runs.get(0);
        MatchGroups groups =
                MatchGroups.byTruth(found.keypoints0(), found.keypoints1(), found.matches(), pair.truth(), RIGHT_PX);

        Outputs.makeFolder(folder);
        ColorImage image0 = ColorImage.of(pair.image0());
        ColorImage image1 = ColorImage.of(pair.image1());
        Outputs.writePicture(image0, file0);
        Outputs.writePicture(image1, file1);
        MatchedViews views = new MatchedViews(image0, image1, found.keypoints0(), found.keypoints1(), found.matches());
        Outputs.writePicture(MatchPicture.draw(views, groups, found.matches().size() + " matches"), picture);

        PrintWriter tell = spec.commandLine().getOut();
        tell.printf(Locale.ROOT, "two views of scene %d, %s px, made in %.0f ms%n", seed, SIZE, makingMs);
        tellFound(tell, found, groups, pair);
        tellTimes(tell, runs);
        tell.println("picture: " + picture);
        tell.flush();
        return 0;
    }

    private static void tellFound(PrintWriter tell, VerifiedPair found, MatchGroups groups, HomographyPair pair) {
        tell.printf(
                Locale.ROOT,
                "%d and %d keypoints, %d matches: %d right (< %.0f px), %d wrong, %d unknown%n",
                found.keypoints0().size(),
                found.keypoints1().size(),
                found.matches().size(),
                groups.count(0),
                RIGHT_PX,
                groups.count(1),
                groups.count(2));
        tell.println(found.geometry()
                .map(g -> String.format(
                        Locale.ROOT,
                        "homography from %d of them: the corners are off by %.2f px on average",
                        g.inlierCount(),
                        HomographyMetrics.cornerError(g.h1From0(), pair.truth())))
                .orElse("no homography explains the matches"));
    }

    /** The first run also loads and compiles code, so it is told apart. */
    private static void tellTimes(PrintWriter tell, List<VerifiedPair> runs) {
        List<VerifiedPair> warm = runs.subList(1, runs.size());
        tell.printf(
                Locale.ROOT,
                "%.1f ms extraction (both views), %.1f ms matching, %.1f ms verification"
                        + " (medians of %d runs; the first one took %.0f ms in all)%n",
                median(warm, found -> found.extractionMs()),
                median(warm, found -> found.matchingMs()),
                median(warm, found -> found.verificationMs()),
                warm.size(),
                runs.get(0).totalMs());
    }

    private static double median(List<VerifiedPair> runs, ToDoubleFunction<VerifiedPair> time) {
        double[] sorted = runs.stream().mapToDouble(time).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
