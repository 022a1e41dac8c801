package io.tiepoint.train.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tiepoint.core.model.ModelFormatException;
import io.tiepoint.core.random.Draws;
import io.tiepoint.core.random.Seed;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SafetensorsTest {
    @TempDir
    private Path folder;

    private static Safetensors.Content content() {
        Map<String, Safetensors.Entry> tensors = new LinkedHashMap<>();
        tensors.put("z.weight", new Safetensors.Entry(List.of(2L, 3L), new float[] {1, -2, 3.5f, 0, 1e-30f, -1e30f}));
        tensors.put("empty", new Safetensors.Entry(List.of(0L, 4L), new float[0]));
        tensors.put("a.bias", new Safetensors.Entry(List.of(1L), new float[] {Float.NaN}));
        tensors.put("größe \"x\"", new Safetensors.Entry(List.of(), new float[] {Float.NEGATIVE_INFINITY}));
        return new Safetensors.Content(tensors, Map.of("step", "12", "words", "a \"quoted\" ü\n"));
    }

    private Path write(String name, Safetensors.Content content) throws IOException {
        Path file = folder.resolve(name);
        Safetensors.write(file, content);
        return file;
    }

    /** A file with this header and so many bytes of zeros after it. */
    private Path file(String header, int valueBytes) throws IOException {
        byte[] text = header.getBytes(StandardCharsets.UTF_8);
        return file(text.length, text, valueBytes);
    }

    private Path file(long headerLength, byte[] header, int valueBytes) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(8 + header.length + valueBytes).order(ByteOrder.LITTLE_ENDIAN);
        return Files.write(
                folder.resolve("bad.safetensors"),
                bytes.putLong(headerLength).put(header).array());
    }

    private static void assertRefused(Path file, String... parts) {
        assertThatThrownBy(() -> Safetensors.read(file))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageStartingWith(file + ": ")
                .hasMessageContainingAll(parts)
                .hasMessageNotContaining("\n");
    }

    @Test
    void readsWhatItWrote() throws IOException {
        Safetensors.Content content = content();
        Safetensors.Content found = Safetensors.read(write("x.safetensors", content));

        assertThat(found.metadata()).isEqualTo(content.metadata());
        content.tensors().forEach((name, entry) -> {
            Safetensors.Entry same = Objects.requireNonNull(found.tensors().get(name), name);
            assertThat(same.shape()).isEqualTo(entry.shape());
            assertThat(same.values()).isEqualTo(entry.values());
        });
        assertThat(new ArrayList<>(found.tensors().keySet()))
                .isEqualTo(new ArrayList<>(content.tensors().keySet()));
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(folder.resolve("x.safetensors"));
        }
    }

    @Test
    void layoutIsThatOfTheFormat() throws IOException {
        byte[] bytes = Files.readAllBytes(write("x.safetensors", content()));
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int header = (int) buffer.getLong(0);

        assertThat(header % 8).isZero();
        assertThat(new String(bytes, 8, header, StandardCharsets.UTF_8))
                .startsWith("{\"__metadata__\":{")
                .contains("\"z.weight\":{\"dtype\":\"F32\",\"shape\":[2,3],\"data_offsets\":[0,24]}")
                .contains("\"a.bias\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[24,28]}");
        assertThat(bytes).hasSize(8 + header + 32);
        assertThat(buffer.getFloat(8 + header + 4)).isEqualTo(-2);
    }

    @Test
    void readsNoMetadataAndValuesInAnyOrder() throws IOException {
        String header = "{\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]},"
                + "\"a\":{\"shape\":[1],\"data_offsets\":[0,4],\"dtype\":\"F32\"}}  ";
        Path file = file(header, 8);
        byte[] bytes = Files.readAllBytes(file);
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putFloat(bytes.length - 4, 7);
        Safetensors.Content found = Safetensors.read(Files.write(file, bytes));

        assertThat(found.metadata()).isEmpty();
        assertThat(Objects.requireNonNull(found.tensors().get("b")).values()).containsExactly(7);
        assertThat(Objects.requireNonNull(found.tensors().get("a")).values()).containsExactly(0);
    }

    @Test
    void refusesAFileThatIsCutOffAnywhere() throws IOException {
        byte[] whole = Files.readAllBytes(write("x.safetensors", content()));
        Path file = folder.resolve("cut.safetensors");
        for (int length = 0; length < whole.length; length++) {
            assertRefused(Files.write(file, Arrays.copyOf(whole, length)), "expected ", "found ");
        }
        assertRefused(Files.write(file, Arrays.copyOf(whole, whole.length + 1)), "found");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void readsOrRefusesAFileWithChangedBytes(long seed) throws IOException {
        byte[] whole = Files.readAllBytes(write("x.safetensors", content()));
        Draws draws = new Seed(seed).draws();
        Path file = folder.resolve("changed.safetensors");
        for (int trial = 0; trial < 100; trial++) {
            byte[] changed = whole.clone();
            for (int i = 0; i <= draws.nextInt(3); i++) {
                changed[draws.nextInt(changed.length)] = (byte) draws.nextInt(256);
            }
            Files.write(file, changed);
            try {
                assertThat(Safetensors.read(file).tensors()).isNotNull();
            } catch (ModelFormatException e) {
                assertThat(e).hasMessageStartingWith(file + ": ");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE, Long.MAX_VALUE, Long.MAX_VALUE - 7, Integer.MAX_VALUE, 8_000_001, 11})
    void refusesAHeaderLengthThatCannotBe(long length) throws IOException {
        assertRefused(file(length, "{}".getBytes(StandardCharsets.UTF_8), 8), "header of " + length + " bytes");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "not JSON at all!",
                "{\"a\":",
                "[1, 2]",
                "null",
                "\"text\"",
                "      ",
                "{\"a\": 5}",
                "{\"a\": null}",
                "{\"a\": {}}",
                "{\"a\": {\"dtype\": \"F32\"}}",
                "{\"a\": {\"dtype\": \"F32\", \"shape\": [2]}}",
                "{\"__metadata__\": 5}",
                "{\"__metadata__\": null}",
                "{\"__metadata__\": [\"a\"]}",
                "{\"__metadata__\": {\"a\": {\"b\": 1}}}",
                "{\"__metadata__\": {\"a\": null}}"
            })
    void refusesAHeaderThatIsNone(String header) throws IOException {
        assertRefused(file(header, 8), "expected ", "found ");
    }

    @Test
    void refusesAHeaderThatIsNestedTooDeeply() throws IOException {
        assertRefused(file("{\"a\":".repeat(50_000), 8), "expected a safetensors header in JSON");
    }

    @ParameterizedTest
    @ValueSource(strings = {"F16", "BF16", "F64", "I64", "f32", ""})
    void refusesAnotherDtype(String dtype) throws IOException {
        String header = "{\"conv.bias\":{\"dtype\":\"" + dtype + "\",\"shape\":[2],\"data_offsets\":[0,8]}}";

        assertRefused(file(header, 8), "conv.bias: expected dtype F32, found \"" + dtype + "\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[2] [0, 12]",
                "[2] [0, 4]",
                "[2] [4, 12]",
                "[2] [-4, 4]",
                "[2] [8, 0]",
                "[2] [8]",
                "[2] [0, 8.0]",
                "[2] [\"0\", \"8\"]",
                "[2] [0, 8, 16]",
                "[2] 8",
                "[2] [18446744073709551616, 18446744073709551624]",
                "[2] [9223372036854775799, 9223372036854775807]",
                "[2] [-9223372036854775808, 9223372036854775807]",
                "[3] [0, 8]",
                "[-2] [0, 8]",
                "[-1, -2] [0, 8]",
                "[2.5] [0, 8]",
                "[\"2\"] [0, 8]",
                "[null] [0, 8]",
                "[[2]] [0, 8]",
                "2 [0, 8]",
                "null [0, 8]",
                "[2147483648] [0, 8]",
                "[4294967296, 4294967296] [0, 8]",
                "[9223372036854775807, 2] [0, 8]",
                "[] [0, 8]"
            })
    void refusesShapesAndOffsetsThatDoNotFit(String shapeAndOffsets) throws IOException {
        int space = shapeAndOffsets.contains("]") ? shapeAndOffsets.lastIndexOf(" [") : -1;
        space = space < 0 ? shapeAndOffsets.lastIndexOf(' ') : space;
        String header = "{\"conv.bias\":{\"dtype\":\"F32\",\"shape\":" + shapeAndOffsets.substring(0, space)
                + ",\"data_offsets\":" + shapeAndOffsets.substring(space + 1) + "}}";

        assertRefused(file(header, 8), "conv.bias: expected shape and data_offsets", "found ");
    }

    /** Many tensors that all claim the same bytes would need more memory than the file has. */
    @Test
    void refusesTensorsThatShareBytesOrLeaveSomeOut() throws IOException {
        String shared = "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},"
                + "\"b\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}";
        assertRefused(file(shared, 8), "expected tensors of 8 bytes in all, found 16");

        String hole = "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}";
        assertRefused(file(hole, 8), "expected tensors of 8 bytes in all, found 4");
    }

    @Test
    void namesAMissingFileAndAFolder() {
        Path missing = folder.resolve("none.safetensors");
        assertThatThrownBy(() -> Safetensors.read(missing))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining(missing.toString());
        assertRefused(folder, "expected a safetensors file, found a folder");
    }

    @Test
    void leavesTheEarlierFileWhereTheTemporaryOneCannotBeMade() throws IOException {
        Path file = write("x.safetensors", content());
        byte[] before = Files.readAllBytes(file);
        Path inTheWay = Files.createDirectory(folder.resolve("x.safetensors.tmp"));

        assertThatThrownBy(() -> Safetensors.write(file, new Safetensors.Content(Map.of(), Map.of())))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(inTheWay.toString());
        assertThat(file).hasBinaryContent(before);
        assertThat(inTheWay).as("what is not ours").isDirectory();
        Files.createFile(inTheWay.resolve("something"));
        assertThatThrownBy(() -> Safetensors.write(file, new Safetensors.Content(Map.of(), Map.of())))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(inTheWay.toString());
        assertThat(file).hasBinaryContent(before);
    }

    @Test
    void leavesTheEarlierFileWhenTheDiskIsFull() throws IOException {
        Path full = Path.of("/dev/full");
        assumeTrue(Files.exists(full), "skipped: there is no /dev/full to stand for a full disk");
        Path file = write("x.safetensors", content());
        byte[] before = Files.readAllBytes(file);
        Path temporary = Files.createSymbolicLink(folder.resolve("x.safetensors.tmp"), full);

        assertThatThrownBy(() -> Safetensors.write(file, content()))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(file + ": expected room for the file, found an error (")
                .hasMessageNotContaining("\n");
        assertThat(file).hasBinaryContent(before);
        assertThat(Files.exists(temporary, LinkOption.NOFOLLOW_LINKS)).isFalse();
    }

    @Test
    void namesAFolderThatIsMissing() {
        Path file = folder.resolve("none").resolve("x.safetensors");

        assertThatThrownBy(() -> Safetensors.write(file, content()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(file.toString());
    }
}
