package io.tiepoint.train.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.tiepoint.core.random.Draws;
import io.tiepoint.core.random.Seed;
import io.tiepoint.synthetic.images.ProceduralRecipe;
import io.tiepoint.synthetic.pairs.ScenePairRecipe;
import io.tiepoint.synthetic.pairs.ViewPairRecipe;
import io.tiepoint.synthetic.shapes.ShapesRecipe;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Recipes as people mistype them: each is read, or refused with one sentence that begins with the file. */
class RecipesFuzzTest {
    private static final int MUTATIONS = 500;
    private static final List<String> WORDS = List.of(
            "",
            "~",
            "null",
            "-1",
            "1e999",
            ".nan",
            ".inf",
            "-.inf",
            "true",
            "0x10",
            "1_000",
            "99999999999999999999",
            "[1, 2",
            "{a: 1}",
            "!!java.net.URL [http://a]",
            "*x",
            "&x 1",
            "\"\\ud800\"",
            "'",
            "|",
            ">",
            "- a",
            "? b",
            "2024-01-01",
            "\u0000",
            "\uFEFF",
            "\t",
            "%YAML 9.9",
            "---",
            "...",
            "@",
            "`",
            "\u2028",
            "<<: *x");

    static Stream<Record> recipes() {
        return Stream.of(
                ShapesRecipe.RICH, ProceduralRecipe.DEFAULT, ViewPairRecipe.MIXED, ScenePairRecipe.TRAINING, laptop());
    }

    private static Record laptop() {
        try {
            return Recipes.open("laptop");
        } catch (IOException e) {
            throw new IllegalStateException("it is shipped", e);
        }
    }

    private static boolean isRefused(String yaml, Class<? extends Record> type) {
        try {
            assertThat(Recipes.parse(yaml, type, "my.yaml")).isNotNull();
            return false;
        } catch (RecipeFormatException e) {
            assertThat(e.getMessage())
                    .as("message for %s", yaml)
                    .startsWith("my.yaml: ")
                    .doesNotContain("\n", "Exception", "io.tiepoint", "com.fasterxml", "org.yaml")
                    .hasSizeBetween("my.yaml: ".length() + 5, 2000);
            return true;
        }
    }

    @ParameterizedTest
    @MethodSource("recipes")
    void aDamagedRecipeIsRefusedInOneSentence(Record recipe) {
        String whole = Recipes.toYaml(recipe);
        assertThat(isRefused(whole, recipe.getClass())).isFalse();
        Draws draws = new Seed(2).child(recipe.getClass().getSimpleName()).draws();
        int refused = 0;
        for (int i = 0; i < MUTATIONS; i++) {
            refused += isRefused(damaged(whole, draws), recipe.getClass()) ? 1 : 0;
        }
        assertThat(refused).isGreaterThan(MUTATIONS / 3);
    }

    /** Lines left out, doubled, exchanged and moved in or out; values and letters replaced. */
    private static String damaged(String whole, Draws draws) {
        List<String> lines = new ArrayList<>(Arrays.asList(whole.split("\n")));
        int changes = draws.nextInt(1, 4);
        for (int i = 0; i < changes; i++) {
            int at = draws.nextInt(0, lines.size());
            String line = lines.get(at);
            String word = WORDS.get(draws.nextInt(0, WORDS.size()));
            switch (draws.nextInt(0, 8)) {
                case 0 -> lines.add(at, lines.get(draws.nextInt(0, lines.size())));
                case 1 -> lines.set(at, "");
                case 2 -> lines.set(at, "  " + line);
                case 3 -> lines.set(at, line.stripLeading());
                case 4 -> lines.set(at, line.replaceFirst(":.*", ": " + Matcher.quoteReplacement(word)));
                case 5 -> lines.set(at, word + line);
                case 6 -> {
                    int letter = draws.nextInt(0, line.length() + 1);
                    lines.set(
                            at,
                            line.substring(0, letter)
                                    + (char) draws.nextInt(1, 300)
                                    + line.substring(Math.min(letter + 1, line.length())));
                }
                default -> lines.set(at, line.replace(":", ""));
            }
        }
        return String.join("\n", lines);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{a: ", "- ", "? ", "a: &x [*x, *x]\n"})
    void deepAndSelfReferringFilesAreRefusedSoon(String part) {
        String yaml = part.repeat(50_000);
        assertThat(assertTimeoutPreemptively(Duration.ofMinutes(2), () -> isRefused(yaml, ShapesRecipe.class)))
                .isTrue();
    }
}
