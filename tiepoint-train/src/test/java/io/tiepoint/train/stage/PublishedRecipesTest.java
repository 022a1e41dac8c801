package io.tiepoint.train.stage;

import static org.assertj.core.api.Assertions.assertThat;

import io.tiepoint.core.geometry.PixelFrame;
import io.tiepoint.core.model.ModelCard;
import io.tiepoint.train.loss.DescriptorLoss;
import io.tiepoint.train.network.Network;
import io.tiepoint.train.recipe.Recipe;
import io.tiepoint.train.recipe.Recipe.ExtractorType;
import io.tiepoint.train.recipe.Recipe.MatcherType;
import io.tiepoint.train.run.StageFolder;
import io.tiepoint.train.run.TrainingOptions;
import io.tiepoint.train.torch.Precision;
import io.tiepoint.train.torch.Torch;
import io.tiepoint.train.torch.Weights;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two steps of the published networks, by recipes of the same keys as Tiepoint's own. */
class PublishedRecipesTest {
    private static final Recipe.Matcher LIGHTGLUE = new Recipe.Matcher(32, 2, 2);
    private static final Recipe.Matcher SUPERGLUE =
            new Recipe.Matcher(MatcherType.SUPERGLUE, 16, 2, 4, Recipe.Positions.ABSOLUTE, 5);

    @TempDir
    private Path folder;

    @BeforeAll
    static void load() {
        Torch.load(1);
    }

    private static Recipe recipe(Recipe.Extractor extractor, Recipe.Matcher matcher) {
        TrainingOptions two = new TrainingOptions(2, 0.005, 1, 0, 5, 100, 1e9);
        return new Recipe(
                "published",
                "published",
                5,
                Precision.FLOAT32,
                extractor,
                matcher,
                new Recipe.Corners(32, 32, 1, two),
                new Recipe.Adapt(2, 32, 32, 1, 0.001, 4, 40),
                new Recipe.Features(1, 8, DescriptorLoss.DUAL_SOFTMAX, 1, 0.5, 30, two),
                new Recipe.Matching(64, 64, 2, 24, 3, 5, 0.5, 30, two));
    }

    private Learn learn(Recipe recipe) {
        return TinyRun.learn(recipe, folder, () -> false);
    }

    private Map<String, float[]> learned(Recipe recipe, Stage stage, Network network) throws IOException {
        Learn learn = learn(recipe);
        assertThat(learn.run(stage)).isTrue();
        try (Weights weights = new StageFolder(learn.folder(stage)).readWeights(network)) {
            return weights.values();
        }
    }

    private static boolean moved(Map<String, float[]> before, Map<String, float[]> after, String name) {
        return !Arrays.equals(before.get(name), after.get(name));
    }

    private static Map<String, float[]> initial(Network network, String part) {
        try (Weights weights = Weights.initial(network, new io.tiepoint.core.random.Seed(5).child(part))) {
            return weights.values();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"SUPERPOINT", "SUPERPOINT_RPAUTRAT"})
    void superPointLearns(ExtractorType type) throws IOException {
        Recipe.Extractor extractor = new Recipe.Extractor(type, List.of(), List.of(), 256, 256);
        Recipe recipe = recipe(extractor, LIGHTGLUE);
        boolean normalised = type == ExtractorType.SUPERPOINT_RPAUTRAT;
        Network network = extractor.network();
        assertThat(network.parameters()).hasSize(normalised ? 84 : 24);
        Map<String, float[]> before = initial(network, "extractor");

        Map<String, float[]> corners = learned(recipe, Stage.CORNERS, network);
        String first = normalised ? "backbone.0.0.conv.weight" : "conv1a.weight";
        String descriptor = normalised ? "descriptor.1.conv.weight" : "convDb.weight";
        assertThat(moved(before, corners, first)).isTrue();
        assertThat(moved(before, corners, descriptor)).isFalse();
        if (normalised) {
            for (String statistic : new String[] {"running_mean", "running_var", "weight"}) {
                assertThat(moved(before, corners, "backbone.3.1.bn." + statistic))
                        .as(statistic)
                        .isTrue();
            }
            // The stage does not use this head.
            assertThat(moved(before, corners, "descriptor.0.bn.running_mean")).isFalse();
        }
        assertThat(learn(recipe).run(Stage.ADAPT)).isTrue();
        Map<String, float[]> features = learned(recipe, Stage.FEATURES, network);
        assertThat(moved(corners, features, descriptor)).isTrue();
        if (normalised) {
            assertThat(moved(corners, features, "descriptor.0.bn.running_mean")).isTrue();
        }
        Origin.of("boxes", "abc").write(folder);
        Path model = Export.write(recipe, folder, folder).get(1);
        assertThat(ModelCard.read(ModelCard.besides(model)).descriptorSize()).isEqualTo(256);
    }

    @Test
    void superGlueLearns() throws IOException {
        Recipe.Extractor compact = new Recipe.Extractor(ExtractorType.COMPACT, List.of(4), List.of(8), 8, 16);
        Recipe recipe = recipe(compact, SUPERGLUE);
        for (Stage stage : List.of(Stage.CORNERS, Stage.ADAPT, Stage.FEATURES)) {
            assertThat(learn(recipe).run(stage)).isTrue();
        }
        Network network = recipe.matcher().network(16);
        Map<String, float[]> before = initial(network, "matcher");

        Map<String, float[]> after = learned(recipe, Stage.MATCHING, network);

        for (String name : new String[] {
            "bin_score",
            "kenc.encoder.0.weight",
            "gnn.layers.1.attn.proj.2.weight",
            "gnn.layers.1.mlp.1.running_var",
            "final_proj.weight"
        }) {
            assertThat(moved(before, after, name)).as(name).isTrue();
        }
        Origin.of("boxes", "abc").write(folder);
        List<Path> files = Export.write(recipe, folder, folder);
        ModelCard card = ModelCard.read(ModelCard.besides(files.get(2)));
        assertThat(card.pixelFrame()).isEqualTo(PixelFrame.CORNER);
        assertThat(card.inputs()).extracting(ModelCard.TensorSpec::name).contains("scores0", "scores1");
    }
}
