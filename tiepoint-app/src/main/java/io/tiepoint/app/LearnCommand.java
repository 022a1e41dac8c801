package io.tiepoint.app;

import io.tiepoint.train.stage.Export;
import io.tiepoint.train.stage.Stage;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;

/** Learns everything from a seed: all stages in order, then the models. */
@Command(
        name = "learn",
        header = "Learn to find and match points, from a seed.",
        description = {
            "Trains all stages in order: corners (from synthetic shapes), adapt (homographic adaptation labels images),"
                    + " features (detector and descriptor), matching (LightGlue); then writes the models as ONNX.",
            "It can be killed at any moment, and Ctrl-C leaves a checkpoint: --resume goes on."
        },
        footer = {
            "",
            "Examples:",
            "  tiepoint learn --recipe quick --out runs/quick",
            "  tiepoint learn --out runs/quick --resume",
            "  tiepoint learn --recipe laptop --photos ~/thermal --out runs/thermal",
            "  tiepoint match a.jpg b.jpg --model runs/quick/tiepoint-quick.onnx --matcher-model runs/quick/tiepoint-quick-matcher.onnx"
        })
final class LearnCommand implements Callable<Integer> {
    @CommandLine.Spec
    private CommandSpec spec;

    @Mixin
    private TrainingOptionsMixin options = new TrainingOptionsMixin();

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        TrainingOptionsMixin.Run run = options.open(spec, false);
        if (!options.run(run, List.of(Stage.values()), spec.commandLine().getErr())) {
            return 1;
        }
        for (Path file : Export.write(run.recipe(), run.folder(), run.folder())) {
            out.println("wrote " + file);
        }
        out.flush();
        return 0;
    }
}
