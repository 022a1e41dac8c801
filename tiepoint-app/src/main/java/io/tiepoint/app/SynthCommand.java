package io.tiepoint.app;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tiepoint synth}: data sets with exact truth; each kind is a command of its own. */
@Command(
        name = "synth",
        header = "Makes synthetic data sets with exact truth, for Python or Java.",
        description = {
            "",
            "A sample depends on the recipe, the seed and its number alone: the same on every machine, for any number"
                    + " of workers, alone or among millions. The data lie in shards beside a manifest.json with recipe,"
                    + " seed, version and checksums. The same command again goes on with what was interrupted.",
            ""
        },
        synopsisSubcommandLabel = "KIND",
        subcommands = {
            SynthKindCommands.Shapes.class,
            SynthKindCommands.Images.class,
            SynthKindCommands.Pairs.class,
            SynthKindCommands.Scenes.class,
            SynthPreviewCommand.class,
            SynthReportCommand.class
        },
        footer = {
            "",
            "Examples:",
            "  tiepoint synth shapes --count 100000 --seed 1 --out data/shapes",
            "      tar shards that Python's webdataset reads: images, corners with their kinds",
            "  tiepoint synth pairs --count 10000 --photos ~/photos --out data/pairs",
            "      pairs of views of photographs, with homographies",
            "  tiepoint synth scenes --count 1000 --format parquet --out data/scenes",
            "      two views of streets, rooms, hills, with depth, objects, cameras",
            "  tiepoint synth preview pairs --out pairs.png",
            "      a picture of some, with their labels"
        })
final class SynthCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "synth: expected shapes, images, pairs, scenes, preview or report, found nothing");
    }

    /** Version and commit of the program. */
    static String code() {
        String version = SynthCommand.class.getPackage().getImplementationVersion();
        return (version == null ? "sources" : version) + " " + System.getProperty("tiepoint.commit", "unknown");
    }
}
