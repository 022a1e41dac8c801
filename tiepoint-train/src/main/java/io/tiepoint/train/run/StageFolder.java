package io.tiepoint.train.run;

import io.tiepoint.core.model.ModelFormatException;
import io.tiepoint.train.network.Network;
import io.tiepoint.train.network.ParameterSpec;
import io.tiepoint.train.torch.Weights;
import io.tiepoint.train.weights.Safetensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The files of one stage of a run: {@code checkpoint.safetensors} to go on from, {@code metrics.jsonl} and {@code loss.png} to
 * look at, {@code best.safetensors} while it runs, and {@code weights.safetensors} as soon as it is finished.
 */
public final class StageFolder {
    private final Path folder;

    /** Makes the folder where it is missing. */
    public StageFolder(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
    }

    /** The folder itself. */
    public Path path() {
        return folder;
    }

    /** To go on from. */
    Path checkpoint() {
        return folder.resolve("checkpoint.safetensors");
    }

    /** The metrics of every step, as JSON Lines. */
    public Path metrics() {
        return folder.resolve("metrics.jsonl");
    }

    /** The losses over the steps, as a picture. */
    Path lossPlot() {
        return folder.resolve("loss.png");
    }

    /** The weights of the best validation so far. */
    Path best() {
        return folder.resolve("best.safetensors");
    }

    /** The stage's result; there only once the stage is finished. */
    public Path weights() {
        return weights(folder);
    }

    /** Where a stage of that folder leaves its result. */
    public static Path weights(Path folder) {
        return folder.resolve("weights.safetensors");
    }

    /** Whether the stage is finished. */
    public boolean isFinished() {
        return Files.exists(weights());
    }

    /** Reads the stage's result strictly. */
    public Weights readWeights(Network network) throws IOException {
        return readWeights(network, weights());
    }

    /**
     * Reads weights strictly: exactly the network's tensors, each with its shape.
     *
     * @throws ModelFormatException if the file holds anything else
     */
    public static Weights readWeights(Network network, Path file) throws IOException {
        return weights(network, Safetensors.read(file).tensors(), file);
    }

    /** The entries of a file as weights, strictly. */
    static Weights weights(Network network, Map<String, Safetensors.Entry> entries, Path file)
            throws ModelFormatException {
        for (ParameterSpec spec : network.parameters()) {
            Safetensors.Entry entry = entries.get(spec.name());
            if (entry != null && !entry.shape().equals(spec.shape())) {
                throw new ModelFormatException(
                        file + ": " + spec.name() + ": expected shape " + spec.shape() + ", found " + entry.shape());
            }
        }
        Map<String, float[]> values = new LinkedHashMap<>();
        entries.forEach((name, entry) -> values.put(name, entry.values()));
        try {
            return Weights.of(network, values, file.toString());
        } catch (IllegalArgumentException e) {
            throw new ModelFormatException(String.valueOf(e.getMessage()), e);
        }
    }

    /** Writes weights with their shapes. */
    public static void writeWeights(Path file, Weights weights, Map<String, String> metadata) throws IOException {
        Safetensors.write(file, new Safetensors.Content(entries(weights), metadata));
    }

    /** The weights as the entries of a file. */
    public static Map<String, Safetensors.Entry> entries(Weights weights) {
        Map<String, float[]> values = weights.values();
        Map<String, Safetensors.Entry> entries = new LinkedHashMap<>();
        for (ParameterSpec spec : weights.specs()) {
            float[] found = values.get(spec.name());
            if (found != null) {
                entries.put(spec.name(), new Safetensors.Entry(spec.shape(), found));
            }
        }
        return entries;
    }
}
