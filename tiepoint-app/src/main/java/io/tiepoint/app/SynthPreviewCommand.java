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
            SynthPreviewCommand.Pairs.class
        },
        footer = {"", "Example:", "  tiepoint synth preview shapes --seed 7 --out shapes.png"})
final class SynthPreviewCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "preview: expected shapes, images or pairs, found nothing");
    }

    /** What all kinds share. */
    abstract static class Preview implements Callable<Integer> {
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
                names = "--columns",
                paramLabel = "N",
                defaultValue = "4",
                description = "Images in a row (default: ${DEFAULT-VALUE}).")
        private int columns;

        @Option(
                names = "--enlarge",
                paramLabel = "N",
                defaultValue = "2",
                description = "Side of an image's pixel in the picture (default: ${DEFAULT-VALUE}).")
        private int enlargement;

        @Option(names = "--out", required = true, paramLabel = "FILE.png", description = "Where to write the picture.")
        private Path out;

        @Option(names = "--overwrite", description = "Write over a picture that is there already.")
        private boolean overwrite;

        abstract SynthKinds.Kind kind();

        @Override
        public Integer call() throws IOException {
            Check.that(count > 0 && count <= 1000, "--count: expected from 1 to 1000, found %s", count);
            Check.that(first >= 0, "--first: expected >= 0, found %s", first);
            Check.that(columns > 0 && columns <= 100, "--columns: expected from 1 to 100, found %s", columns);
            Check.that(enlargement > 0 && enlargement <= 16, "--enlarge: expected from 1 to 16, found %s", enlargement);
            Outputs.expectWritable(out, overwrite);
            SyntheticSet set = kind().open(new Seed(seed), ImageEncoding.PNG);
            ContactSheet sheet = new ContactSheet(columns, enlargement);
            for (int i = 0; i < count; i++) {
                set.preview(sheet, first + i);
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
                "Crosses: ends green, L yellow, T orange, Y magenta, X cyan, arrows blue, centres white, hidden corners dark"
                        + " red.",
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
            description = {"", "View 0 and view 1 of a pair are neighbours, so give an even number of columns.", ""})
    static final class Pairs extends Preview {
        @Mixin
        private SynthKinds.Pairs kind;

        @Override
        SynthKinds.Kind kind() {
            return kind;
        }
    }
}
