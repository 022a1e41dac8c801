package io.tiepoint.train.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Named float32 tensors in a {@code .safetensors} file: 8 bytes with the header's length, a JSON header, the values.
 *
 * @see <a href="https://huggingface.co/docs/safetensors">The format</a>
 */
public final class Safetensors {
    private static final int MAX_HEADER_BYTES = 100_000_000;
    private static final ObjectMapper JSON = new ObjectMapper();

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
            Files.deleteIfExists(temporary);
            throw e;
        }
        Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void writeFully(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    private static byte[] header(Content content) {
        ObjectNode header = JSON.createObjectNode();
        ObjectNode metadata = header.putObject("__metadata__");
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
     * Reads a file.
     *
     * @throws ModelFormatException if it is not a whole safetensors file with float32 tensors
     */
    public static Content read(Path file) throws IOException {
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
            Map<String, String> metadata = header.has("__metadata__")
                    ? JSON.convertValue(header.get("__metadata__"), new TypeReference<Map<String, String>>() {})
                    : Map.of();
            Map<String, Entry> tensors = new LinkedHashMap<>();
            for (Map.Entry<String, JsonNode> field : header.properties()) {
                if (!field.getKey().equals("__metadata__")) {
                    tensors.put(field.getKey(), readEntry(channel, 8 + headerBytes, field, file));
                }
            }
            return new Content(tensors, metadata);
        }
    }

    private static JsonNode parse(String text, Path file) throws ModelFormatException {
        try {
            JsonNode header = JSON.readTree(text);
            if (header.isObject()) {
                return header;
            }
        } catch (JsonProcessingException e) {
            throw new ModelFormatException(file + ": expected a safetensors header in JSON, found other bytes", e);
        }
        throw new ModelFormatException(file + ": expected a safetensors header, found no JSON object");
    }

    private static Entry readEntry(FileChannel channel, long base, Map.Entry<String, JsonNode> field, Path file)
            throws IOException {
        JsonNode node = field.getValue();
        String name = file + ": " + field.getKey();
        if (!"F32".equals(node.path("dtype").asText())) {
            throw new ModelFormatException(name + ": expected dtype F32, found " + node.path("dtype"));
        }
        List<Long> shape;
        try {
            shape = JSON.convertValue(node.path("shape"), new TypeReference<List<Long>>() {});
        } catch (IllegalArgumentException e) {
            throw new ModelFormatException(name + ": expected a shape, found " + node.path("shape"), e);
        }
        long begin = node.path("data_offsets").path(0).asLong(-1);
        long end = node.path("data_offsets").path(1).asLong(-1);
        long count = shape == null ? -1 : count(shape);
        if (begin < 0 || count < 0 || end - begin != 4 * count || base + end > channel.size()) {
            throw new ModelFormatException(
                    name + ": expected shape and data_offsets that agree and lie in the file, found " + node
                            + " in a file of " + channel.size() + " bytes");
        }
        ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(4 * count)).order(ByteOrder.LITTLE_ENDIAN);
        channel.position(base + begin);
        readFully(channel, bytes, file);
        float[] values = new float[(int) count];
        bytes.flip().asFloatBuffer().get(values);
        return new Entry(List.copyOf(shape), values);
    }

    /** Number of values, or -1 if the shape is none or too large for an array. */
    private static long count(List<Long> shape) {
        long count = 1;
        for (Long size : shape) {
            if (size == null || size < 0 || (size > 0 && count > Integer.MAX_VALUE / 4 / size)) {
                return -1;
            }
            count *= size;
        }
        return count;
    }

    private static void readFully(FileChannel channel, ByteBuffer bytes, Path file) throws IOException {
        while (bytes.hasRemaining()) {
            if (channel.read(bytes) < 0) {
                throw new ModelFormatException(file + ": expected " + bytes.remaining() + " more bytes, found its end");
            }
        }
    }
}
