package io.tiepoint.train.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnxruntime.OrtException;
import com.fasterxml.jackson.databind.JsonNode;
import io.tiepoint.core.model.ModelCard;
import io.tiepoint.train.onnx.OrtModel;
import io.tiepoint.train.recipe.Recipes;
import io.tiepoint.train.run.StageFolder;
import io.tiepoint.train.run.TrainingListener;
import io.tiepoint.train.torch.TestWeights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LearnTest {
    /** A run that is finished; no test changes it. */
    @TempDir
    private static Path run = Path.of(".");

    @TempDir
    private Path folder = Path.of(".");

    @BeforeAll
    static void learn() throws IOException {
        Learn.start(run, TinyRun.RECIPE, Origin.of("grey boxes", "abc123"));
        Learn learn = TinyRun.learn(run);
        for (Stage stage : Stage.values()) {
            assertThat(learn.isFinished(stage)).isFalse();
            assertThat(learn.run(stage)).isTrue();
            assertThat(learn.isFinished(stage)).isTrue();
        }
    }

    /** Copies what a stage left. */
    private void copy(Stage stage) throws IOException {
        Path target = Files.createDirectories(folder.resolve(stage.word()));
        try (Stream<Path> files = Files.list(run.resolve(stage.word()))) {
            for (Path file : files.toList()) {
                Files.copy(file, target.resolve(file.getFileName().toString()));
            }
        }
    }

    private static byte[] bytes(Path folder, String file) throws IOException {
        return Files.readAllBytes(folder.resolve(file));
    }

    @Test
    void keepsItsRecipe() throws IOException {
        assertThat(Export.isRun(run)).isTrue();
        assertThat(Export.isRun(folder)).isFalse();
        assertThat(Recipes.open(run.resolve("recipe.yaml").toString())).isEqualTo(TinyRun.RECIPE);
    }

    @Test
    void doesNothingWhereAStageIsFinished() throws IOException {
        byte[] before = bytes(run, "features/weights.safetensors");
        TrainingListener deaf = new TrainingListener() {
            @Override
            public void started(String stage, long firstStep, long steps) {
                throw new AssertionError(stage);
            }

            @Override
            public void advanced(long step, double loss) {}

            @Override
            public void validated(long step, Map<String, Double> figures) {}

            @Override
            public void stopped(boolean finished) {}
        };
        Learn again = new Learn(
                TinyRun.RECIPE,
                run,
                (seed, size) -> {
                    throw new IOException("no images");
                },
                1,
                deaf,
                () -> false);
        for (Stage stage : Stage.values()) {
            assertThat(again.run(stage)).isTrue();
        }
        assertThat(run.resolve("features/weights.safetensors")).hasBinaryContent(before);
    }

    @Test
    void writesModelsThatOpen() throws IOException, OrtException {
        copy(Stage.CORNERS);
        copy(Stage.FEATURES);
        copy(Stage.MATCHING);
        Origin.of("grey boxes", "abc123").write(folder);
        List<Path> files = Export.write(TinyRun.RECIPE, folder, folder);

        assertThat(files)
                .containsExactly(
                        folder.resolve("tiny-model-corners.onnx"),
                        folder.resolve("tiny-model.onnx"),
                        folder.resolve("tiny-model-matcher.onnx"));
        try (OrtModel extractor = new OrtModel(files.get(1));
                OrtModel matcher = new OrtModel(files.get(2))) {
            OrtModel.Array image = new OrtModel.Array(TestWeights.uniform(32 * 48, 1), 1, 1, 32, 48);
            OrtModel.Array heatmap = extractor.run(Map.of("image", image), "heatmap");
            assertThat(heatmap.shape()).containsExactly(1, 32, 48);
            OrtModel.Array keypoints = new OrtModel.Array(TestWeights.uniform(10, 2), 1, 5, 2);
            OrtModel.Array descriptors = new OrtModel.Array(TestWeights.uniform(40, 3), 1, 5, 8);
            Map<String, OrtModel.Array> inputs = Map.of(
                    "keypoints0", keypoints,
                    "keypoints1", keypoints,
                    "descriptors0", descriptors,
                    "descriptors1", descriptors,
                    "adaptivity", new OrtModel.Array(new float[] {2, -1}, 2));
            assertThat(matcher.run(inputs, "log_assignment").shape()).containsExactly(1, 6, 6);
        }
        ModelCard card = ModelCard.read(ModelCard.besides(files.get(1)));
        assertThat(card.trainedOn()).isEqualTo("grey boxes");
        assertThat(card.training().path("commit").asText()).isEqualTo("abc123");
        assertThat(card.training().path("corners").path("steps").asInt()).isEqualTo(6);
        assertThat(card.training().path("features").path("steps").asInt()).isEqualTo(4);
        assertThat(card.evaluation().path("features").path("bestValidationLoss").asDouble())
                .isPositive();
        JsonNode recipe = card.training().path("recipe");
        assertThat(Recipes.parse(recipe.toString(), "card")).isEqualTo(TinyRun.RECIPE);
        ModelCard matcherCard = ModelCard.read(ModelCard.besides(files.get(2)));
        assertThat(matcherCard.training().path("matching").path("steps").asInt())
                .isEqualTo(4);
    }

    @Test
    void writesTheExtractorAloneWhileTheMatcherIsMissing() throws IOException {
        copy(Stage.CORNERS);
        copy(Stage.FEATURES);

        Origin.of("grey boxes", "abc123").write(folder);
        assertThat(Export.write(TinyRun.RECIPE, folder, folder))
                .containsExactly(folder.resolve("tiny-model-corners.onnx"), folder.resolve("tiny-model.onnx"));
    }

    @Test
    void namesTheStageThatIsMissing() throws IOException {
        Learn learn = TinyRun.learn(folder);

        assertMissing(learn, Stage.ADAPT, Stage.CORNERS);
        assertMissing(learn, Stage.FEATURES, Stage.ADAPT);
        assertMissing(learn, Stage.MATCHING, Stage.FEATURES);
        copy(Stage.ADAPT);
        assertMissing(learn, Stage.FEATURES, Stage.CORNERS);
        Origin.of("x", "y").write(folder);
        assertThatThrownBy(() -> Export.write(TinyRun.RECIPE, folder, folder))
                .isInstanceOf(IOException.class)
                .hasMessage(folder.resolve("corners")
                        + ": expected the result of stage corners, found none; run that stage first");
    }

    private void assertMissing(Learn learn, Stage stage, Stage missing) {
        assertThatThrownBy(() -> learn.run(stage))
                .isInstanceOf(IOException.class)
                .hasMessage(folder.resolve(missing.word()) + ": expected the result of stage " + missing.word()
                        + ", found none; run that stage first");
    }

    /** The kill came while the third line was written. */
    @Test
    void adaptationGoesOnWhereItWasKilled() throws IOException {
        copy(Stage.CORNERS);
        AtomicInteger asked = new AtomicInteger();
        assertThat(TinyRun.learn(folder, () -> asked.incrementAndGet() == 3).run(Stage.ADAPT))
                .isFalse();
        Path labels = folder.resolve("adapt/labels.jsonl");
        byte[] three = Files.readAllBytes(labels);
        Files.write(labels, Arrays.copyOf(three, three.length - 12));
        Learn resumed = TinyRun.learn(folder);
        assertThat(resumed.isFinished(Stage.ADAPT)).isFalse();
        assertThat(Files.readAllLines(labels)).hasSize(2);

        assertThat(resumed.run(Stage.ADAPT)).isTrue();
        assertThat(labels).hasBinaryContent(bytes(run, "adapt/labels.jsonl"));
        for (int i = 0; i < 4; i++) {
            String picture = "adapt/00000" + i + ".png";
            assertThat(folder.resolve(picture)).hasBinaryContent(bytes(run, picture));
        }
    }

    @Test
    void stagesThatWereStoppedGoOnToTheSameWeights() throws IOException {
        copy(Stage.ADAPT);
        copy(Stage.FEATURES);
        for (Stage stage : List.of(Stage.CORNERS, Stage.MATCHING)) {
            AtomicInteger asked = new AtomicInteger();
            assertThat(TinyRun.learn(folder, () -> asked.incrementAndGet() == 2).run(stage))
                    .isFalse();
            assertThat(TinyRun.learn(folder).run(stage)).isTrue();
            assertSameWeights(stage);
        }
        Files.delete(folder.resolve("features/weights.safetensors"));
        assertThat(TinyRun.learn(folder).run(Stage.FEATURES)).isTrue();
        assertSameWeights(Stage.FEATURES);
    }

    private void assertSameWeights(Stage stage) throws IOException {
        var network = stage == Stage.MATCHING
                ? TinyRun.RECIPE.matcher().network(8)
                : TinyRun.RECIPE.extractor().network();
        try (var found = new StageFolder(folder.resolve(stage.word())).readWeights(network);
                var expected = new StageFolder(run.resolve(stage.word())).readWeights(network)) {
            Map<String, float[]> values = expected.values();
            found.values()
                    .forEach((name, array) ->
                            assertThat(array).as("%s %s", stage, name).isEqualTo(values.get(name)));
        }
    }

    @Test
    void namesAPictureThatIsMissingOrDamaged() throws IOException {
        copy(Stage.CORNERS);
        copy(Stage.ADAPT);
        Path picture = folder.resolve("adapt/000002.png");
        byte[] bytes = Files.readAllBytes(picture);
        for (byte[] damaged :
                List.of("text".getBytes(java.nio.charset.StandardCharsets.UTF_8), Arrays.copyOf(bytes, 60))) {
            Files.write(picture, damaged);
            assertDamaged(picture);
        }
        Files.delete(picture);
        assertDamaged(picture);
    }

    private void assertDamaged(Path picture) {
        assertThatThrownBy(() -> TinyRun.learn(folder).run(Stage.FEATURES))
                .isInstanceOf(IOException.class)
                .hasMessage(
                        picture + ": expected an 8-bit grey PNG of homographic adaptation, found none that can be read;"
                                + " remove the folder to make it again");
    }
}
