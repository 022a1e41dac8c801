package io.tiepoint.train.stage;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tiepoint.core.features.KeypointSelection;
import io.tiepoint.core.model.ModelCard;
import io.tiepoint.train.network.ExtractorNetwork;
import io.tiepoint.train.network.MatcherNetwork;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes what a finished run has learned as models that inference opens: {@code .onnx} files with their cards. */
public final class Export {
    private static final String LICENCE = "Apache-2.0";
    private static final ModelCard.Detection DETECTION = new ModelCard.Detection(
            KeypointSelection.DEFAULT.threshold(),
            KeypointSelection.DEFAULT.nmsRadiusPx(),
            KeypointSelection.DEFAULT.borderPx());

    private Export() {}

    /**
     * Writes the network of every finished stage into the run's folder: the corner detector alone (its descriptors are not
     * trained yet), the extractor, the matcher.
     *
     * @param images what was learned from, in a word
     * @param commit of the program
     * @return the {@code .onnx} files
     * @throws IOException if no stage is finished, or a file cannot be read or written
     */
    public static List<Path> write(Recipe recipe, Path run, String images, String commit) throws IOException {
        Torch.load(1);
        List<Path> files = new ArrayList<>();
        ExtractorNetwork network = recipe.extractor().network();
        for (Stage stage : List.of(Stage.CORNERS, Stage.FEATURES)) {
            StageFolder folder = new StageFolder(run.resolve(stage.word()));
            if (folder.isFinished()) {
                String name = recipe.model() + (stage == Stage.CORNERS ? "-corners" : "");
                OnnxExport.Provenance provenance = provenance(
                        name,
                        recipe,
                        run,
                        images,
                        commit,
                        List.of(Stage.CORNERS, stage).stream().distinct().toList());
                try (Weights weights = folder.readWeights(network)) {
                    files.add(OnnxExport.extractor(network, weights, DETECTION, provenance, run));
                }
            }
        }
        if (files.isEmpty()) {
            throw Learn.missing(Stage.CORNERS, run.resolve(Stage.CORNERS.word()));
        }
        StageFolder matching = new StageFolder(run.resolve(Stage.MATCHING.word()));
        if (matching.isFinished()) {
            MatcherNetwork matcher = recipe.matcher().network(network.descriptorSize());
            try (Weights weights = matching.readWeights(matcher)) {
                files.add(OnnxExport.matcher(
                        matcher,
                        weights,
                        provenance(recipe.model() + "-matcher", recipe, run, images, commit, List.of(Stage.MATCHING)),
                        run));
            }
        }
        return files;
    }

    /** The weights of every finished stage of a run, by the names that their models have. */
    public static Map<String, Path> weightFiles(Recipe recipe, Path run) throws IOException {
        Map<String, String> endings = new LinkedHashMap<>();
        endings.put(Stage.CORNERS.word(), "-corners");
        endings.put(Stage.FEATURES.word(), "");
        endings.put(Stage.MATCHING.word(), "-matcher");
        Map<String, Path> files = new LinkedHashMap<>();
        for (Map.Entry<String, String> ending : endings.entrySet()) {
            Path weights = run.resolve(ending.getKey()).resolve("weights.safetensors");
            if (Files.exists(weights)) {
                files.put(recipe.model() + ending.getValue(), weights);
            }
        }
        if (files.isEmpty()) {
            throw Learn.missing(Stage.CORNERS, run.resolve(Stage.CORNERS.word()));
        }
        return files;
    }

    private static OnnxExport.Provenance provenance(
            String name, Recipe recipe, Path run, String images, String commit, List<Stage> stages) throws IOException {
        ObjectNode training = ModelCard.emptyObject();
        training.put("commit", commit);
        training.put("java", System.getProperty("java.vm.name") + " " + System.getProperty("java.version"));
        ObjectNode evaluation = ModelCard.emptyObject();
        for (Stage stage : stages) {
            Map<String, String> metadata = Safetensors.read(new StageFolder(run.resolve(stage.word())).weights())
                    .metadata();
            double minutes = Double.parseDouble(metadata.getOrDefault("seconds", "0")) / 60;
            training.putObject(stage.word())
                    .put("steps", Long.parseLong(metadata.getOrDefault("steps", metadata.getOrDefault("step", "0"))))
                    .put("minutes", Math.round(minutes * 10) / 10.0);
            evaluation
                    .putObject(stage.word())
                    .put("bestValidationLoss", Double.parseDouble(metadata.getOrDefault("bestScore", "NaN")));
        }
        training.set("recipe", Recipes.toJson(recipe));
        return new OnnxExport.Provenance(name, images, LICENCE, training, evaluation);
    }

    /** Whether a run's folder holds a recipe. */
    public static boolean isRun(Path folder) {
        return Files.isRegularFile(folder.resolve("recipe.yaml"));
    }
}
