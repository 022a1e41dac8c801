package io.tiepoint.train.recipe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads and writes recipes. Keys are strict: an unknown one is named with the nearest known one, a missing one is an error. */
public final class Recipes {
    /** The recipes that come with Tiepoint. */
    public static final List<String> SHIPPED = List.of("quick", "laptop");

    private static final ObjectMapper YAML = com.fasterxml.jackson.databind.json.JsonMapper.builder(
                    YAMLFactory.builder()
                            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
                            .build())
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
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
        return parse(Files.readString(file), nameOrFile);
    }

    /**
     * Reads a recipe.
     *
     * @param source its name, for messages
     */
    public static Recipe parse(String yaml, String source) throws RecipeFormatException {
        try {
            JsonNode tree = YAML.readTree(yaml);
            checkKeys(tree, Recipe.class, "", source);
            return YAML.treeToValue(tree, Recipe.class);
        } catch (JsonMappingException e) {
            Throwable cause = e.getCause() instanceof IllegalArgumentException ? e.getCause() : e;
            String message = cause == e ? e.getOriginalMessage() : cause.getMessage();
            throw new RecipeFormatException(source + ": " + path(e) + ": " + message, e);
        } catch (JsonProcessingException e) {
            throw new RecipeFormatException(source + ": expected YAML, found " + e.getOriginalMessage(), e);
        }
    }

    /** Checks that a part of a recipe has exactly the keys that the record has. */
    private static void checkKeys(JsonNode node, Class<?> type, String prefix, String source)
            throws RecipeFormatException {
        String where = prefix.isEmpty() ? source : source + ": " + prefix.substring(0, prefix.length() - 1);
        if (!node.isObject()) {
            throw new RecipeFormatException(where + ": expected keys with values, found " + node);
        }
        List<String> known = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            known.add(component.getName());
        }
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            if (!known.contains(field.getKey())) {
                String nearest = nearest(field.getKey(), known);
                throw new RecipeFormatException(source + ": expected a known key, found " + prefix + field.getKey()
                        + (nearest == null
                                ? "; known are " + String.join(", ", known)
                                : "; did you mean " + nearest + "?"));
            }
        }
        for (RecordComponent component : type.getRecordComponents()) {
            JsonNode child = node.get(component.getName());
            if (child == null) {
                throw new RecipeFormatException(where + ": expected a key " + component.getName() + ", found none");
            }
            if (component.getType().isRecord()) {
                checkKeys(child, component.getType(), prefix + component.getName() + ".", source);
            }
        }
    }

    /** A recipe as YAML. */
    public static String toYaml(Recipe recipe) {
        try {
            return YAML.writeValueAsString(recipe);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a recipe can always be written", e);
        }
    }

    /** A recipe as JSON, for a model card. */
    public static JsonNode toJson(Recipe recipe) {
        return YAML.valueToTree(recipe);
    }

    private static String path(JsonMappingException e) {
        return e.getPath().stream()
                .map(r -> r.getFieldName() == null ? "[" + r.getIndex() + "]" : r.getFieldName())
                .collect(Collectors.joining("."));
    }

    /** The known key with the fewest changes of a letter. */
    static @Nullable String nearest(String key, List<String> known) {
        String nearest = null;
        int fewest = Math.max(2, key.length() / 2) + 1;
        for (String candidate : known) {
            int changes = changes(key, candidate);
            if (changes < fewest) {
                fewest = changes;
                nearest = candidate;
            }
        }
        return nearest;
    }

    /** Levenshtein's distance. */
    private static int changes(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int above = row[j];
                int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                row[j] = Math.min(diagonal + change, 1 + Math.min(above, row[j - 1]));
                diagonal = above;
            }
        }
        return row[b.length()];
    }
}
