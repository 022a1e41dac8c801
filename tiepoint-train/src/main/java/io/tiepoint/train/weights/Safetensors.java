package io.tiepoint.train.weights;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tiepoint.core.model.ModelFormatException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Named tensors in a {@code .safetensors} file: 8 bytes with the header's length, a JSON header, the values. What Tiepoint writes
 * is float32; files of others are read with any element type.
 *
 * @see <a href="https://huggingface.co/docs/safetensors">The format</a>
 */
public final class Safetensors {
    private static final String METADATA = "__metadata__";
    /** Thousands of tensors; parsed, a header takes many times its size in memory. */
    private static final int MAX_HEADER_BYTES = 8_000_000;

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /**
     * One tensor.
     *
     * @param shape sizes, outermost first
     * @param values row-major
     */
    @SuppressWarnings("ArrayRecordComponent") // a carrier between a file and a network; never compared
    public record Entry(List<Long> shape, float[] values) {}

    /**
     * Everything in a file.
     *
     * @param tensors by name, in the file's order
     * @param metadata text by key
     */
    public record Content(Map<String, Entry> tensors, Map<String, String> metadata) {}

    private Safetensors() {}

    /**
     * Writes a file: first beside it under a temporary name, then renamed, so that the file is never half written.
     *
     * @throws IOException if there is no room or no right to write; an earlier file of that name is left as it was
     */
    public static void write(Path file, Content content) throws IOException {
        byte[] header = header(content);
        Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
        try (FileChannel channel = FileChannel.open(
                temporary, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            writeAll(channel, header, content, file);
        }
        Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void writeAll(FileChannel channel, byte[] header, Content content, Path file) throws IOException {
        try {
            ByteBuffer start = ByteBuffer.allocate(8 + header.length).order(ByteOrder.LITTLE_ENDIAN);
            start.putLong(header.length).put(header).flip();
            writeFully(channel, start);
            for (Entry entry : content.tensors().values()) {
                ByteBuffer bytes =
                        ByteBuffer.allocate(4 * entry.values().length).order(ByteOrder.LITTLE_ENDIAN);
                bytes.asFloatBuffer().put(entry.values());
                writeFully(channel, bytes);
            }
            channel.force(true);
        } catch (IOException e) {
            // The temporary file is ours, and takes room that may be what is missing.
            Files.deleteIfExists(file.resolveSibling(file.getFileName() + ".tmp"));
            throw new IOException(file + ": expected room for the file, found an error (" + e.getMessage() + ")", e);
        }
    }

    private static void writeFully(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    private static byte[] header(Content content) {
        ObjectNode header = JSON.createObjectNode();
        ObjectNode metadata = header.putObject(METADATA);
        content.metadata().forEach(metadata::put);
        long offset = 0;
        for (Map.Entry<String, Entry> tensor : content.tensors().entrySet()) {
            ObjectNode node = header.putObject(tensor.getKey());
            node.put("dtype", "F32");
            ArrayNode shape = node.putArray("shape");
            tensor.getValue().shape().forEach(shape::add);
            long end = offset + 4L * tensor.getValue().values().length;
            node.putArray("data_offsets").add(offset).add(end);
            offset = end;
        }
        String text = header.toString();
        // The values start at a multiple of 8.
        return (text + " ".repeat((8 - text.getBytes(StandardCharsets.UTF_8).length % 8) % 8))
                .getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Reads a file of float32 tensors.
     *
     * @throws ModelFormatException if it is not a whole safetensors file with float32 tensors
     */
    public static Content read(Path file) throws IOException {
        StateDict found = readStored(file, true);
        Map<String, Entry> tensors = new LinkedHashMap<>();
        found.tensors().forEach((name, tensor) -> tensors.put(name, new Entry(tensor.shape(), tensor.toFloats())));
        return new Content(tensors, found.metadata());
    }

    /**
     * Reads a file with tensors of any type.
     *
     * @throws ModelFormatException if it is not a whole safetensors file, or has an element type that is not known
     */
    static StateDict readAny(Path file) throws IOException {
        return readStored(file, false);
    }

    private static StateDict readStored(Path file, boolean onlyFloat32) throws IOException {
        if (Files.isDirectory(file)) {
            throw new ModelFormatException(file + ": expected a safetensors file, found a folder");
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer length = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
            readFully(channel, length, file);
            long headerBytes = length.flip().getLong();
            if (headerBytes <= 0 || headerBytes > MAX_HEADER_BYTES || 8 + headerBytes > channel.size()) {
                throw new ModelFormatException(
                        file + ": expected a safetensors file, found a header of " + headerBytes + " bytes");
            }
            ByteBuffer headerBuffer = ByteBuffer.allocate((int) headerBytes);
            readFully(channel, headerBuffer, file);
            JsonNode header = parse(new String(headerBuffer.array(), StandardCharsets.UTF_8), file);
            Map<String, Range> ranges = new LinkedHashMap<>();
            for (Map.Entry<String, JsonNode> field : header.properties()) {
                if (!field.getKey().equals(METADATA)) {
                    ranges.put(field.getKey(), range(channel.size() - 8 - headerBytes, field, onlyFloat32, file));
                }
            }
            checkTotal(ranges, channel.size() - 8 - headerBytes, file);
            Map<String, StoredTensor> tensors = new LinkedHashMap<>();
            for (Map.Entry<String, Range> range : ranges.entrySet()) {
                channel.position(8 + headerBytes + range.getValue().begin);
                tensors.put(range.getKey(), readTensor(channel, range.getValue(), file));
            }
            return new StateDict(tensors, metadata(header, file));
        }
    }

    /** Where a tensor's values lie, counted from the first tensor's. */
    private record Range(ElementType type, List<Long> shape, long begin, int byteCount) {}

    private static JsonNode parse(String text, Path file) throws ModelFormatException {
        try {
            JsonNode header = JSON.readTree(text);
            if (header.isObject()) {
                return header;
            }
        } catch (JsonProcessingException e) {
            String found = e instanceof MismatchedInputException ? "a name twice, or more after it" : "other bytes";
            throw new ModelFormatException(file + ": expected a safetensors header in JSON, found " + found, e);
        }
        throw new ModelFormatException(file + ": expected a safetensors header, found no JSON object");
    }

    private static Map<String, String> metadata(JsonNode header, Path file) throws ModelFormatException {
        JsonNode node = header.path(METADATA);
        if (!node.isMissingNode() && !node.isObject()) {
            throw new ModelFormatException(file + ": " + METADATA + ": expected an object, found " + node);
        }
        Map<String, String> metadata = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            if (!field.getValue().isTextual()) {
                throw new ModelFormatException(
                        file + ": " + METADATA + ": " + field.getKey() + ": expected text, found " + field.getValue());
            }
            metadata.put(field.getKey(), field.getValue().asText());
        }
        return metadata;
    }

    private static Range range(long valueBytes, Map.Entry<String, JsonNode> field, boolean onlyFloat32, Path file)
            throws ModelFormatException {
        JsonNode node = field.getValue();
        String name = file + ": " + quoted(field.getKey());
        ElementType type =
                ElementType.ofSafetensors(node.path("dtype").asText()).orElse(null);
        if (type == null || (onlyFloat32 && type != ElementType.FLOAT32)) {
            String expected = onlyFloat32
                    ? "F32"
                    : Arrays.stream(ElementType.values())
                            .map(ElementType::safetensorsName)
                            .collect(Collectors.joining(", "));
            throw new ModelFormatException(name + ": expected dtype " + expected + ", found "
                    + quoted(node.path("dtype").toString()));
        }
        List<Long> shape = wholeNumbers(node.path("shape"));
        List<Long> offsets = wholeNumbers(node.path("data_offsets"));
        long count = shape == null ? -1 : StoredTensor.count(shape);
        if (shape == null
                || count < 0
                || offsets == null
                || offsets.size() != 2
                || offsets.get(1) > valueBytes
                || offsets.get(1) - offsets.get(0) != type.byteCount() * count) {
            throw new ModelFormatException(
                    name + ": expected shape and data_offsets that agree and lie in the file, found "
                            + quoted(node.toString()) + " in a file with " + valueBytes + " bytes of values");
        }
        return new Range(type, shape, offsets.get(0), (int) (type.byteCount() * count));
    }

    /** What a file says of itself may be long, or hold line breaks. */
    private static String quoted(String text) {
        String line = text.replaceAll("\\p{Cntrl}", "?");
        return line.length() <= 200 ? line : line.substring(0, 200) + "...";
    }

    /** The numbers of an array, or null if it is none or holds anything but whole numbers from 0. */
    private static @Nullable List<Long> wholeNumbers(JsonNode array) {
        List<Long> numbers = new ArrayList<>();
        for (JsonNode number : array) {
            if (!number.isIntegralNumber() || !number.canConvertToLong() || number.longValue() < 0) {
                return null;
            }
            numbers.add(number.longValue());
        }
        return array.isArray() ? numbers : null;
    }

    /** The tensors fill the file one after the other, as the format says; so they never need more memory than it has. */
    private static void checkTotal(Map<String, Range> ranges, long valueBytes, Path file) throws ModelFormatException {
        long total = 0;
        for (Range range : ranges.values()) {
            total += range.byteCount;
        }
        if (total != valueBytes) {
            throw new ModelFormatException(
                    file + ": expected tensors of " + valueBytes + " bytes in all, found " + total);
        }
        long end = 0;
        for (Range range : ranges.values().stream()
                .sorted(Comparator.comparingLong(Range::begin).thenComparingInt(Range::byteCount))
                .toList()) {
            if (range.begin != end) {
                throw new ModelFormatException(
                        file + ": expected a tensor's values from byte " + end + " on, found some at " + range.begin);
            }
            end += range.byteCount;
        }
    }

    private static StoredTensor readTensor(FileChannel channel, Range range, Path file) throws IOException {
        byte[] bytes = new byte[range.byteCount];
        readFully(channel, ByteBuffer.wrap(bytes), file);
        return new StoredTensor(range.type, range.shape, bytes);
    }

    private static void readFully(FileChannel channel, ByteBuffer bytes, Path file) throws IOException {
        while (bytes.hasRemaining()) {
            if (channel.read(bytes) < 0) {
                throw new ModelFormatException(file + ": expected " + bytes.remaining() + " more bytes, found its end");
            }
        }
    }
}
