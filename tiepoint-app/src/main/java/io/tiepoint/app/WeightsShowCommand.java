package io.tiepoint.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tiepoint.core.model.ModelCard;
import io.tiepoint.core.model.ModelFormatException;
import io.tiepoint.core.model.Sha256;
import io.tiepoint.train.architecture.Architecture;
import io.tiepoint.train.architecture.WeightImport;
import io.tiepoint.train.weights.StateDict;
import io.tiepoint.train.weights.WeightFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tiepoint weights show FILE}: what is in a file of weights. */
@Command(
        name = "show",
        header = "Shows the tensors of a file of weights, and its card.",
        description = {
            "",
            "Reads .pth, .pt, .safetensors and .onnx files without running anything in them. Of an .onnx file the constants are"
                    + " shown, and its checksum is compared with its card.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  tiepoint weights show superpoint_v1.pth",
            "  tiepoint weights show sp.onnx --json | jq '.tensors[].name'"
        })
final class WeightsShowCommand implements Callable<Integer> {
    private static final String FORMAT = "tiepoint-weights/1";
    private static final ObjectMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "The file.")
    private Path file;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    /** What there is to tell of a file. */
    private record Shown(
            WeightFile read,
            long bytes,
            String sha256,
            @Nullable String architecture,
            @Nullable ModelCard card) {}

    @Override
    public Integer call() throws IOException {
        WeightFile read = WeightFile.read(file);
        Optional<Architecture> architecture = WeightImport.recognise(read);
        Shown shown = new Shown(
                read,
                Files.size(file),
                Sha256.of(file),
                architecture.isPresent() ? verdict(read, architecture.get()) : null,
                card());
        if (read.format() == WeightFile.Format.ONNX
                && shown.card != null
                && !shown.sha256.equals(shown.card.sha256())) {
            throw new ModelFormatException(file + ": expected the file of its card with SHA-256 "
                    + shown.card.sha256() + ", found " + shown.sha256
                    + "; the file is damaged, or the card belongs to another one");
        }
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(json(shown));
        } else {
            print(out, shown);
        }
        out.flush();
        return 0;
    }

    private @Nullable ModelCard card() throws IOException {
        Path card = file.resolveSibling(ModelOutputs.stem(file) + ".card.json");
        return Files.isRegularFile(card) ? ModelCard.read(card) : null;
    }

    /** The architecture's name, if the file holds all of it. */
    private @Nullable String verdict(WeightFile read, Architecture architecture) {
        try {
            return WeightImport.of(read, file, architecture).architecture().name();
        } catch (ModelFormatException e) {
            return null;
        }
    }

    private void print(PrintWriter out, Shown shown) {
        StateDict state = shown.read.state();
        out.println(file + ": " + shown.read.format().title() + ", " + shown.bytes + " bytes");
        out.println("SHA-256 " + shown.sha256);
        int width =
                state.tensors().keySet().stream().mapToInt(String::length).max().orElse(0);
        state.tensors()
                .forEach((name, tensor) -> out.println("  " + padded(printable(name), Math.min(width, 60)) + "  "
                        + padded(tensor.type().word(), 8) + "  " + tensor.shape()));
        out.println(state.tensors().size() + " tensors, " + state.parameterCount() + " values");
        out.println("architecture: " + (shown.architecture == null ? "none that can be imported" : shown.architecture));
        state.metadata().forEach((key, value) -> out.println(printable(key) + ": " + printable(value)));
        if (shown.card == null) {
            out.println("card: none");
        } else {
            ModelCard card = shown.card;
            out.println("card: " + printable(card.name()) + ", " + card.kind() + ", trained on: "
                    + printable(card.trainedOn()) + ", licence " + printable(card.licence()));
        }
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(Math.max(width - text.length(), 0));
    }

    /** A file may hold anything, also what a terminal would obey. */
    private static String printable(@Nullable String text) {
        return String.valueOf(text).replaceAll("\\p{Cntrl}", "?");
    }

    private String json(Shown shown) throws JsonProcessingException {
        StateDict state = shown.read.state();
        ObjectNode root = JSON.createObjectNode();
        root.put("format", FORMAT);
        root.put("file", file.toString());
        root.put("kind", shown.read.format().name());
        root.put("bytes", shown.bytes);
        root.put("sha256", shown.sha256);
        root.put("architecture", shown.architecture);
        root.put("tensor_count", state.tensors().size());
        root.put("value_count", state.parameterCount());
        ObjectNode metadata = root.putObject("metadata");
        state.metadata().forEach(metadata::put);
        ArrayNode tensors = root.putArray("tensors");
        state.tensors().forEach((name, tensor) -> {
            ObjectNode node = tensors.addObject();
            node.put("name", name).put("dtype", tensor.type().word());
            ArrayNode shape = node.putArray("shape");
            tensor.shape().forEach(shape::add);
        });
        root.set("card", shown.card == null ? null : JSON.valueToTree(shown.card));
        return JSON.writeValueAsString(root);
    }
}
