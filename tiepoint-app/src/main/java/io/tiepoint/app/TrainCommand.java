package io.tiepoint.app;

import io.tiepoint.train.stage.Export;
import io.tiepoint.train.stage.Stage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;

/** Runs one stage of a training alone. */
@Command(
        name = "train",
        header = "Run one stage of a training alone.",
        description = {
            "A stage reads what the one before it left in the run's folder, and goes on from its own checkpoint."
                    + " The others than adapt also write their model as ONNX.",
        },
        footer = {
            "",
            "Examples:",
            "  tiepoint train corners --recipe quick --out runs/quick",
            "  tiepoint train adapt --out runs/quick",
        })
final class TrainCommand implements Callable<Integer> {
    @CommandLine.Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "STAGE", description = "One of ${COMPLETION-CANDIDATES}.")
    private Stage stage = Stage.CORNERS;

    @Mixin
    private TrainingOptionsMixin options = new TrainingOptionsMixin();

    @Override
    public Integer call() throws IOException {
        TrainingOptionsMixin.Run run = options.open(spec, true);
        if (!options.run(run, List.of(stage), spec.commandLine().getErr())) {
            return 1;
        }
        if (stage != Stage.ADAPT) {
            for (Path file : Export.write(run.recipe(), run.folder(), run.folder())) {
                spec.commandLine().getOut().println("wrote " + file);
            }
            spec.commandLine().getOut().flush();
        }
        return 0;
    }
}
