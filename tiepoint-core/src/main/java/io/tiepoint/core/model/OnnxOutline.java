package io.tiepoint.core.model;

import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an ONNX file is made of: its nodes' operators and its initializers. Reading it checks the whole structure first: that
 * every part lies inside the part that holds it, that each tensor has as many values as its dimensions say, and that none lies in
 * another file. Native code must not see a file that fails here, since not all of it survives that.
 *
 * @see <a href="https://github.com/onnx/onnx/blob/main/onnx/onnx.proto">The format</a>
 */
public final class OnnxOutline {
    /** {@code FLOAT} of the format's data types. */
    public static final int FLOAT = 1;

    private static final int DOUBLE = 11;
    private static final int MAX_DEPTH = 8;
    private static final int MAX_PARTS = 1_000_000;

    /** Bytes of a value by data type, from {@code UNDEFINED} to {@code BFLOAT16}; 0 for those without a fixed size. */
    private static final int[] VALUE_BYTES = {0, 4, 1, 1, 2, 2, 4, 8, 0, 1, 2, 8, 4, 8, 8, 16, 2};

    private final byte[] bytes;
    private final String source;
    private final Map<String, Initializer> initializers = new LinkedHashMap<>();
    private final Map<String, Integer> operators = new LinkedHashMap<>();
    private int parts;
    private boolean hasGraph;

    /**
     * A constant of the graph.
     *
     * @param name as in the graph
     * @param dataType by the format's numbers, such as {@link #FLOAT}
     * @param shape sizes, outermost first
     * @param offset of its values in the file, little-endian, row-major; -1 where they are stored in another way
     * @param length bytes of its values
     */
    public record Initializer(String name, int dataType, List<Long> shape, int offset, int length) {}

    private OnnxOutline(byte[] bytes, String source) {
        this.bytes = bytes;
        this.source = source;
    }

    /**
     * Reads and checks a file.
     *
     * @param onnx the file's bytes
     * @param source the file's name, for messages
     * @throws ModelFormatException if the file is no ONNX model, is damaged, or reaches for other files
     */
    public static OnnxOutline of(byte[] onnx, String source) throws ModelFormatException {
        OnnxOutline outline = new OnnxOutline(onnx, source);
        outline.model(new OnnxPart(onnx, 0, onnx.length, source));
        if (!outline.hasGraph) {
            throw new ModelFormatException(source + ": expected an ONNX model, found no graph in it");
        }
        return outline;
    }

    /** The constants of the outermost graph, by name, in the file's order. */
    public Map<String, Initializer> initializers() {
        return new LinkedHashMap<>(initializers);
    }

    /** How often each operator occurs, subgraphs included. */
    public Map<String, Integer> operators() {
        return new LinkedHashMap<>(operators);
    }

    private void model(OnnxPart model) throws ModelFormatException {
        while (model.next()) {
            switch (model.field()) {
                case 7 -> {
                    if (hasGraph) {
                        throw damaged("expected one graph, found more");
                    }
                    hasGraph = true;
                    graph(model.part(), 0);
                }
                case 25 -> function(model.part());
                case 20 -> throw damaged("expected a model for inference, found one with training information");
                default -> model.skip();
            }
        }
    }

    private void function(OnnxPart function) throws ModelFormatException {
        while (function.next()) {
            if (function.field() == 7) {
                node(function.part(), 1);
            } else {
                function.skip();
            }
        }
    }

    private void graph(OnnxPart graph, int depth) throws ModelFormatException {
        if (depth > MAX_DEPTH) {
            throw damaged("expected graphs at most " + MAX_DEPTH + " deep, found deeper ones");
        }
        while (graph.next()) {
            switch (graph.field()) {
                case 1 -> node(graph.part(), depth);
                case 5 -> {
                    Initializer found = tensor(graph.part());
                    if (depth == 0 && initializers.put(found.name(), found) != null) {
                        throw damaged(found.name() + ": expected one initializer of this name, found two");
                    }
                }
                case 15 -> throw damaged("expected dense initializers, found a sparse one");
                default -> graph.skip();
            }
        }
    }

    private void node(OnnxPart node, int depth) throws ModelFormatException {
        count();
        String operator = "";
        while (node.next()) {
            switch (node.field()) {
                case 4 -> operator = node.text();
                case 5 -> attribute(node.part(), depth);
                default -> node.skip();
            }
        }
        if (operator.isEmpty()) {
            throw damaged("expected a node with an operator, found one without");
        }
        int ignored = operators.merge(operator, 1, Integer::sum);
    }

    private void attribute(OnnxPart attribute, int depth) throws ModelFormatException {
        count();
        while (attribute.next()) {
            switch (attribute.field()) {
                case 5, 10 -> {
                    Initializer ignored = tensor(attribute.part());
                }
                case 6, 11 -> graph(attribute.part(), depth + 1);
                case 22, 23 -> throw damaged("expected dense constants, found a sparse one");
                default -> attribute.skip();
            }
        }
    }

    private void count() throws ModelFormatException {
        if (++parts > MAX_PARTS) {
            throw damaged("expected at most " + MAX_PARTS + " nodes and attributes, found more");
        }
    }

    private Initializer tensor(OnnxPart tensor) throws ModelFormatException {
        count();
        List<Long> shape = new ArrayList<>();
        String name = "";
        int dataType = 0;
        long typedValues = 0;
        long packed = 0;
        int packedAt = -1;
        int offset = -1;
        int length = 0;
        while (tensor.next()) {
            switch (tensor.field()) {
                case 1 -> tensor.numbers(shape);
                case 2 -> dataType = (int) Math.min(Math.max(tensor.number(), 0), Integer.MAX_VALUE);
                case 4, 10 -> {
                    int valueBytes = tensor.field() == 4 ? 4 : 8;
                    packedAt = tensor.packedAt();
                    packed = tensor.fixed(valueBytes);
                    typedValues += packed;
                }
                case 5, 7, 11 -> typedValues += tensor.count();
                case 8 -> name = tensor.text();
                case 9 -> {
                    OnnxPart raw = tensor.part();
                    offset = raw.position();
                    length = raw.length();
                }
                case 13, 14 -> external(tensor);
                default -> tensor.skip();
            }
        }
        checkValues(name, dataType, shape, offset < 0 ? typedValues : -1, length);
        // Packed, floats lie in the file just as raw bytes do.
        if (offset < 0 && packedAt >= 0 && packed == typedValues && (dataType == FLOAT || dataType == DOUBLE)) {
            offset = packedAt;
            length = (int) packed * VALUE_BYTES[dataType];
        }
        return new Initializer(name, dataType, List.copyOf(shape), offset, length);
    }

    private void external(OnnxPart tensor) throws ModelFormatException {
        if (tensor.field() == 13 || tensor.number() != 0) {
            throw damaged("expected all tensors in the file itself, found one that names another file");
        }
    }

    /** Values in typed fields are counted (a complex one is two of them), values in raw bytes measured. */
    private void checkValues(String name, int dataType, List<Long> shape, long typedValues, int rawBytes)
            throws ModelFormatException {
        long count = 1;
        for (long size : shape) {
            if (size < 0 || (size > 0 && count > bytes.length * 8L / size)) {
                count = -1;
                break;
            }
            count *= size;
        }
        int valueBytes = dataType < VALUE_BYTES.length ? VALUE_BYTES[dataType] : 0;
        boolean isText = dataType == 8;
        boolean fits = count >= 0
                && (valueBytes > 0 || isText)
                && (isText || (typedValues >= 0 ? typedValues == count : rawBytes == count * valueBytes));
        if (!fits) {
            throw damaged("tensor " + name + ": expected as many values as shape " + shape + " of data type " + dataType
                    + " has, found " + (typedValues >= 0 ? typedValues + " values" : rawBytes + " bytes"));
        }
    }

    private ModelFormatException damaged(String what) {
        return new ModelFormatException(source + ": " + what);
    }

    /** Decodes UTF-8 strictly. */
    static String utf8(byte[] bytes, int from, int length, String source) throws ModelFormatException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(java.nio.ByteBuffer.wrap(bytes, from, length))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new ModelFormatException(source + ": expected names in UTF-8, found other bytes", e);
        }
    }
}
