package io.tiepoint.app;

import io.tiepoint.synthetic.images.PhotoFolder;
import io.tiepoint.synthetic.images.ProceduralImages;
import io.tiepoint.synthetic.images.ProceduralRecipe;
import io.tiepoint.train.recipe.Recipe;
import io.tiepoint.train.recipe.Recipes;
import io.tiepoint.train.run.TrainingListener;
import io.tiepoint.train.stage.Export;
import io.tiepoint.train.stage.Learn;
import io.tiepoint.train.stage.Origin;
import io.tiepoint.train.stage.Stage;
import io.tiepoint.train.torch.Torch;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** What {@link LearnCommand} and {@link TrainCommand} share: their options, and how a run is opened and gone on with. */
final class TrainingOptionsMixin {
    @Option(
            names = "--recipe",
            paramLabel = "RECIPE",
            description =
                    "quick (less than 15 minutes), laptop (hours; the shipped weights), or a YAML file; default: quick,"
                            + " or that of the run that is resumed.")
    private @Nullable String recipe;

    @Option(
            names = "--photos",
            paramLabel = "DIR",
            description =
                    "Learn features and matches from the photos of a folder, without labels, in place of procedural images.")
    private @Nullable Path photos;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "runs/latest",
            description = "Folder of the run: recipe, checkpoints, metrics, plots, models; default: ${DEFAULT-VALUE}.")
    private Path out = Path.of("runs/latest");

    @Option(names = "--resume", description = "Go on with the run in that folder.")
    private boolean resume;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description =
                    "Processor cores to use; default: all. With another number the samples stay the same, the weights nearly.")
    private int threads = Runtime.getRuntime().availableProcessors();

    private final AtomicBoolean stop = new AtomicBoolean();

    /** A run that was opened. */
    record Run(Recipe recipe, Learn learn, Path folder) {}

    Run open(CommandSpec spec, boolean mayExist) throws IOException {
        if (threads < 1) {
            throw new ParameterException(spec.commandLine(), "--threads: expected > 0, found " + threads);
        }
        PrintWriter err = spec.commandLine().getErr();
        boolean exists = Export.isRun(out);
        if (exists && !resume && !mayExist) {
            throw new ParameterException(
                    spec.commandLine(),
                    out + ": expected no run, found one; go on with it by --resume, or give another --out");
        }
        if (!exists && resume) {
            throw new ParameterException(
                    spec.commandLine(), out + ": expected a run to go on with, found none; leave out --resume");
        }
        Torch.load(threads);
        Recipe resolved = exists
                ? resumed(spec)
                : Recipes.open(recipe == null ? "quick" : recipe).resolved();
        String described = photos == null
                ? "procedural images made from the seed; no photographs"
                : "the photos of a folder named " + photos.getFileName();
        if (exists) {
            goOn(spec, described);
        } else {
            Learn.start(out, resolved, Origin.of(described, commit()));
        }
        Learn.ImageSources images = (seed, size) -> photos == null
                ? new ProceduralImages(ProceduralRecipe.DEFAULT, seed, size)
                : new PhotoFolder(photos, size);
        Runtime.getRuntime().addShutdownHook(new Thread(this::stopAndWait, "stop-training"));
        Learn learn = new Learn(resolved, out, images, threads, listener(err), stop::get);
        return new Run(resolved, learn, out);
    }

    /** A run learns from the same images to its end. */
    private void goOn(CommandSpec spec, String images) throws IOException {
        Origin origin = Origin.read(out);
        if (!origin.images().equals(images) && Learn.hasSeenImages(out)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--photos: expected what the run has learned from so far, " + origin.images() + ", found " + images
                            + "; give the same, or another --out");
        }
        origin.with(images, commit()).write(out);
    }

    private Recipe resumed(CommandSpec spec) throws IOException {
        Path file = out.resolve("recipe.yaml");
        Recipe found = Recipes.parse(Files.readString(file), file.toString());
        if (recipe != null && !Recipes.open(recipe).resolved().equals(found)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--recipe: expected the one that the run was started with, found another; leave it out, or edit "
                            + file);
        }
        return found;
    }

    /** Runs stages in order; false if Ctrl-C stopped them. */
    boolean run(Run run, List<Stage> stages, PrintWriter err) throws IOException {
        running = Thread.currentThread();
        try {
            for (Stage stage : stages) {
                if (!run.learn.run(stage)) {
                    err.println("stopped in stage " + stage.word() + "; go on with --resume --out " + run.folder);
                    err.flush();
                    return false;
                }
            }
            return true;
        } finally {
            running = null;
        }
    }

    private volatile @Nullable Thread running;

    /** Ctrl-C lets the step in progress end and a checkpoint be written before the process does. */
    private void stopAndWait() {
        stop.set(true);
        Thread thread = running;
        if (thread != null) {
            try {
                thread.join(60_000);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Commit of the program, as the launcher saw it. */
    static String commit() {
        return System.getProperty("tiepoint.commit", "unknown");
    }

    private static TrainingListener listener(PrintWriter err) {
        return new TrainingListener() {
            private @Nullable Progress progress;
            private double mean = Double.NaN;

            @Override
            public void started(String stage, long firstStep, long steps) {
                mean = Double.NaN;
                progress = Progress.start(stage, stage.equals("adapt") ? "images" : "steps", firstStep, steps, err);
            }

            @Override
            public void advanced(long step, double loss) {
                mean = Double.isNaN(mean) ? loss : 0.95 * mean + 0.05 * loss;
                Progress shown = progress;
                if (shown != null) {
                    shown.note(String.format(Locale.ROOT, "loss %.3f", mean));
                    shown.stepTo(step + 1);
                }
            }

            @Override
            public void validated(long step, Map<String, Double> figures) {
                Progress shown = progress;
                if (shown != null) {
                    shown.report(figures.entrySet().stream()
                            .map(f -> String.format(Locale.ROOT, "%s %.3f", f.getKey(), f.getValue()))
                            .collect(Collectors.joining(", ", "step " + (step + 1) + ": ", "")));
                }
            }

            @Override
            public void stopped(boolean finished) {
                Progress shown = progress;
                if (shown != null) {
                    shown.close();
                    progress = null;
                }
            }
        };
    }
}
