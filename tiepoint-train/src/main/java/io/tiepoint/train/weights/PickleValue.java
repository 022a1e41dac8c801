package io.tiepoint.train.weights;

import io.tiepoint.core.model.ModelFormatException;
import java.util.List;

/** What a pickle holds beside numbers, texts, lists and dictionaries. */
sealed interface PickleValue {
    /** Python's None. */
    PickleValue NONE = new None();

    /** Has one value. */
    record None() implements PickleValue {}

    /** Bytes; nothing in a state dict needs them. */
    record Bytes(int length) implements PickleValue {
        /** Skips so many bytes. */
        Bytes(int length, PickleInput in) throws ModelFormatException {
            this(length);
            in.skip(length);
        }
    }

    /** A name of the allow-list: a function that may be called, or the class of a storage. */
    record Name(String module, String name) implements PickleValue {
        @Override
        public String toString() {
            return module + "." + name;
        }
    }

    /**
     * Values in the file, by their key.
     *
     * @param first index of the first value that belongs to it; not 0 only for a view in a file from before 2017
     * @param size number of values
     */
    record Storage(ElementType type, String key, long first, long size) implements PickleValue {}

    /**
     * A view of a storage.
     *
     * @param offset index of its first value in the storage
     * @param shape sizes, outermost first
     * @param stride values from one index to the next, of each dimension
     */
    record TensorView(Storage storage, long offset, List<Long> shape, List<Long> stride) implements PickleValue {}
}
