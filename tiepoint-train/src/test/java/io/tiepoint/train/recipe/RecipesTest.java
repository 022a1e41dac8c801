package io.tiepoint.train.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tiepoint.train.network.LightGlueNetwork;
import io.tiepoint.train.network.ParameterSpec;
import io.tiepoint.train.network.SuperGlueNetwork;
import io.tiepoint.train.network.SuperPointNetwork;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecipesTest {
    static final List<String> SHIPPED = Recipes.SHIPPED;

    @TempDir
    private Path folder;

    /** The recipe {@code quick} with its first occurrence of a text replaced. */
    private static String changed(String text, String replacement) throws IOException {
        String yaml = Recipes.toYaml(Recipes.open("quick"));
        assertThat(yaml).contains(text);
        int at = yaml.indexOf(text);
        return yaml.substring(0, at) + replacement + yaml.substring(at + text.length());
    }

    private static void assertRefused(String yaml, String message) {
        assertThatThrownBy(() -> Recipes.parse(yaml, "my.yaml"))
                .isInstanceOf(RecipeFormatException.class)
                .hasMessage("my.yaml: " + message);
    }

    @ParameterizedTest
    @FieldSource("SHIPPED")
    void shippedRecipesHoldTogether(String name) throws IOException {
        Recipe recipe = Recipes.open(name);

        assertThat(recipe.name()).isEqualTo(name);
        assertThat(recipe.extractor().network().descriptorSize()).isEqualTo(64);
        assertThat(recipe.matcher().network(64).layers()).isEqualTo(3);
    }

    @ParameterizedTest
    @FieldSource("SHIPPED")
    void shippedRecipesAreTheSameAfterWritingAndReading(String name) throws IOException {
        Recipe recipe = Recipes.open(name);
        Path file = Files.writeString(folder.resolve("my.yaml"), Recipes.toYaml(recipe));

        assertThat(Recipes.open(file.toString())).isEqualTo(recipe);
        assertThat(Recipes.parse(Recipes.toJson(recipe).toString(), "json")).isEqualTo(recipe);
    }

    @ParameterizedTest
    @EnumSource
    void theMatchersPositionEncoderIsChosenByAKey(Recipe.Positions positions) throws IOException {
        String yaml = changed("positions: ROTARY", "positions: " + positions);

        LightGlueNetwork network =
                (LightGlueNetwork) Recipes.parse(yaml, "my.yaml").matcher().network(64);
        assertThat(network.positions().name()).isEqualTo(positions.name());
        List<String> names =
                network.parameters().stream().map(ParameterSpec::name).toList();
        assertThat(names.contains("posenc.Wr.weight")).isEqualTo(positions == Recipe.Positions.ROTARY);
        assertThat(names.contains("kenc.encoder.0.weight")).isEqualTo(positions == Recipe.Positions.ABSOLUTE);
    }

    @Test
    void superGlueIsChosenByAKey() throws IOException {
        String matcher = "matcher:\n  type: SUPERGLUE\n  width: 64\n  layers: 18\n  heads: 4\n";
        String yaml = Recipes.toYaml(Recipes.open("laptop")).replaceFirst("(?s)matcher:\n.*?(?=corners:)", matcher);

        Recipe recipe = Recipes.parse(yaml, "my.yaml");
        assertThat(recipe.matcher().positions()).isEqualTo(Recipe.Positions.ABSOLUTE);
        assertThat(recipe.matcher().sinkhornIterations()).isEqualTo(100);
        assertThat(recipe.matcher().network(64)).isInstanceOf(SuperGlueNetwork.class);
        assertThat(Recipes.parse(Recipes.toYaml(recipe), "again.yaml")).isEqualTo(recipe);
        for (String[] wrong : new String[][] {
            {"width: 64\n  layers: 18", "width: 32\n  layers: 18", "matcher.width: expected extractor.descriptorSize 64"
            },
            {"heads: 4", "heads: 2", "matcher: expected 4 heads and ABSOLUTE positions of SUPERGLUE, found 2"},
            {"heads: 4", "heads: 4\n  positions: NONE", "matcher: expected 4 heads and ABSOLUTE positions of SUPERGLUE"
            },
            {"heads: 4", "heads: 4\n  sinkhornIterations: 0", "matcher.sinkhornIterations: expected > 0 of SUPERGLUE"}
        }) {
            assertThatThrownBy(() -> Recipes.parse(yaml.replace(wrong[0], wrong[1]), "my.yaml"))
                    .isInstanceOf(RecipeFormatException.class)
                    .hasMessageStartingWith("my.yaml: " + wrong[2]);
        }
    }

    @Test
    void aRecipeFromBeforeThereWasAChoiceMeansLightGlueWithRotaryPositions() throws IOException {
        String yaml = Recipes.toYaml(Recipes.open("quick"))
                .replaceFirst("\\s+positions: ROTARY", "")
                .replaceFirst("\\s+type: LIGHTGLUE", "")
                .replaceFirst("\\s+sinkhornIterations: 0", "");

        assertThat(yaml).doesNotContain("positions", "LIGHTGLUE", "sinkhorn");
        assertThat(Recipes.parse(yaml, "my.yaml")).isEqualTo(Recipes.open("quick"));
        assertRefused(
                changed("positions: ROTARY", "positions: SPIRAL"),
                "matcher.positions: expected one of ROTARY, ABSOLUTE, NONE, found \"SPIRAL\"");
        assertRefused(
                changed("positions: ROTARY", "position: ROTARY"),
                "expected a known key, found matcher.position; did you mean positions?");
    }

    @Test
    void readsASuperPoint() throws IOException {
        String yaml = changed("type: COMPACT", "type: SUPERPOINT")
                .replaceFirst("quarterWidths:(\\s+- \\d+)+", "quarterWidths: []")
                .replaceFirst("eighthWidths:(\\s+- \\d+)+", "eighthWidths: []")
                .replace("headWidth: 64", "headWidth: 256")
                .replace("descriptorSize: 64", "descriptorSize: 256");

        assertThat(Recipes.parse(yaml, "my.yaml").extractor().network()).isInstanceOf(SuperPointNetwork.class);
        assertRefused(
                yaml.replace("headWidth: 256", "headWidth: 128"),
                "extractor: expected headWidth 256 and descriptorSize 256 of SUPERPOINT, found 128 and 256");

        String brief = Recipes.toYaml(Recipes.open("quick"))
                .replaceFirst("extractor:\\s[^m]*matcher:", "extractor: {type: SUPERPOINT}\nmatcher:");
        assertThat(brief).doesNotContain("quarterWidths");
        assertThat(Recipes.parse(brief, "my.yaml").extractor())
                .isEqualTo(Recipes.parse(yaml, "my.yaml").extractor());
    }

    @ParameterizedTest
    @CsvSource({
        "learningRate: 0.002, learningRte: 0.002, corners.training.learningRte; did you mean learningRate?",
        "learningRate: 0.002, learning_rate: 0.002, corners.training.learning_rate; did you mean learningRate?",
        "nmsRadiusPx: 4, nmsRadius: 4, adapt.nmsRadius; did you mean nmsRadiusPx?",
        "seed: 1, Seed: 1, Seed; did you mean seed?",
        "matching:, matchin:, matchin; did you mean matching?",
        "seed: 1, unheardOf: 1, unheardOf"
    })
    void namesTheKnownKeyThatIsNearestToAnUnknownOne(String text, String replacement, String message)
            throws IOException {
        assertRefused(changed(text, replacement), "expected a known key, found " + message);
    }

    @ParameterizedTest
    @CsvSource({
        "seed: 1, seed",
        "'    steps: 900', corners.training.steps",
        "'  warps: 100', adapt.warps",
        "'  type: COMPACT', extractor.type"
    })
    void namesAMissingKey(String line, String key) throws IOException {
        assertRefused(changed(line + "\n", ""), key + ": expected a value, found no such key");
    }

    @ParameterizedTest
    @CsvSource({
        "steps: 900, steps: many, 'corners.training.steps: expected a whole number, found \"many\"'",
        "steps: 900, steps: 9.5, 'corners.training.steps: expected a whole number, found 9.5'",
        "steps: 900, steps: [9], 'corners.training.steps: expected a whole number, found a list'",
        "steps: 900, steps: {a: 1}, 'corners.training.steps: expected a whole number, found the keys a'",
        "steps: 900, steps:, 'corners.training.steps: expected a whole number, found nothing'",
        "steps: 900, steps: null, 'corners.training.steps: expected a whole number, found nothing'",
        "steps: 900, steps: \"900\", 'corners.training.steps: expected a whole number, found \"900\"'",
        "steps: 900, steps: 9999999999999999999,"
                + " 'corners.training.steps: expected a whole number of 64 bits, found 9999999999999999999'",
        "batch: 32, batch: 32.7, 'corners.batch: expected a whole number, found 32.7'",
        "batch: 32, batch: true, 'corners.batch: expected a whole number, found true'",
        "batch: 32, batch: 3000000000, 'corners.batch: expected a whole number of 32 bits, found 3000000000'",
        "learningRate: 0.002, learningRate: fast, 'corners.training.learningRate: expected a number, found \"fast\"'",
        "type: COMPACT, type: compact,"
                + " 'extractor.type: expected one of COMPACT, SUPERPOINT, SUPERPOINT_RPAUTRAT, found \"compact\"'",
        "type: COMPACT, type: 1, 'extractor.type: expected one of COMPACT, SUPERPOINT, SUPERPOINT_RPAUTRAT, found 1'",
        "name: quick, name: 7, 'name: expected text, found 7'",
        "'  - 32', '  - x', 'extractor.quarterWidths[0]: expected a whole number, found \"x\"'",
        "'  - 32', '  - null', 'extractor.quarterWidths[0]: expected a whole number, found nothing'"
    })
    void namesAValueOfAnotherType(String text, String replacement, String message) throws IOException {
        assertRefused(changed(text, replacement), message);
    }

    @ParameterizedTest
    @CsvSource({
        "steps: 900, steps: 0, 'corners.training: steps: expected > 0, found 0'",
        "learningRate: 0.002, learningRate: -1, 'corners.training: learningRate: expected > 0, found -1.0'",
        "batch: 32, batch: 0, 'corners.batch: expected > 0, found 0'",
        "width: 160, width: 161, " + "'corners: expected width and height that are multiples of 8 px, found 161x120'",
        "curriculumShare: 0.5, curriculumShare: 2, 'features.curriculumShare: expected in [0, 1], found 2.0'",
        "headWidth: 64, headWidth: 0, 'extractor.headWidth: expected > 0, found 0'",
        "'  - 32', '  - -32', 'extractor.quarterWidths: expected numbers > 0 of COMPACT, found [-32, 32]'",
        "heads: 1, heads: 5, 'matcher.width: expected a multiple of twice the heads = 10, found 64'",
        "noMatchPx: 5.0, noMatchPx: 1.0, 'matching.noMatchPx: expected >= 3.0 px, found 1.0'",
        "model: tiepoint-quick, model: ../x,"
                + " 'model: expected a name of letters, digits, dots, dashes and underscores, found \"../x\"'"
    })
    void namesAValueOutOfRange(String text, String replacement, String message) throws IOException {
        assertRefused(changed(text, replacement), message);
    }

    @Test
    void refusesAKeyThatIsThereTwice() throws IOException {
        assertRefused(
                changed("batch: 32", "batch: 32\n  batch: 16"),
                "expected YAML, found: Duplicate field 'batch' (line 27)");
    }

    @Test
    void refusesASecondDocument() throws IOException {
        assertRefused(
                Recipes.toYaml(Recipes.open("quick")) + "---\nname: more\n", "expected one YAML document, found more");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a: b: c", "\t- x: [", "{", "%&*", "name: 'x", "name: \"\\q\""})
    void refusesWhatIsNotYamlInOneLine(String text) {
        assertThatThrownBy(() -> Recipes.parse(text, "my.yaml"))
                .isInstanceOf(RecipeFormatException.class)
                .hasMessageStartingWith("my.yaml: expected YAML, found: ")
                .hasMessageNotContaining("\n");
    }

    @ParameterizedTest
    @CsvSource({"'',nothing", "null,nothing", "hello,\"hello\"", "5,5", "'[1, 2]',a list"})
    void refusesYamlThatIsNoRecipe(String text, String found) {
        assertRefused(
                text,
                "expected the keys name, model, seed, precision, extractor, matcher, corners, adapt, features,"
                        + " matching, found " + found);
    }

    @Test
    void saysWhatARecipeCanBeWhereThereIsNone() {
        assertThatThrownBy(() -> Recipes.open("nonesuch"))
                .isInstanceOf(FileNotFoundException.class)
                .hasMessage("recipe: expected one of quick, laptop or a YAML file, found nonesuch;"
                        + " give the path of an existing file");
        assertThatThrownBy(() -> Recipes.open(folder.toString())).isInstanceOf(FileNotFoundException.class);
    }

    @Test
    void refusesAFileOfOtherBytes() throws IOException {
        Path file = Files.write(folder.resolve("my.yaml"), new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1});

        assertThatThrownBy(() -> Recipes.open(file.toString()))
                .isInstanceOf(RecipeFormatException.class)
                .hasMessage(file + ": expected YAML in UTF-8, found other bytes");
    }
}
