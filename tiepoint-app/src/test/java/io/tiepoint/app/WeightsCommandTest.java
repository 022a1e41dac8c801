package io.tiepoint.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tiepoint.core.image.GrayImage;
import io.tiepoint.core.model.ModelCard;
import io.tiepoint.core.model.Sha256;
import io.tiepoint.testkit.TorchFixtures;
import io.tiepoint.train.recipe.Recipe;
import io.tiepoint.train.recipe.Recipes;
import io.tiepoint.train.stage.Learn;
import io.tiepoint.train.stage.Origin;
import io.tiepoint.train.weights.Safetensors;
import io.tiepoint.train.weights.TorchWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class WeightsCommandTest {
    @TempDir
    private Path folder;

    private Path weights;
    private Path model;

    @BeforeEach
    void write() throws IOException {
        weights = folder.resolve("mine.pth");
        model = folder.resolve("mine.onnx");
        TorchWriter.write(weights, TestWeights.of(TestWeights.EXTRACTOR));
    }

    private Cli importExtractor() {
        Cli run = Cli.run("weights", "import", weights, "--as", "tiepoint-s", "--out", model, "--licence", "MIT");
        assertThat(run.exitCode()).as(run.err()).isZero();
        return run;
    }

    private static void assertSame(Map<String, Safetensors.Entry> found, Map<String, Safetensors.Entry> expected) {
        assertThat(found.keySet()).containsExactlyElementsOf(expected.keySet());
        expected.forEach((name, entry) -> {
            Safetensors.Entry same = Objects.requireNonNull(found.get(name));
            assertThat(same.shape()).isEqualTo(entry.shape());
            assertThat(Arrays.equals(same.values(), entry.values())).as(name).isTrue();
        });
    }

    @Test
    void importWritesAModelItsCardAndItsWeights() throws IOException {
        Cli run = importExtractor();
        assertThat(run.out()).contains("a whole tiepoint-s", "wrote " + model, "mine.card.json", "mine.safetensors");
        ModelCard card = ModelCard.read(folder.resolve("mine.card.json"));
        assertThat(card.name()).isEqualTo("mine");
        assertThat(card.sha256()).isEqualTo(Sha256.of(model));
        assertThat(card.licence()).isEqualTo("MIT");
        assertThat(card.trainedOn()).isEqualTo("not known");
        assertThat(card.training().get("importedFrom").asText()).isEqualTo("mine.pth");
        assertThat(card.training().get("sha256").asText()).isEqualTo(Sha256.of(weights));
        Safetensors.Content content = Safetensors.read(folder.resolve("mine.safetensors"));
        assertSame(content.tensors(), TestWeights.of(TestWeights.EXTRACTOR));
        assertThat(content.metadata())
                .containsEntry("architecture", "tiepoint-s")
                .containsEntry("source", "mine.pth");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nearest", "ratio", "dual-softmax", "a matcher that was imported too"})
    void anImportedExtractorMatchesWithEveryMatcher(String matcher) throws IOException {
        importExtractor();
        GrayImage scene = TestImages.rectangles(1, 200, 160);
        Path image0 = TestImages.write(TestImages.crop(scene, 0, 0, 160, 120), folder.resolve("a.png"));
        Path image1 = TestImages.write(TestImages.crop(scene, 8, 8, 160, 120), folder.resolve("b.png"));
        String option = "--matcher";
        String value = matcher;
        if (matcher.contains(" ")) {
            Path matcherWeights = folder.resolve("matcher.pth");
            TorchWriter.write(matcherWeights, TestWeights.of(TestWeights.MATCHER));
            value = folder.resolve("matcher.onnx").toString();
            option = "--matcher-model";
            assertThat(Cli.run("weights", "import", matcherWeights, "--as", "lightglue", "--out", value)
                            .exitCode())
                    .isZero();
        }
        Path json = folder.resolve("out.json");
        Cli run = Cli.run(
                "match",
                image0,
                image1,
                "--model",
                model,
                option,
                value,
                "--json",
                json,
                "--out",
                folder.resolve("out.png"));
        assertThat(run.exitCode()).as(run.err()).isZero();
        JsonNode root = new ObjectMapper().readTree(json.toFile());
        assertThat(root.get("extractor").asText()).isEqualTo("mine");
        String name = root.get("matcher").asText();
        assertThat(name)
                .isEqualTo(
                        switch (matcher) {
                            case "nearest" -> "mutual-nearest";
                            case "ratio" -> "mutual-ratio-0.8";
                            case "dual-softmax" -> "dual-softmax";
                            default -> "matcher";
                        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"nearest", "ratio", "dual-softmax"})
    void aTrainedExtractorAloneFindsTheHomography(String matcher) throws IOException {
        GrayImage scene = TestImages.rectangles(1, 400, 300);
        Path image0 = TestImages.write(TestImages.crop(scene, 0, 0, 320, 240), folder.resolve("a.png"));
        Path image1 = TestImages.write(TestImages.crop(scene, 24, 16, 320, 240), folder.resolve("b.png"));
        Path json = folder.resolve("out.json");
        Path shipped = TestWeights.shippedExtractor(folder);
        Cli run = Cli.run(
                "match",
                image0,
                image1,
                "--model",
                shipped,
                "--matcher",
                matcher,
                "--json",
                json,
                "--out",
                folder.resolve("out.png"));
        assertThat(run.exitCode()).as(run.err()).isZero();
        JsonNode root = new ObjectMapper().readTree(json.toFile());
        assertThat(root.at("/geometry/matrix/0/2").asDouble()).isBetween(-27.0, -21.0);
        assertThat(root.at("/geometry/matrix/1/2").asDouble()).isBetween(-19.0, -13.0);
    }

    @Test
    void evaluateTakesAnImportedExtractorAlone() throws IOException {
        importExtractor();
        Path photos = Files.createDirectory(folder.resolve("photos"));
        Path ignored = TestImages.write(TestImages.rectangles(1, 200, 160), photos.resolve("a.png"));
        Cli all = Cli.run("evaluate", "--photos", photos, "--model", model, "--band", "mild", "--pairs-per-photo", 1);
        assertThat(all.exitCode()).as(all.err()).isZero();
        assertThat(all.out()).contains("mine ", "rootsift", "orb").doesNotContain("tiepoint-s");
        Cli some = Cli.run(
                "evaluate",
                "--photos",
                photos,
                "--model",
                model,
                "--band",
                "mild",
                "--pairs-per-photo",
                1,
                "--methods",
                "tiepoint-s-ratio,tiepoint-s-dual-softmax");
        assertThat(some.exitCode()).as(some.err()).isZero();
        assertThat(some.out()).contains("mine-ratio", "mine-dual-softmax").doesNotContain("rootsift");
    }

    @Test
    void exportGivesBackWhatWasImported() throws IOException {
        importExtractor();
        Path out = folder.resolve("out");
        assertThat(Cli.run("weights", "export", model, "--format", "pth", "--out", out)
                        .exitCode())
                .isZero();
        assertThat(out.resolve("mine.pth")).hasSameBinaryContentAs(weights);
        assertThat(Cli.run("weights", "export", weights, "--format", "safetensors", "--out", out)
                        .exitCode())
                .isZero();
        assertSame(Safetensors.read(out.resolve("mine.safetensors")).tensors(), TestWeights.of(TestWeights.EXTRACTOR));
        assertThat(Cli.run("weights", "export", folder.resolve("mine.safetensors"), "--format", "onnx", "--out", out)
                        .exitCode())
                .isZero();
        assertThat(out.resolve("mine.onnx")).hasSameBinaryContentAs(model);
        assertThat(ModelCard.read(out.resolve("mine.card.json")))
                .isEqualTo(ModelCard.read(folder.resolve("mine.card.json")));

        Cli again = Cli.run("weights", "export", model, "--format", "pth", "--out", out);
        assertThat(again.exitCode()).isEqualTo(2);
        assertThat(again.err())
                .contains("expected nothing there", "--overwrite")
                .hasLineCount(1);
        Cli itself = Cli.run("weights", "export", weights, "--format", "pth", "--overwrite");
        assertThat(itself.exitCode()).isEqualTo(2);
    }

    @Test
    void exportWritesEveryFinishedStageOfARun() throws IOException {
        Path run = folder.resolve("run");
        Recipe recipe = Recipes.open("quick").resolved();
        Learn.start(run, recipe, Origin.of("grey boxes", "abc123"));
        Cli none = Cli.run("weights", "export", run, "--format", "pth");
        assertThat(none.exitCode()).isEqualTo(1);
        assertThat(none.err()).contains("expected the result of stage corners").hasLineCount(1);
        Files.createDirectories(run.resolve("features"));
        Files.createDirectories(run.resolve("matching"));
        Map<String, Safetensors.Entry> features =
                TestWeights.of(recipe.extractor().network());
        Map<String, Safetensors.Entry> matching = TestWeights.of(
                recipe.matcher().network(recipe.extractor().network().descriptorSize()));
        Safetensors.write(run.resolve("features/weights.safetensors"), new Safetensors.Content(features, Map.of()));
        Safetensors.write(run.resolve("matching/weights.safetensors"), new Safetensors.Content(matching, Map.of()));
        Cli done = Cli.run("weights", "export", run, "--format", "safetensors");
        assertThat(done.exitCode()).as(done.err()).isZero();
        assertSame(
                Safetensors.read(run.resolve(recipe.model() + ".safetensors")).tensors(), features);
        assertSame(
                Safetensors.read(run.resolve(recipe.model() + "-matcher.safetensors"))
                        .tensors(),
                matching);

        Cli folderWithoutRecipe = Cli.run("weights", "export", folder, "--format", "pth");
        assertThat(folderWithoutRecipe.exitCode()).isEqualTo(2);
        assertThat(folderWithoutRecipe.err()).contains("found a folder without recipe.yaml");
    }

    @ParameterizedTest
    @EnumSource
    void exportGivesTheModelsOfARunWithTheirOrigin(Recipe.Positions positions) throws IOException {
        Path run = folder.resolve("run");
        String yaml = Recipes.toYaml(Recipes.open("quick").resolved());
        String changed = yaml.replaceFirst("positions: \\S+", "positions: " + positions);
        assertThat(changed).contains("positions: " + positions);
        Recipe recipe = Recipes.parse(changed, "test");
        Learn.start(run, recipe, Origin.of("grey boxes", "abc123").with("grey boxes", "def456"));
        Files.createDirectories(run.resolve("matching"));
        Safetensors.write(
                run.resolve("matching/weights.safetensors"),
                new Safetensors.Content(
                        TestWeights.of(recipe.matcher()
                                .network(recipe.extractor().network().descriptorSize())),
                        Map.of("step", "7", "seconds", "120", "bestScore", "0.5")));
        Path out = folder.resolve("out");
        for (String format : new String[] {"onnx", "safetensors", "pth"}) {
            Cli done = Cli.run("weights", "export", run, "--format", format, "--out", out);
            assertThat(done.exitCode()).as(done.err()).isZero();
        }
        String name = recipe.model() + "-matcher";
        ModelCard card = ModelCard.read(out.resolve(name + ".card.json"));
        assertThat(card.trainedOn()).isEqualTo("grey boxes");
        assertThat(card.licence()).isEqualTo("Apache-2.0");
        assertThat(card.training().path("commit").asText()).isEqualTo("abc123, def456");
        assertThat(card.training().path("matching").path("steps").asInt()).isEqualTo(7);
        assertThat(card.training().path("matching").path("minutes").asDouble()).isEqualTo(2.0);
        assertThat(Recipes.parse(card.training().path("recipe").toString(), "card"))
                .isEqualTo(recipe);
        assertThat(card.sha256()).isEqualTo(Sha256.of(out.resolve(name + ".onnx")));
        assertSame(
                Safetensors.read(out.resolve(name + ".safetensors")).tensors(),
                Safetensors.read(run.resolve("matching/weights.safetensors")).tensors());

        Cli again = Cli.run("weights", "export", run, "--format", "onnx", "--out", out);
        assertThat(again.exitCode()).isEqualTo(2);
        assertThat(again.err()).contains(name + ".onnx", "--overwrite").hasLineCount(1);
    }

    @Test
    void showTellsWhatIsInAFile() throws IOException {
        importExtractor();
        Cli text = Cli.run("weights", "show", weights);
        assertThat(text.exitCode()).as(text.err()).isZero();
        assertThat(text.out())
                .contains(
                        "PyTorch, zip",
                        "SHA-256 " + Sha256.of(weights),
                        "[65, 6, 1, 1]",
                        "float32",
                        "architecture: tiepoint-s",
                        "licence MIT");
        JsonNode json = new ObjectMapper()
                .readTree(Cli.run("weights", "show", model, "--json").out());
        assertThat(json.get("format").asText()).isEqualTo("tiepoint-weights/1");
        assertThat(json.get("kind").asText()).isEqualTo("ONNX");
        assertThat(json.get("sha256").asText()).isEqualTo(Sha256.of(model));
        assertThat(json.at("/card/licence").asText()).isEqualTo("MIT");
        assertThat(json.get("tensors")).hasSize(json.get("tensor_count").asInt());
        JsonNode state = new ObjectMapper()
                .readTree(Cli.run("weights", "show", folder.resolve("mine.safetensors"), "--json")
                        .out());
        assertThat(state.at("/tensors/0/name").asText()).isEqualTo("quarter.0.weight");
        assertThat(state.at("/tensors/0/shape").toString()).isEqualTo("[4,16,3,3]");
        assertThat(state.at("/metadata/architecture").asText()).isEqualTo("tiepoint-s");

        byte[] damaged = Files.readAllBytes(model);
        damaged[damaged.length - 9] ^= 1;
        Path ignored = Files.write(model, damaged);
        Cli refused = Cli.run("weights", "show", model);
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.err())
                .startsWith("tiepoint: " + model + ": expected ")
                .hasLineCount(1);
    }

    @Test
    void nothingIsWrittenFromAFileThatDoesNotFit() throws IOException {
        Cli wrong = Cli.run("weights", "import", weights, "--as", "superpoint", "--out", model);
        assertThat(wrong.exitCode()).isEqualTo(1);
        assertThat(wrong.err())
                .startsWith("tiepoint: " + weights + ": expected the weights of one superpoint")
                .hasLineCount(1);
        Path hostile = Files.write(
                folder.resolve("hostile.pth"),
                TorchFixtures.zip(TorchFixtures.latin1("cos\nsystem\n(S'touch owned'\ntR."), Map.of()));
        Cli refused = Cli.run("weights", "import", hostile, "--as", "superpoint", "--out", model);
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.err())
                .startsWith(
                        "tiepoint: " + hostile + ": expected tensors and plain values, found a pickle that wants to use"
                                + " os.system, which was not executed")
                .hasLineCount(1);
        assertThat(model).doesNotExist();
        assertThat(folder.resolve("mine.safetensors")).doesNotExist();
    }

    @Test
    void wrongOptionsAreWrongUsage() throws IOException {
        Cli unknown = Cli.run("weights", "import", weights, "--as", "yolo", "--out", model);
        assertThat(unknown.exitCode()).isEqualTo(2);
        assertThat(unknown.err())
                .contains("expected superpoint, ", "found yolo")
                .hasLineCount(1);
        Cli ending = Cli.run("weights", "import", weights, "--as", "tiepoint-s", "--out", folder.resolve("x.bin"));
        assertThat(ending.exitCode()).isEqualTo(2);
        assertThat(ending.err())
                .contains("expected a name that ends with .onnx")
                .hasLineCount(1);
        importExtractor();
        Cli again = Cli.run("weights", "import", weights, "--as", "tiepoint-s", "--out", model);
        assertThat(again.exitCode()).isEqualTo(2);
        assertThat(again.err()).contains("--overwrite").hasLineCount(1);
        assertThat(Cli.run("weights", "import", weights, "--as", "tiepoint-s", "--out", model, "--overwrite")
                        .exitCode())
                .isZero();
        assertThat(Cli.run("weights").exitCode()).isEqualTo(2);
        assertThat(Cli.run("weights", "export", weights, "--format", "docx").exitCode())
                .isEqualTo(2);
        for (String verb : new String[] {"import", "export", "show"}) {
            Cli help = Cli.run("weights", verb, "--help");
            assertThat(help.exitCode()).isZero();
            assertThat(help.out()).contains("Examples:", "tiepoint weights " + verb);
        }
        assertThat(Cli.run("weights", "import", "--help").out())
                .containsSubsequence("superpoint,", "lightglue,", "tiepoint-s");
    }
}
