package io.tiepoint.train.architecture;

import io.tiepoint.train.network.ExtractorNetwork;
import io.tiepoint.train.network.MatcherNetwork;
import io.tiepoint.train.network.Network;
import io.tiepoint.train.network.ParameterSpec;
import io.tiepoint.train.onnx.OnnxExport;
import io.tiepoint.train.torch.Torch;
import io.tiepoint.train.torch.Weights;
import io.tiepoint.train.weights.Safetensors;
import io.tiepoint.train.weights.TorchWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Weights that fit a network exactly, in the order of its state dict.
 *
 * @param architecture of the network
 * @param network whose parameters they are
 * @param tensors float32, by the network's names
 * @param leftOut names of tensors that the file holds beside them
 */
public record ImportedWeights(
        Architecture architecture, Network network, Map<String, Safetensors.Entry> tensors, List<String> leftOut) {
    /** Number of values. */
    public long parameterCount() {
        return network.parameters().stream().mapToLong(ParameterSpec::count).sum();
    }

    /**
     * Writes a {@code .safetensors} file.
     *
     * @param source where the weights come from, in a word
     */
    public void writeSafetensors(Path file, String source) throws IOException {
        Safetensors.write(
                file, new Safetensors.Content(tensors, Map.of("architecture", architecture.name(), "source", source)));
    }

    /** Writes a {@code .pth} file that PyTorch loads. */
    public void writeTorch(Path file) throws IOException {
        TorchWriter.write(file, tensors);
    }

    /**
     * Writes {@code NAME.onnx} with its card.
     *
     * @param conventions such as {@link Architecture#published}
     * @return the {@code .onnx} file
     */
    public Path writeOnnx(Conventions conventions, OnnxExport.Provenance provenance, Path folder) throws IOException {
        Torch.load(1);
        Map<String, float[]> values = new LinkedHashMap<>();
        tensors.forEach((name, entry) -> values.put(name, entry.values()));
        try (Weights weights = Weights.of(network, values, provenance.name())) {
            return network instanceof ExtractorNetwork extractor
                    ? OnnxExport.extractor(
                            extractor,
                            weights,
                            Objects.requireNonNull(
                                    conventions.detection(), "an extractor's conventions have a detection"),
                            provenance,
                            folder)
                    : OnnxExport.matcher((MatcherNetwork) network, weights, conventions.frame(), provenance, folder);
        }
    }
}
