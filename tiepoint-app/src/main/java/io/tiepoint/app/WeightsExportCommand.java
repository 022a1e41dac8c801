package io.tiepoint.app;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tiepoint.core.check.Check;
import io.tiepoint.core.model.ModelCard;
import io.tiepoint.core.model.ModelFormatException;
import io.tiepoint.core.model.Sha256;
import io.tiepoint.train.architecture.Architecture;
import io.tiepoint.train.architecture.Architectures;
import io.tiepoint.train.architecture.Conventions;
import io.tiepoint.train.architecture.ImportedWeights;
import io.tiepoint.train.architecture.WeightImport;
import io.tiepoint.train.onnx.OnnxExport;
import io.tiepoint.train.recipe.Recipe;
import io.tiepoint.train.recipe.Recipes;
import io.tiepoint.train.run.StageFolder;
import io.tiepoint.train.stage.Export;
import io.tiepoint.train.torch.Weights;
import io.tiepoint.train.weights.TorchWriter;
import io.tiepoint.train.weights.WeightFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tiepoint weights export MODEL|RUN}: weights for other programs. */
@Command(
        name = "export",
        header = "Writes the weights of a model or of a run in another format.",
        description = {
            "",
            "Takes a model (.onnx), a file of weights (.pth, .safetensors) or the folder of a run, and writes the weights as"
                    + " safetensors, as a state dict that torch.load reads, or as a model. Of a run, every finished stage is"
                    + " written, under the names of its models.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  tiepoint weights export runs/mine --format pth",
            "      runs/mine/NAME.pth and runs/mine/NAME-matcher.pth",
            "  tiepoint weights export sp.onnx --format safetensors --out weights",
            "      weights/sp.safetensors"
        })
final class WeightsExportCommand implements Callable<Integer> {
    /** What to write. */
    enum Format {
        SAFETENSORS,
        ONNX,
        PTH
    }

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "MODEL|RUN", description = "A file of weights or the folder of a run.")
    private Path source;

    @Option(
            names = "--format",
            required = true,
            paramLabel = "FORMAT",
            description = "What to write: safetensors, onnx (with its card) or pth.")
    private Format format;

    @Option(
            names = "--as",
            paramLabel = "ARCHITECTURE",
            completionCandidates = WeightsImportCommand.Names.class,
            description = "The network that they belong to (default: what the names of the tensors show):"
                    + " ${COMPLETION-CANDIDATES}.")
    private @Nullable String architecture;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Write into this folder (default: that of MODEL or RUN).")
    private @Nullable Path out;

    @Option(names = "--overwrite", description = "Write over files that are there already.")
    private boolean overwrite;

    @Override
    public Integer call() throws IOException {
        boolean isFolder = Files.isDirectory(source);
        Check.that(
                !isFolder || Export.isRun(source),
                "%s: expected a file or the folder of a run, found a folder without recipe.yaml",
                source);
        Path parent = source.getParent();
        Path beside = parent == null ? Path.of("") : parent;
        Path folder = out != null ? out : isFolder ? source : beside;
        if (out != null) {
            Outputs.makeFolder(out);
        }
        PrintWriter tell = spec.commandLine().getOut();
        for (Path written : isFolder ? exportRun(folder) : List.of(exportFile(folder))) {
            tell.println("wrote " + written);
        }
        tell.flush();
        return 0;
    }

    /** A run knows its networks and where they come from. */
    private List<Path> exportRun(Path folder) throws IOException {
        Path recipeFile = source.resolve("recipe.yaml");
        Recipe recipe = Recipes.parse(Files.readString(recipeFile), recipeFile.toString());
        Map<Path, Export.Trained> targets = new LinkedHashMap<>();
        for (Export.Trained trained : Export.trained(recipe, source)) {
            targets.put(target(folder, trained.name()), trained);
        }
        if (format == Format.ONNX) {
            return Export.write(recipe, source, folder);
        }
        for (Map.Entry<Path, Export.Trained> entry : targets.entrySet()) {
            try (Weights weights = entry.getValue().weights()) {
                if (format == Format.PTH) {
                    TorchWriter.write(entry.getKey(), StageFolder.entries(weights));
                } else {
                    StageFolder.writeWeights(
                            entry.getKey(),
                            weights,
                            Map.of("source", entry.getValue().name()));
                }
            }
        }
        return List.copyOf(targets.keySet());
    }

    private Path exportFile(Path folder) throws IOException {
        Path target = target(folder, ModelOutputs.stem(source));
        Outputs.expectDifferent("--out", target, source);
        ImportedWeights weights = read(source);
        switch (format) {
            case SAFETENSORS -> weights.writeSafetensors(target, String.valueOf(source.getFileName()));
            case PTH -> weights.writeTorch(target);
            case ONNX -> {
                Path cardFile = source.resolveSibling(ModelOutputs.stem(source) + ".card.json");
                ModelCard card = Files.exists(cardFile) ? ModelCard.read(cardFile) : null;
                return weights.writeOnnx(
                        conventions(weights, card),
                        provenance(weights, card, source, ModelOutputs.stem(target)),
                        folder);
            }
        }
        return target;
    }

    /** Where a model is written to, if it may be. */
    private Path target(Path folder, String name) {
        Path target = folder.resolve(name + "." + format.name().toLowerCase(Locale.ROOT));
        Outputs.expectWritable(target, overwrite);
        if (format == Format.ONNX) {
            Outputs.expectWritable(ModelCard.besides(target), overwrite);
        }
        return target;
    }

    private ImportedWeights read(Path file) throws IOException {
        WeightFile read = WeightFile.read(file);
        Architecture found;
        if (architecture != null) {
            found = Architectures.named(architecture);
        } else {
            found = WeightImport.recognise(read)
                    .orElseThrow(() -> new ModelFormatException(
                            file + ": expected the weights of " + Architectures.names() + ", found other tensors"));
        }
        return WeightImport.of(read, file, found);
    }

    private static Conventions conventions(ImportedWeights weights, @Nullable ModelCard card) {
        Conventions published = weights.architecture().published(weights.network());
        return card == null || (card.detection() == null) != (published.detection() == null)
                ? published
                : new Conventions(card.detection(), card.pixelFrame());
    }

    /** What the card of the source says, if it has one. */
    private static OnnxExport.Provenance provenance(
            ImportedWeights weights, @Nullable ModelCard card, Path file, String name) throws IOException {
        if (card != null) {
            return new OnnxExport.Provenance(
                    name, card.trainedOn(), card.licence(), card.training(), card.evaluation());
        }
        ObjectNode training = ModelCard.emptyObject();
        training.put("importedFrom", String.valueOf(file.getFileName()))
                .put("sha256", Sha256.of(file))
                .put("architecture", weights.architecture().name());
        return new OnnxExport.Provenance(name, "not known", "NOASSERTION", training, ModelCard.emptyObject());
    }
}
