package io.tiepoint.interop.npy;

import io.tiepoint.core.pickle.PickleValue;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An array of NumPy whose elements are no numbers: texts, or Python's plain values. An element is a {@link String}, {@link Long},
 * {@link Double}, {@link Boolean}, {@link List} (of tuples, too), {@link java.util.Map}, {@link NpyArray} or another array of
 * objects; none where Python has None.
 */
public final class NpyObjects {
    private static final Charset UTF_32 = Charset.forName("UTF-32LE");

    private final List<Long> shape;
    private final List<?> elements;
    private final String name;

    private NpyObjects(List<Long> shape, List<?> elements, String name) {
        this.shape = List.copyOf(shape);
        this.elements = elements;
        this.name = name;
    }

    static NpyObjects of(List<Long> shape, List<?> elements, String name) throws IOException {
        int expected = new NpyHeader("|O", false, shape, 0).count(name);
        if (expected != elements.size()) {
            throw new IOException(name + ": expected " + expected + " objects for shape " + NpyHeader.words(shape)
                    + ", found " + elements.size());
        }
        return new NpyObjects(shape, elements, name);
    }

    /** Texts of a fixed number of letters, in UTF-32, filled up with zeros. */
    static NpyObjects ofText(String description, ByteBuffer bytes, List<Long> shape, String name) throws IOException {
        long letters = description.length() > 2 ? Long.parseLong(description.substring(2)) : 0;
        int count = new NpyHeader(description, false, shape, 0).count(name);
        if (description.charAt(0) == '>' || letters == 0 || count * letters * 4 != bytes.remaining()) {
            throw new IOException(name + ": expected " + count + " texts, little-endian, of " + letters
                    + " letters each, found " + bytes.remaining() + " bytes of type " + description);
        }
        List<String> texts = new ArrayList<>();
        byte[] one = new byte[count == 0 ? 0 : (int) (4 * letters)];
        for (int i = 0; i < count; i++) {
            bytes.get(one);
            texts.add(new String(one, UTF_32).replaceAll("\0+$", ""));
        }
        return new NpyObjects(shape, texts, name);
    }

    /** Sizes, outermost first. */
    public List<Long> shape() {
        return shape;
    }

    /** Number of elements. */
    public int size() {
        return elements.size();
    }

    /** One element, counted row by row. */
    public Optional<Object> get(int index) throws IOException {
        return plain(elements.get(index));
    }

    /** An element of a list or a map that {@link #get} gave, in the same terms. */
    public Optional<Object> plain(Object value) throws IOException {
        if (value == PickleValue.NONE) {
            return Optional.empty();
        }
        return Optional.of(value instanceof NumpyNames.Array array ? array.plain(name) : value);
    }
}
