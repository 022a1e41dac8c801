package io.tiepoint.core.check;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Checks shapes against patterns such as {@code "B M 2"}: a number must be met exactly, and a symbol means one size in
 * everything that the same instance checks.
 */
public final class Shapes {
    private final Map<String, Long> bound = new LinkedHashMap<>();

    /**
     * Checks one shape and binds its new symbols.
     *
     * @param name what has the shape, for the message
     * @param shape sizes, outermost first
     * @param pattern symbols and numbers separated by one space, outermost first
     * @throws IllegalArgumentException if the rank, a number or a bound symbol disagrees
     */
    @CanIgnoreReturnValue
    public Shapes expect(String name, long[] shape, String pattern) {
        String[] symbols = pattern.split(" ", -1);
        boolean fits = symbols.length == shape.length;
        for (int i = 0; fits && i < symbols.length; i++) {
            fits = Character.isDigit(symbols[i].charAt(0))
                    ? Long.parseLong(symbols[i]) == shape[i]
                    : bound.getOrDefault(symbols[i], shape[i]) == shape[i];
        }
        Check.that(
                fits,
                "%s: expected shape [%s], found %s (bound so far: %s)",
                name,
                pattern,
                Arrays.toString(shape),
                bound);
        for (int i = 0; i < symbols.length; i++) {
            if (!Character.isDigit(symbols[i].charAt(0))) {
                bound.put(symbols[i], shape[i]);
            }
        }
        return this;
    }
}
