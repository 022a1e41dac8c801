package io.tiepoint.train.recipe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import io.tiepoint.train.network.SuperGlueNetwork;
import io.tiepoint.train.network.SuperPointNetwork;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** Reads and writes recipes. Keys are strict: an unknown one is named with the nearest known one, a missing one is an error. */
public final class Recipes {
    /** The recipes that come with Tiepoint. */
    public static final List<String> SHIPPED = List.of("quick", "laptop");

    private static final ObjectMapper YAML = com.fasterxml.jackson.databind.json.JsonMapper.builder(
                    YAMLFactory.builder()
                            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
                            .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private Recipes() {}

    /**
     * Opens a shipped recipe by its name, or a recipe file.
     *
     * @throws FileNotFoundException if it is neither
     */
    public static Recipe open(String nameOrFile) throws IOException {
        if (SHIPPED.contains(nameOrFile)) {
            try (InputStream stream =
                    Recipes.class.getResourceAsStream("/io/tiepoint/recipes/" + nameOrFile + ".yaml")) {
                if (stream == null) {
                    throw new IllegalStateException(
                            nameOrFile + ": expected the recipe among the resources, found none");
                }
                return parse(new String(stream.readAllBytes(), StandardCharsets.UTF_8), nameOrFile);
            }
        }
        Path file = Path.of(nameOrFile);
        if (!Files.isRegularFile(file)) {
            throw new FileNotFoundException("recipe: expected one of " + String.join(", ", SHIPPED)
                    + " or a YAML file, found " + nameOrFile + "; give the path of an existing file");
        }
        try {
            return parse(Files.readString(file), nameOrFile);
        } catch (CharacterCodingException e) {
            throw new RecipeFormatException(nameOrFile + ": expected YAML in UTF-8, found other bytes", e);
        }
    }

    /**
     * Reads a recipe.
     *
     * @param source its name, for messages
     */
    public static Recipe parse(String yaml, String source) throws RecipeFormatException {
        return parse(yaml, Recipe.class, source);
    }

    /**
     * Reads any record with the same strictness.
     *
     * @param source its name, for messages
     */
    public static <T extends Record> T parse(String yaml, Class<T> type, String source) throws RecipeFormatException {
        JsonNode tree;
        try {
            tree = YAML.readTree(yaml);
        } catch (MismatchedInputException e) {
            throw new RecipeFormatException(source + ": expected one YAML document, found more", e);
        } catch (JsonProcessingException e) {
            throw new RecipeFormatException(source + ": expected YAML, found: " + problem(e), e);
        }
        if (tree.path("extractor") instanceof ObjectNode extractor) {
            putPublished(extractor);
        }
        if (tree.path("matcher") instanceof ObjectNode matcher) {
            putUsual(matcher);
        }
        try {
            RecipeKeys.check(tree, type, "");
            return YAML.treeToValue(tree, type);
        } catch (IllegalArgumentException e) {
            throw new RecipeFormatException(source + ": " + e.getMessage(), e);
        } catch (JsonMappingException e) {
            String path = path(e);
            String message = String.valueOf(
                    e.getCause() instanceof IllegalArgumentException cause
                            ? cause.getMessage()
                            : e.getOriginalMessage());
            // Some of the records' messages begin with the path themselves.
            boolean named = path.isEmpty() || message.startsWith(path);
            throw new RecipeFormatException(source + ": " + (named ? "" : path + ": ") + message, e);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree is read without a parser", e);
        }
    }

    /** SuperPoint's sizes are fixed, so that a recipe need not say them. */
    private static void putPublished(ObjectNode extractor) {
        String type = extractor.path("type").asText();
        if (type.equals(Recipe.ExtractorType.SUPERPOINT.name())
                || type.equals(Recipe.ExtractorType.SUPERPOINT_RPAUTRAT.name())) {
            if (!extractor.has("headWidth")) {
                extractor.put("headWidth", SuperPointNetwork.HEAD_WIDTH);
            }
            if (!extractor.has("descriptorSize")) {
                extractor.put("descriptorSize", SuperPointNetwork.DESCRIPTOR_SIZE);
            }
            for (String widths : List.of("quarterWidths", "eighthWidths")) {
                if (!extractor.has(widths)) {
                    extractor.putArray(widths);
                }
            }
        }
    }

    /** What recipes from before there was a choice do not say. */
    private static void putUsual(ObjectNode matcher) {
        String lightGlue = Recipe.MatcherType.LIGHTGLUE.name();
        if (!matcher.has("type")) {
            matcher.put("type", lightGlue);
        }
        boolean isLightGlue = matcher.path("type").asText().equals(lightGlue);
        if (!matcher.has("positions")) {
            matcher.put("positions", (isLightGlue ? Recipe.Positions.ROTARY : Recipe.Positions.ABSOLUTE).name());
        }
        if (!matcher.has("sinkhornIterations")) {
            matcher.put("sinkhornIterations", isLightGlue ? 0 : SuperGlueNetwork.PUBLISHED_ITERATIONS);
        }
    }

    /** What is wrong and where, in one line; the parser shows the place in several. */
    private static String problem(JsonProcessingException e) {
        String words = e.getOriginalMessage()
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith(" "))
                .collect(Collectors.joining(", "));
        // The parser shows its own objects.
        words = words.replaceAll("got this instead: <.*>", "got a list or other keys instead");
        return e.getLocation() == null
                ? words
                : words + " (line " + e.getLocation().getLineNr() + ")";
    }

    /** A recipe as YAML. */
    public static String toYaml(Record recipe) {
        try {
            return YAML.writeValueAsString(recipe);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a recipe can always be written", e);
        }
    }

    /** A recipe as JSON, for a model card or a manifest. */
    public static JsonNode toJson(Record recipe) {
        return YAML.valueToTree(recipe);
    }

    private static String path(JsonMappingException e) {
        return e.getPath().stream()
                .map(r -> r.getFieldName() == null ? "[" + r.getIndex() + "]" : r.getFieldName())
                .collect(Collectors.joining("."));
    }
}
