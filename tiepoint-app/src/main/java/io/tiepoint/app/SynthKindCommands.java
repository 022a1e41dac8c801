package io.tiepoint.app;

import io.tiepoint.app.evaluate.Interrupt;
import io.tiepoint.app.synth.Generation;
import io.tiepoint.app.synth.ImageEncoding;
import io.tiepoint.app.synth.SyntheticSet;
import io.tiepoint.core.check.Check;
import io.tiepoint.core.random.Seed;
import io.tiepoint.interop.dataset.DataSetFormat;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The commands that make data sets. */
final class SynthKindCommands {
    private SynthKindCommands() {}

    /** What all kinds share. */
    abstract static class Generate implements Callable<Integer> {
        private static final int MOST_TOLD = 20;

        @Spec
        private CommandSpec spec;

        @Option(names = "--count", required = true, paramLabel = "N", description = "Number of samples.")
        private long count;

        @Option(
                names = "--seed",
                paramLabel = "S",
                defaultValue = "1",
                description = "Which samples (default: ${DEFAULT-VALUE}).")
        private long seed;

        @Option(
                names = "--workers",
                paramLabel = "W",
                description = "Threads to work with; any number gives the same data (default: all cores).")
        private int workers = Runtime.getRuntime().availableProcessors();

        @Option(
                names = "--format",
                paramLabel = "F",
                defaultValue = "webdataset",
                description =
                        "webdataset (tar shards), parquet (a row for each sample) or folder (plain files in a folder"
                                + " for each shard); default: ${DEFAULT-VALUE}.")
        private DataSetFormat format;

        @Option(
                names = "--images",
                paramLabel = "E",
                defaultValue = "png",
                description =
                        "png (exact), webp (exact, a little smaller, slower) or jpeg (default: ${DEFAULT-VALUE}).")
        private ImageEncoding encoding;

        @Option(
                names = "--shard-size",
                paramLabel = "N",
                description = "Samples in each shard (default: 1000; of scenes, which are larger, 100).")
        private @Nullable Integer shardSize;

        @Option(
                names = "--out",
                required = true,
                paramLabel = "DIR",
                description = "Folder of the data set; an unfinished one is gone on with.")
        private Path out;

        abstract SynthKinds.Kind kind();

        @Override
        public Integer call() throws IOException {
            Check.that(count > 0, "--count: expected > 0, found %s", count);
            Check.that(workers > 0, "--workers: expected > 0, found %s", workers);
            if (shardSize != null) {
                Check.that(shardSize > 0, "--shard-size: expected > 0, found %s", shardSize);
            }
            PrintWriter err = spec.commandLine().getErr();
            PrintWriter tell = spec.commandLine().getOut();
            int perShard = shardSize == null ? kind().samplesPerShard() : shardSize;
            SyntheticSet set = kind().open(new Seed(seed), encoding);
            Generation generation = Generation.open(
                    set, new Generation.Extent(format, count, perShard, seed, SynthCommand.code()), out);
            long done = count - generation.left();
            boolean finished;
            try (Interrupt interrupt = new Interrupt();
                    Progress progress = Progress.start(set.kind(), "samples", done, count, err)) {
                finished = generation.run(workers, made -> progress.stepTo(done + made), interrupt::isRequested);
            }
            tellSkipped(generation.manifest().skipped(), err);
            if (!finished) {
                err.println("stopped; the same command goes on with it");
                err.flush();
                return 1;
            }
            tell.println(count + " samples in " + generation.manifest().shardCount() + " shards: " + out
                    + (done > 0 ? " (" + done + " of them were there)" : ""));
            tell.flush();
            return 0;
        }

        private static void tellSkipped(Map<String, String> skipped, PrintWriter err) {
            if (skipped.isEmpty()) {
                return;
            }
            Map<String, Long> counts = skipped.values().stream()
                    .collect(Collectors.groupingBy(
                            why -> why.substring(0, Math.max(why.indexOf(':'), 0)),
                            TreeMap::new,
                            Collectors.counting()));
            err.println("skipped " + skipped.size() + " files of the folder: "
                    + counts.entrySet().stream()
                            .map(count -> count.getValue() + " " + count.getKey())
                            .collect(Collectors.joining(", ")));
            skipped.values().stream().limit(MOST_TOLD).forEach(why -> err.println("  " + why));
            if (skipped.size() > MOST_TOLD) {
                err.println("  and " + (skipped.size() - MOST_TOLD) + " more, see manifest.json");
            }
            err.flush();
        }
    }

    /** {@code tiepoint synth shapes}. */
    @Command(
            name = "shapes",
            header = "Shapes with all their corners: positions, kinds, visibility.",
            description = {"", "Corners are exact to the sub-pixel: they come from the geometry, not from pixels.", ""})
    static final class Shapes extends Generate {
        @Mixin
        private SynthKinds.Shapes kind;

        @Override
        SynthKinds.Kind kind() {
            return kind;
        }
    }

    /** {@code tiepoint synth images}. */
    @Command(
            name = "images",
            header = "Images without photographs, or cut out of yours.",
            description = {"", "Cluttered scenes of textured objects, streets, landscapes and pages.", ""})
    static final class Images extends Generate {
        @Mixin
        private SynthKinds.Images kind;

        @Override
        SynthKinds.Kind kind() {
            return kind;
        }
    }

    /** {@code tiepoint synth pairs}. */
    @Command(
            name = "pairs",
            header = "Two views of one image, with the place of every point in the other one.",
            description = {
                "",
                "Each pair has 512 random points with their truth, and its homography where it is one.",
                ""
            })
    static final class Pairs extends Generate {
        @Mixin
        private SynthKinds.Pairs kind;

        @Override
        SynthKinds.Kind kind() {
            return kind;
        }
    }

    /** {@code tiepoint synth scenes}. */
    @Command(
            name = "scenes",
            header = "Views of three-dimensional scenes, with depth, normals, objects, cameras and exact truth.",
            description = {
                "",
                "Streets, interiors, landmarks, table tops, terrain. Each sample has two views or a walk of more, their"
                        + " cameras and maps, and 512 random points of each view with their place in the next one.",
                ""
            })
    static final class Scenes extends Generate {
        @Mixin
        private SynthKinds.Scenes kind;

        @Override
        SynthKinds.Kind kind() {
            return kind;
        }
    }
}
