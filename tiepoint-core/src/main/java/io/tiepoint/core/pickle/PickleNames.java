package io.tiepoint.core.pickle;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Decides what a name in a pickle stands for: an allow-list, and the only way from a pickle to anything but plain values. */
public interface PickleNames {
    /** A value that stands for a name; fails for one that is not allowed. */
    Object resolve(String module, String name) throws IOException;

    /** The result of a call; the function is one that {@link #resolve} gave. */
    Object call(Object function, List<?> arguments) throws IOException;

    /** What a persistent id stands for. */
    Object persistent(Object id) throws IOException;

    /**
     * Gives a value its state.
     *
     * @return false if values of this kind have none
     */
    default boolean build(Object value, Object state) throws IOException {
        // An OrderedDict carries attributes, such as the version of each module; nothing of them is needed.
        return value instanceof Map && (state instanceof Map || state instanceof List);
    }

    /** What the pickle should hold, such as {@code a state dict}; for messages. */
    String contents();

    /** How to make a file that holds it; for messages. */
    String advice();
}
