package io.tiepoint.core.check;

import com.google.errorprone.annotations.FormatMethod;
import com.google.errorprone.annotations.FormatString;

/** Checks of arguments; a message reads {@code <name>: expected <what>, found <value>[; <what to do>]}. */
public final class Check {
    private Check() {}

    /**
     * Fails if a caller's value is not as expected.
     *
     * @throws IllegalArgumentException with the formatted message if the condition does not hold
     */
    @FormatMethod
    public static void that(boolean condition, @FormatString String message, Object... values) {
        if (!condition) {
            throw new IllegalArgumentException(String.format(java.util.Locale.ROOT, message, values));
        }
    }
}
