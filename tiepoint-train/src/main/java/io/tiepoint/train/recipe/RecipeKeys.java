package io.tiepoint.train.recipe;

import com.fasterxml.jackson.databind.JsonNode;
import io.tiepoint.core.check.Check;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Compares what a file says with the records that it is to become, in the words of someone who writes the file. */
final class RecipeKeys {
    private RecipeKeys() {}

    /**
     * Fails at the first unknown key, missing key or value of another type.
     *
     * @param path keys that lead to the node, such as {@code corners.training}; empty for the whole file
     * @throws IllegalArgumentException with a sentence that begins with the path
     */
    static void check(JsonNode node, Class<?> type, String path) {
        String prefix = path.isEmpty() ? "" : path + ".";
        RecordComponent[] components = type.getRecordComponents();
        List<String> known =
                Arrays.stream(components).map(RecordComponent::getName).toList();
        Check.that(
                node.isObject(),
                "%sexpected the keys %s, found %s",
                path.isEmpty() ? "" : path + ": ",
                String.join(", ", known),
                words(node));
        for (var field : node.properties()) {
            String key = field.getKey();
            String nearest = nearest(key, known);
            Check.that(
                    known.contains(key),
                    "expected a known key, found %s%s%s",
                    prefix,
                    key,
                    nearest == null ? "" : "; did you mean " + nearest + "?");
        }
        for (RecordComponent component : components) {
            String name = prefix + component.getName();
            Check.that(node.has(component.getName()), "%s: expected a value, found no such key", name);
            checkValue(node.path(component.getName()), component.getType(), component.getGenericType(), name);
        }
    }

    private static void checkValue(JsonNode node, Class<?> type, Type generic, String name) {
        if (type.isRecord()) {
            check(node, type, name);
        } else if (type == List.class) {
            Class<?> element = (Class<?>) ((ParameterizedType) generic).getActualTypeArguments()[0];
            Check.that(node.isArray(), "%s: expected a list, found %s", name, words(node));
            for (int i = 0; i < node.size(); i++) {
                checkValue(node.path(i), element, element, name + "[" + i + "]");
            }
        } else if (type == int.class || type == Integer.class) {
            Check.that(node.isIntegralNumber(), "%s: expected a whole number, found %s", name, words(node));
            Check.that(node.canConvertToInt(), "%s: expected a whole number of 32 bits, found %s", name, node);
        } else if (type == long.class) {
            Check.that(node.isIntegralNumber(), "%s: expected a whole number, found %s", name, words(node));
            Check.that(node.canConvertToLong(), "%s: expected a whole number of 64 bits, found %s", name, node);
        } else if (type == double.class) {
            Check.that(node.isNumber(), "%s: expected a number, found %s", name, words(node));
        } else if (type == boolean.class) {
            Check.that(node.isBoolean(), "%s: expected true or false, found %s", name, words(node));
        } else if (type.isEnum()) {
            List<String> constants =
                    Arrays.stream(type.getEnumConstants()).map(Object::toString).toList();
            Check.that(
                    node.isTextual() && constants.contains(node.asText()),
                    "%s: expected one of %s, found %s",
                    name,
                    String.join(", ", constants),
                    words(node));
        } else {
            Check.that(node.isTextual(), "%s: expected text, found %s", name, words(node));
        }
    }

    private static String words(JsonNode node) {
        if (node.isMissingNode()
                || node.isNull()
                || (node.isTextual() && node.asText().isEmpty())) {
            return "nothing";
        }
        if (node.isArray()) {
            return "a list";
        }
        if (node.isObject()) {
            return "the keys "
                    + node.properties().stream().map(field -> field.getKey()).collect(Collectors.joining(", "));
        }
        return node.toString();
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
