package io.tiepoint.app;

import io.tiepoint.app.synth.ImageEncoding;
import io.tiepoint.app.synth.SyntheticSet;
import io.tiepoint.core.check.Check;
import io.tiepoint.core.random.Seed;
import io.tiepoint.synthetic.preview.ContactSheet;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tiepoint synth preview}: a picture of some samples, with their labels. */
@Command(
        name = "preview",
        header = "Draws some samples with their labels side by side.",
        synopsisSubcommandLabel = "KIND",
        subcommands = {
            SynthPreviewCommand.Shapes.class,
            SynthPreviewCommand.Images.class,
            SynthPreviewCommand.Pairs.class,
            SynthPreviewCommand.Scenes.class
        },
        footer = {"", "Example:", "  tiepoint synth preview shapes --seed 7 --out shapes.png"})
final class SynthPreviewCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "preview: expected shapes, images, pairs or scenes, found nothing");
    }

    /** What all kinds share. */
    abstract static class Preview implements Callable<Integer> {
        private static final int COLUMNS = 4;

        @Spec
        private CommandSpec spec;

        @Option(
                names = "--count",
                paramLabel = "N",
                defaultValue = "16",
                description = "Number of samples (default: ${DEFAULT-VALUE}).")
        private int count;

        @Option(
                names = "--seed",
                paramLabel = "S",
                defaultValue = "1",
                description = "Which samples (default: ${DEFAULT-VALUE}).")
        private long seed;

        @Option(
                names = "--first",
                paramLabel = "N",
                defaultValue = "0",
                description = "Number of the first sample (default: ${DEFAULT-VALUE}).")
        private long first;

        @Option(
                names = "--step",
                paramLabel = "N",
                description = "Draw every N-th sample (default: 1; of scenes so that each is seen once).")
        private @Nullable Integer step;

        @Option(
                names = "--columns",
                paramLabel = "N",
                description = "Images in a row (default: about 4, so that no sample is broken).")
        private @Nullable Integer columns;

        @Option(
                names = "--enlarge",
                paramLabel = "N",
                description = "Side of an image's pixel in the picture (default: 2, of large images 1).")
        private @Nullable Integer enlargement;

        @Option(names = "--out", required = true, paramLabel = "FILE.png", description = "Where to write the picture.")
        private Path out;

        @Option(names = "--overwrite", description = "Write over a picture that is there already.")
        private boolean overwrite;

        abstract SynthKinds.Kind kind();

        @Override
        public Integer call() throws IOException {
            Check.that(count > 0 && count <= 1000, "--count: expected from 1 to 1000, found %s", count);
            Check.that(first >= 0, "--first: expected >= 0, found %s", first);
            if (step != null) {
                Check.that(step > 0, "--step: expected > 0, found %s", step);
            }
            if (columns != null) {
                Check.that(columns > 0 && columns <= 100, "--columns: expected from 1 to 100, found %s", columns);
            }
            if (enlargement != null) {
                Check.that(
                        enlargement > 0 && enlargement <= 16,
                        "--enlarge: expected from 1 to 16, found %s",
                        enlargement);
            }
            Outputs.expectWritable(out, overwrite);
            SyntheticSet set = kind().open(new Seed(seed), ImageEncoding.PNG);
            int every = step == null ? set.samplesAlike() : step;
            int whole = set.imagesInPreview();
            int across = columns == null ? whole * Math.max(COLUMNS / whole, 1) : columns;
            ContactSheet sheet = enlargement == null ? new ContactSheet(across) : new ContactSheet(across, enlargement);
            for (int i = 0; i < count; i++) {
                set.preview(sheet, first + (long) i * every);
            }
            Outputs.writePicture(sheet.draw(), out);
            PrintWriter tell = spec.commandLine().getOut();
            tell.println("picture: " + out);
            tell.flush();
            return 0;
        }
    }

    /** {@code tiepoint synth preview shapes}. */
    @Command(
            name = "shapes",
            header = "Shapes with their corners.",
            description = {
                "",
                "Crosses: ends green, L yellow, T orange, Y magenta, X cyan, arrows blue, centres white, hidden"
                        + " corners dark red.",
                ""
            })
    static final class Shapes extends Preview {
        @Mixin
        private SynthKinds.Shapes kind;

        @Override
        SynthKinds.Kind kind() {
            return kind;
        }
    }

    /** {@code tiepoint synth preview images}. */
    @Command(name = "images", header = "Images.")
    static final class Images extends Preview {
        @Mixin
        private SynthKinds.Images kind;

        @Override
        SynthKinds.Kind kind() {
            return kind;
        }
    }

    /** {@code tiepoint synth preview pairs}. */
    @Command(
            name = "pairs",
            header = "Pairs of views; the same point has the same colour in both.",
            description = {"", "View 0 and view 1 of a pair are neighbours.", ""})
    static final class Pairs extends Preview {
        @Mixin
        private SynthKinds.Pairs kind;

        @Override
        SynthKinds.Kind kind() {
            return kind;
        }
    }

    /** {@code tiepoint synth preview scenes}. */
    @Command(
            name = "scenes",
            header = "Views of scenes with depth and objects; the same point has the same colour in all views.",
            description = {
                "",
                "In a row: the views, the depth of view 0 (near is light, the sky black), with --holes also the holed"
                        + " one (holes are green), and its objects.",
                ""
            })
    static final class Scenes extends Preview {
        @Mixin
        private SynthKinds.Scenes kind;

        @Override
        SynthKinds.Kind kind() {
            return kind;
        }
    }
}
