package io.tiepoint.train.stage;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tiepoint.core.features.KeypointSelection;
import io.tiepoint.core.model.ModelCard;
import io.tiepoint.core.model.ModelFormatException;
import io.tiepoint.train.network.ExtractorNetwork;
import io.tiepoint.train.network.MatcherNetwork;
import io.tiepoint.train.network.Network;
import io.tiepoint.train.onnx.OnnxExport;
import io.tiepoint.train.recipe.Recipe;
import io.tiepoint.train.recipe.Recipes;
import io.tiepoint.train.run.StageFolder;
import io.tiepoint.train.torch.Torch;
import io.tiepoint.train.torch.Weights;
import io.tiepoint.train.weights.Safetensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Writes what a finished run has learned as models that inference opens: {@code .onnx} files with their cards. */
public final class Export {
    private static final String LICENCE = "Apache-2.0";
    private static final ModelCard.Detection DETECTION = new ModelCard.Detection(
            KeypointSelection.DEFAULT.threshold(),
            KeypointSelection.DEFAULT.nmsRadiusPx(),
            KeypointSelection.DEFAULT.borderPx());

    /**
     * The result of a finished stage.
     *
     * @param name of the model that it is written as
     * @param stage that it is the result of
     * @param network whose weights it holds
     * @param file {@code weights.safetensors}
     */
    public record Trained(String name, Stage stage, Network network, Path file) {
        /**
         * The weights, strictly those of the network.
         *
         * @throws ModelFormatException if the file holds anything else
         */
        public Weights weights() throws IOException {
            return StageFolder.readWeights(network, file);
        }
    }

    private Export() {}

    /**
     * What the finished stages of a run have left: the corner detector alone (its descriptors are not trained yet), the
     * extractor, the matcher.
     *
     * @throws IOException if no stage is finished
     */
    public static List<Trained> trained(Recipe recipe, Path run) throws IOException {
        ExtractorNetwork extractor = recipe.extractor().network();
        MatcherNetwork matcher = recipe.matcher().network(extractor.descriptorSize());
        List<Trained> trained = Stream.of(
                        trained(recipe.model() + "-corners", Stage.CORNERS, extractor, run),
                        trained(recipe.model(), Stage.FEATURES, extractor, run),
                        trained(recipe.model() + "-matcher", Stage.MATCHING, matcher, run))
                .filter(one -> Files.exists(one.file()))
                .toList();
        if (trained.isEmpty()) {
            throw Learn.missing(Stage.CORNERS, run.resolve(Stage.CORNERS.word()));
        }
        return trained;
    }

    private static Trained trained(String name, Stage stage, Network network, Path run) {
        return new Trained(name, stage, network, StageFolder.weights(run.resolve(stage.word())));
    }

    /**
     * Writes the network of every finished stage.
     *
     * @param run its folder, with its {@link Origin}
     * @param folder to write into
     * @return the {@code .onnx} files
     * @throws IOException if no stage is finished, or a file cannot be read or written
     */
    public static List<Path> write(Recipe recipe, Path run, Path folder) throws IOException {
        Torch.load(1);
        Origin origin = Origin.read(run);
        List<Path> files = new ArrayList<>();
        for (Trained trained : trained(recipe, run)) {
            OnnxExport.Provenance provenance = provenance(trained, recipe, run, origin);
            try (Weights weights = trained.weights()) {
                files.add(
                        trained.network() instanceof ExtractorNetwork extractor
                                ? OnnxExport.extractor(extractor, weights, DETECTION, provenance, folder)
                                : OnnxExport.matcher((MatcherNetwork) trained.network(), weights, provenance, folder));
            }
        }
        return files;
    }

    private static OnnxExport.Provenance provenance(Trained trained, Recipe recipe, Path run, Origin origin)
            throws IOException {
        ObjectNode training = ModelCard.emptyObject();
        training.put("commit", String.join(", ", origin.commits()));
        training.put("java", System.getProperty("java.vm.name") + " " + System.getProperty("java.version"));
        ObjectNode evaluation = ModelCard.emptyObject();
        // Features begin with what the corners have learned.
        List<Stage> stages =
                trained.stage() == Stage.FEATURES ? List.of(Stage.CORNERS, Stage.FEATURES) : List.of(trained.stage());
        for (Stage stage : stages) {
            Path weights = StageFolder.weights(run.resolve(stage.word()));
            if (!Files.exists(weights)) {
                continue;
            }
            Map<String, String> metadata = Safetensors.read(weights).metadata();
            double minutes = Double.parseDouble(metadata.getOrDefault("seconds", "0")) / 60;
            training.putObject(stage.word())
                    .put("steps", Long.parseLong(metadata.getOrDefault("steps", metadata.getOrDefault("step", "0"))))
                    .put("minutes", Math.round(minutes * 10) / 10.0);
            evaluation
                    .putObject(stage.word())
                    .put("bestValidationLoss", Double.parseDouble(metadata.getOrDefault("bestScore", "NaN")));
        }
        training.set("recipe", Recipes.toJson(recipe));
        return new OnnxExport.Provenance(trained.name(), origin.images(), LICENCE, training, evaluation);
    }

    /** Whether a run's folder holds a recipe. */
    public static boolean isRun(Path folder) {
        return Files.isRegularFile(folder.resolve("recipe.yaml"));
    }
}
