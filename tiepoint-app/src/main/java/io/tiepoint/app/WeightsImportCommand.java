package io.tiepoint.app;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tiepoint.core.check.Check;
import io.tiepoint.core.features.DetectionProfile;
import io.tiepoint.core.geometry.PixelFrame;
import io.tiepoint.core.model.ModelCard;
import io.tiepoint.core.model.Sha256;
import io.tiepoint.train.architecture.Architecture;
import io.tiepoint.train.architecture.Architectures;
import io.tiepoint.train.architecture.Conventions;
import io.tiepoint.train.architecture.ImportedWeights;
import io.tiepoint.train.architecture.WeightImport;
import io.tiepoint.train.onnx.OnnxExport;
import io.tiepoint.train.weights.WeightFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tiepoint weights import FILE}: weights of others become a model file with a card. */
@Command(
        name = "import",
        header = "Makes a model from weights in PyTorch's or safetensors' format.",
        description = {
            "",
            "Reads a .pth or .pt file (of any PyTorch) or a .safetensors file, finds the network's tensors below any prefix,"
                    + " checks every name, shape and value, and writes NAME.onnx, NAME.card.json and NAME.safetensors.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  tiepoint weights import superpoint_v1.pth --as superpoint --out sp.onnx",
            "  tiepoint weights import superpoint_lightglue.pth --as lightglue --out lg.onnx",
            "  tiepoint match a.jpg b.jpg --model sp.onnx --matcher-model lg.onnx",
            "      both together",
            "  tiepoint weights import xfeat.pt --as xfeat --licence Apache-2.0",
            "      XFeat, for match --model xfeat.onnx --matcher nearest",
            "  tiepoint weights import x.pth --as superpoint --trained-on \"our photos\"",
            "      with what the card shall say"
        })
final class WeightsImportCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "The weights.")
    private Path file;

    /** What --as may be. */
    static final class Names implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Architectures.ALL.stream().map(Architecture::name).iterator();
        }
    }

    @Option(
            names = "--as",
            required = true,
            paramLabel = "ARCHITECTURE",
            completionCandidates = Names.class,
            description = "The network that they belong to: ${COMPLETION-CANDIDATES}.")
    private String architecture;

    @Option(
            names = "--out",
            paramLabel = "MODEL",
            description =
                    "Write this .onnx file, with its card and a .safetensors file beside it (default: the name of FILE"
                            + " with .onnx, in the folder that you are in).")
    private @Nullable Path out;

    @Option(
            names = "--profile",
            paramLabel = "PROFILE",
            description =
                    "How an extractor's heatmap becomes keypoints: superglue (LightGlue's and hloc's too), rpautrat,"
                            + " magicleap-demo or tiepoint; xfeat for XFeat alone (default: what is usual for the weights).")
    private @Nullable DetectionProfile profile;

    @Option(
            names = "--frame",
            paramLabel = "FRAME",
            description =
                    "Where the keypoints that a matcher was trained with count from: centre or corner of the first"
                            + " pixel (default: centre for published matchers; those of Tiepoint need corner).")
    private @Nullable PixelFrame frame;

    @Option(
            names = "--licence",
            paramLabel = "ID",
            defaultValue = "NOASSERTION",
            description =
                    "Licence of the weights for the card, an SPDX identifier (default: ${DEFAULT-VALUE}, which says that"
                            + " it is not known).")
    private String licence;

    @Option(
            names = "--trained-on",
            paramLabel = "TEXT",
            defaultValue = "not known",
            description = "What the weights were trained on, for the card (default: ${DEFAULT-VALUE}).")
    private String trainedOn;

    @Option(names = "--overwrite", description = "Write over files that are there already.")
    private boolean overwrite;

    @Override
    public Integer call() throws IOException {
        Architecture wanted = Architectures.named(architecture);
        ModelOutputs outputs = ModelOutputs.of(out == null ? Path.of(ModelOutputs.stem(file) + ".onnx") : out);
        for (Path output : List.of(outputs.onnx(), outputs.card(), outputs.safetensors())) {
            Outputs.expectDifferent("--out", output, file);
            Outputs.expectWritable(output, overwrite);
        }
        WeightFile read = WeightFile.read(file);
        ImportedWeights weights = WeightImport.of(read, file, wanted);
        Conventions conventions = conventions(weights);
        String name = ModelOutputs.stem(outputs.onnx());
        weights.writeSafetensors(outputs.safetensors(), String.valueOf(file.getFileName()));
        Path written = weights.writeOnnx(conventions, provenance(name, read, weights), outputs.folder());
        tell(weights, written, outputs);
        return 0;
    }

    private Conventions conventions(ImportedWeights weights) {
        Conventions published = weights.architecture().published(weights.network());
        ModelCard.Detection detection = published.detection();
        boolean isMatcher = detection == null;
        Check.that(profile == null || !isMatcher, "--profile: expected with an extractor, found it with a matcher");
        Check.that(frame == null || isMatcher, "--frame: expected with a matcher, found it with an extractor");
        Check.that(
                profile == null
                        || detection == null
                        || profile.weighsByReliability() == detection.profile().weighsByReliability(),
                "--profile: expected xfeat with the weights of xfeat and another one with others, since they alone say how"
                        + " reliable a descriptor is, found %s with %s",
                String.valueOf(profile).toLowerCase(Locale.ROOT).replace('_', '-'),
                weights.architecture().name());
        return new Conventions(
                profile == null ? detection : ModelCard.Detection.of(profile),
                frame == null ? published.frame() : frame);
    }

    private OnnxExport.Provenance provenance(String name, WeightFile read, ImportedWeights weights) throws IOException {
        ObjectNode training = ModelCard.emptyObject();
        training.put("importedFrom", String.valueOf(file.getFileName()))
                .put("format", read.format().title())
                .put("sha256", Sha256.of(file))
                .put("architecture", weights.architecture().name())
                .put("parameters", weights.parameterCount())
                .put("commit", TrainingOptionsMixin.commit());
        return new OnnxExport.Provenance(name, trainedOn, licence, training, ModelCard.emptyObject());
    }

    private void tell(ImportedWeights weights, Path written, ModelOutputs outputs) {
        PrintWriter tell = spec.commandLine().getOut();
        tell.println(file + ": " + weights.tensors().size() + " tensors with " + weights.parameterCount()
                + " values, a whole " + weights.architecture().name());
        if (!weights.leftOut().isEmpty()) {
            tell.println("left out: " + weights.leftOut().size() + " other tensors, such as "
                    + weights.leftOut().get(0).replaceAll("\\p{Cntrl}", "?"));
        }
        tell.println("wrote " + written);
        tell.println("wrote " + outputs.card());
        tell.println("wrote " + outputs.safetensors());
        tell.flush();
    }
}
