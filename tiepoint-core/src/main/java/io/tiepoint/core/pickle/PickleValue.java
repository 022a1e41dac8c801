package io.tiepoint.core.pickle;

import java.nio.ByteBuffer;

/** What a pickle holds beside numbers, texts, lists and dictionaries. */
public sealed interface PickleValue {
    /** Python's None. */
    PickleValue NONE = new None();

    /** Has one value. */
    record None() implements PickleValue {}

    /**
     * Bytes, where they lie in the file.
     *
     * @param content read it by {@link ByteBuffer#duplicate}
     */
    record Bytes(ByteBuffer content) implements PickleValue {
        /** Number of bytes. */
        public int length() {
            return content.capacity();
        }
    }

    /** A name of the allow-list: a function that may be called, or a class. */
    record Name(String module, String name) implements PickleValue {
        @Override
        public String toString() {
            return module + "." + name;
        }

        /** The name as it may be shown: one line, not long. */
        public String shown() {
            String line = toString().replaceAll("\\p{Cntrl}", "?");
            return line.length() <= 100 ? line : line.substring(0, 100) + "...";
        }
    }
}
