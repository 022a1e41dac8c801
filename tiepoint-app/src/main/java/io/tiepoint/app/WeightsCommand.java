package io.tiepoint.app;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

/** {@code tiepoint weights}: takes weights from elsewhere, gives them away, and shows them. */
@Command(
        name = "weights",
        header = "Takes weights from PyTorch or safetensors, writes them, and shows them.",
        synopsisSubcommandLabel = "COMMAND",
        description = {
            "",
            "Published weights of SuperPoint and LightGlue become models that 'tiepoint match' and 'tiepoint evaluate' take;"
                    + " models of your own become files that PyTorch loads. A file is checked name by name and shape by shape,"
                    + " and reading one never runs anything in it.",
            ""
        },
        subcommands = {WeightsImportCommand.class, WeightsExportCommand.class, WeightsShowCommand.class},
        footer = {
            "",
            "Examples:",
            "  tiepoint weights import superpoint_v1.pth --as superpoint --out sp.onnx",
            "      a model from the published weights",
            "  tiepoint match a.jpg b.jpg --model sp.onnx --matcher nearest",
            "      and its use",
            "  tiepoint weights export runs/mine --format pth",
            "      what a training has learned, for torch.load",
            "  tiepoint weights show sp.onnx",
            "      what is in a file"
        })
final class WeightsCommand implements Runnable {
    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    /** Says that a verb is missing. */
    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "weights: expected import, export or show, found none");
    }
}
