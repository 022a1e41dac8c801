package io.tiepoint.interop.npy;

import io.tiepoint.core.pickle.PickleFormatException;
import io.tiepoint.core.pickle.PickleNames;
import io.tiepoint.core.pickle.PickleValue;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The allow-list: the names that NumPy writes for arrays and numbers inside object arrays. None of them runs anything. */
final class NumpyNames implements PickleNames {
    private static final int MAX_DIMENSIONS = 32;
    private static final Set<String> ALLOWED = Set.of(
            "numpy.core.multiarray._reconstruct",
            "numpy._core.multiarray._reconstruct",
            "numpy.core.multiarray.scalar",
            "numpy._core.multiarray.scalar",
            "numpy.ndarray",
            "numpy.dtype",
            "_codecs.encode");

    private final String source;

    NumpyNames(String source) {
        this.source = source;
    }

    /** A type, such as {@code f8}; its byte order comes with its state. */
    static final class Dtype {
        private final String code;
        private String order = "|";

        Dtype(String code) {
            this.code = code;
        }

        String description() {
            return order + code;
        }
    }

    /** An array whose content comes with its state. */
    static final class Array {
        private List<Long> shape = List.of();
        private String description = "";
        /** Objects in a list, or bytes. */
        private Object data = List.of();

        private boolean isFortran;

        /** What it is without Python: {@link NpyArray} or {@link NpyObjects}. */
        Object plain(String name) throws IOException {
            if (isFortran && shape.size() > 1) {
                throw new IOException(name + ": expected row-major arrays, found a column-major one");
            }
            if (data instanceof List<?> objects) {
                return NpyObjects.of(shape, objects, name);
            }
            return isText(description)
                    ? NpyObjects.ofText(description, bytes(data), shape, name)
                    : NpyArray.of(description, bytes(data), shape, name);
        }
    }

    static boolean isText(String description) {
        return description.length() > 1 && description.charAt(1) == 'U';
    }

    /** Text of Python 2 that stands for bytes, bytes, and what {@code _codecs.encode} was given. */
    private static ByteBuffer bytes(Object data) {
        return data instanceof PickleValue.Bytes bytes
                ? bytes.content().duplicate()
                : ByteBuffer.wrap(((String) data).getBytes(StandardCharsets.ISO_8859_1));
    }

    @Override
    public String contents() {
        return "NumPy arrays";
    }

    @Override
    public String advice() {
        return "save it again with np.savez";
    }

    @Override
    public Object resolve(String module, String name) throws IOException {
        PickleValue.Name found = new PickleValue.Name(module, name);
        if (!ALLOWED.contains(found.toString())) {
            throw new PickleFormatException(
                    source + ": expected NumPy arrays and plain values, found a pickle that wants" + " to use "
                            + found.shown() + ", which was not executed");
        }
        return found;
    }

    @Override
    public Object call(Object function, List<?> arguments) throws IOException {
        String name = function instanceof PickleValue.Name known ? known.name() : "";
        Object first = arguments.isEmpty() ? "" : arguments.get(0);
        switch (name) {
            case "_reconstruct" -> {
                return new Array();
            }
            case "dtype" -> {
                if (first instanceof String code && code.matches("[a-zA-Z][0-9]{0,9}")) {
                    return new Dtype(code);
                }
            }
            case "scalar" -> {
                if (arguments.size() == 2 && first instanceof Dtype type) {
                    return scalar(type, arguments.get(1));
                }
            }
            case "encode" -> {
                if (first instanceof String) {
                    return first; // letters stand for bytes
                }
            }
            default -> {}
        }
        throw damaged("a call of " + (name.isEmpty() ? "something that is no function" : name));
    }

    private Object scalar(Dtype type, Object data) throws IOException {
        if (data instanceof PickleValue.Bytes || data instanceof String) {
            ByteBuffer bytes = bytes(data);
            if (bytes.remaining() <= 8 && !isText(type.description())) {
                NpyArray one = NpyArray.of(type.description(), bytes, List.of(1L), source);
                return switch (one.type()) {
                    case FLOAT32 -> (double) one.floats()[0];
                    case FLOAT64 -> one.doubles()[0];
                    case INT32 -> (long) one.ints()[0];
                    case INT64 -> one.longs()[0];
                    case UINT8 -> (long) (one.bytes()[0] & 0xff);
                };
            }
        }
        throw damaged("a number without its bytes");
    }

    @Override
    public Object persistent(Object id) throws IOException {
        throw damaged("something that is kept elsewhere");
    }

    @Override
    public boolean build(Object value, Object state) throws IOException {
        if (!(state instanceof List<?> parts)) {
            return false;
        }
        if (value instanceof Dtype type) {
            if (parts.size() < 2 || !(parts.get(1) instanceof String order) || !order.matches("[<>|=]")) {
                throw damaged("a type without byte order");
            }
            type.order = order;
            return true;
        }
        if (!(value instanceof Array array)) {
            return false;
        }
        if (parts.size() != 5
                || !(parts.get(1) instanceof List<?> shape)
                || !(parts.get(2) instanceof Dtype type)
                || !(parts.get(3) instanceof Boolean || parts.get(3) instanceof Long)) {
            throw damaged("an array without shape and type");
        }
        Object data = parts.get(4);
        boolean isObjects = type.code.startsWith("O");
        if (isObjects ? !(data instanceof List) : !(data instanceof PickleValue.Bytes || data instanceof String)) {
            throw damaged("an array without its values");
        }
        List<Long> sizes = new ArrayList<>();
        for (Object size : shape) {
            if (!(size instanceof Long number) || number < 0 || sizes.size() == MAX_DIMENSIONS) {
                throw damaged("an array without a shape");
            }
            sizes.add(number);
        }
        array.shape = sizes;
        array.description = type.description();
        array.isFortran = Boolean.TRUE.equals(parts.get(3)) || Long.valueOf(1).equals(parts.get(3));
        array.data = data;
        return true;
    }

    private PickleFormatException damaged(String found) {
        return new PickleFormatException(source + ": expected arrays of NumPy, found " + found);
    }
}
