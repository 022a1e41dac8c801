package io.tiepoint.train.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tiepoint.core.model.ModelFormatException;
import io.tiepoint.testkit.SharedFiles;
import io.tiepoint.testkit.TorchFixtures;
import io.tiepoint.testkit.parity.ParityWeights;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WeightFileTest {
    @TempDir
    private Path folder;

    private static StoredTensor tensor(StateDict state, String name) {
        return Objects.requireNonNull(state.tensors().get(name), name);
    }

    /** Every element type, views of all kinds, a parameter, a scalar, an empty tensor, a name that is not ASCII. */
    @ParameterizedTest
    @CsvSource({
        "odd.pth, TORCH_ZIP, model.",
        "odd_protocol4.pth, TORCH_ZIP, model.",
        "odd_legacy.pth, TORCH_LEGACY, model.",
        "odd.safetensors, SAFETENSORS, ''"
    })
    void readsEveryKindOfTensor(String name, WeightFile.Format format, String prefix) throws IOException {
        WeightFile file = WeightFile.read(SharedFiles.get("parity/loaders/" + name));
        assertThat(file.format()).isEqualTo(format);
        List<String> lines = Files.readAllLines(SharedFiles.get("parity/loaders/odd.tsv"));
        assertThat(file.state().tensors()).hasSize(lines.size() - 1);
        for (String line : lines.subList(1, lines.size())) {
            String[] columns = line.split("\t", -1);
            StoredTensor found = tensor(file.state(), prefix + columns[0]);
            assertThat(found.type().word()).as(columns[0]).isEqualTo(columns[1]);
            assertThat(found.shape())
                    .as(columns[0])
                    .isEqualTo(
                            columns[2].equals("scalar")
                                    ? List.of()
                                    : Arrays.stream(columns[2].split(",", -1))
                                            .map(Long::valueOf)
                                            .toList());
            String[] values = columns[5].isEmpty() ? new String[0] : columns[5].split(" ", -1);
            assertThat(found.size()).isEqualTo(values.length);
            for (int i = 0; i < values.length; i++) {
                assertThat(found.value(i)).as(columns[0] + " " + i).isEqualTo(Double.valueOf(number(values[i])));
            }
        }
    }

    private static double number(String text) {
        return switch (text) {
            case "nan" -> Double.NaN;
            case "inf" -> Double.POSITIVE_INFINITY;
            case "-inf" -> Double.NEGATIVE_INFINITY;
            default -> Double.parseDouble(text);
        };
    }

    @ParameterizedTest
    @CsvSource({
        "superpoint, superpoint.pth",
        "superpoint, superpoint_legacy.pth",
        "superpoint, superpoint_tricky.pth",
        "superpoint, superpoint_tricky_legacy.pth",
        "superpoint, superpoint.safetensors",
        "superpoint-rp, superpoint-rp.pth"
    })
    void readsTheWeightsThatPyTorchReads(String network, String name) throws IOException {
        Map<String, ParityWeights.ParityTensor> expected = ParityWeights.of(network);
        StateDict state =
                WeightFile.read(SharedFiles.get("parity/big/loaders/" + name)).state();
        assertThat(state.tensors().keySet()).containsExactlyInAnyOrderElementsOf(expected.keySet());
        expected.forEach((key, tensor) -> {
            StoredTensor found = tensor(state, key);
            assertThat(found.shape()).as(key).isEqualTo(tensor.shape());
            assertThat(found.type() == ElementType.INT64)
                    .isEqualTo(tensor.dtype().equals("i64"));
            assertThat(Arrays.equals(found.toFloats(), tensor.values())).as(key).isTrue();
        });
    }

    private void assertRefused(byte[] bytes, String... parts) throws IOException {
        Path file = Files.write(folder.resolve("bad.pth"), bytes);
        assertThatThrownBy(() -> WeightFile.read(file))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageStartingWith(file + ": ")
                .hasMessageContainingAll(parts)
                .hasMessageNotContaining("\n");
    }

    private static byte[] zip(String pickle) {
        return TorchFixtures.zip(TorchFixtures.latin1(pickle), Map.of());
    }

    @ParameterizedTest
    @CsvSource({
        "'cos\nsystem\n(S''touch /tmp/owned''\ntR.', os.system",
        "'(S''touch /tmp/owned''\nios\nsystem\n.', os.system",
        "'cbuiltins\neval\n(U\u00031+1tR.', builtins.eval",
        "'c__builtin__\nexec\n(U\u00031+1tR.', __builtin__.exec",
        "'csubprocess\nPopen\n((U\u0002lsltR.', subprocess.Popen",
        "'cnumpy.core.multiarray\nscalar\n.', numpy.core.multiarray.scalar",
        "'ctorch.serialization\nload\n.', torch.serialization.load",
        "'ctorch._utils\n_rebuild_tensor_v3\n.', torch._utils._rebuild_tensor_v3",
        "'ccollections\nOrderedDict.__reduce__\n.', collections.OrderedDict.__reduce__",
        "'\u008c\u0002os\u008c\u0006system\u0093.', os.system"
    })
    void namesWhatAHostilePickleWantsAndDoesNotDoIt(String pickle, String wanted) throws IOException {
        String[] parts = {"wants to use " + wanted + ", which was not executed"};
        assertRefused(zip(pickle), parts);
        assertRefused(TorchFixtures.legacy(TorchFixtures.latin1(pickle), Map.of()), parts);
        assertRefused(TorchFixtures.latin1(pickle), parts);
        assertThat(Path.of("/tmp/owned")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "(",
                "}(.",
                "}.",
                "N.",
                "NN.",
                "t.",
                "}(U\u0001au.",
                "}(]Nu.",
                "]q\u0001(h\u0001h\u0001e.",
                "]0.",
                "h\u0001.",
                "g-1\n.",
                "gx\n.",
                "I12x\n.",
                "L999999999999999999999999L\n.",
                "Fx\n.",
                "S'a\n.",
                "X\u00ff\u00ff\u00ff\u007fa.",
                "\u008d\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ffa.",
                "\u008b\u00ff\u00ff\u00ff\u00ffa.",
                "\u0095\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u007f.",
                "X\u0001\u0000\u0000\u0000\u00ff.",
                "\u0080\u0009.",
                "P1\n.",
                "NQ.",
                "(U\u0007storagetQ.",
                "NNR.",
                "N)R.",
                "}}b}b.",
                "N}b.",
                "\u0082\u0001.",
                "\u0097.",
                "ccollections\nOrderedDict\n(](NNetR.",
                "ctorch._utils\n_rebuild_tensor_v2\n)R.",
                "ctorch._utils\n_rebuild_parameter\n)R.",
                "ctorch\nFloatStorage\n)R."
            })
    void refusesPicklesThatAreNoStateDict(String pickle) throws IOException {
        assertRefused(zip(pickle), "expected ", "found ");
        assertRefused(TorchFixtures.legacy(TorchFixtures.latin1(pickle), Map.of()), "expected ", "found ");
    }

    /** Small files that would grow without bound: endless lists, doubling lists, one value seen a billion times. */
    @Test
    void refusesPicklesThatGrow() throws IOException {
        StringBuilder doubling = new StringBuilder("]q\u0000");
        for (int i = 0; i < 60; i++) {
            doubling.append("(h")
                    .append((char) i)
                    .append("h")
                    .append((char) i)
                    .append("lq")
                    .append((char) (i + 1));
        }
        doubling.append("(").append("h<l.");
        assertRefused(zip("](" + doubling.substring(0, doubling.length() - 1) + "e."), "expected ");
        assertRefused(zip("]q\u0001h\u0001a."), "expected dictionaries at most 32 deep");
        assertRefused(zip("N0".repeat(600_000) + "."), "expected at most 1000000 operations");
        String expanded = TorchFixtures.view("FloatStorage", "0", 1, 0, List.of(250_000_000L), List.of(0L));
        assertRefused(
                TorchFixtures.zip(TorchFixtures.latin1(expanded + "."), Map.of("0", new byte[4])),
                "expected tensors of at most");
    }

    @ParameterizedTest
    @CsvSource({
        "4, 0, 5, 1",
        "4, 1, 4, 1",
        "4, 0, 2, 4",
        "4, -1, 2, 1",
        "4, 0, -2, 1",
        "4, 0, 2, -1",
        "8, 0, 4, 1",
        "-4, 0, 1, 1",
        "4, 9223372036854775807, 2, 9223372036854775807",
        "999999999999, 0, 1, 1",
        "4, 0, 4294967297, 0"
    })
    void refusesTensorsOutsideTheirStorage(long size, long offset, long shape, long stride) throws IOException {
        String view = TorchFixtures.view("FloatStorage", "0", size, offset, List.of(shape), List.of(stride));
        byte[] pickle = TorchFixtures.latin1(view + ".");
        assertRefused(TorchFixtures.zip(pickle, Map.of("0", new byte[16])), "expected ", "found ");
        assertRefused(TorchFixtures.legacy(pickle, Map.of("0", new float[4])), "expected ", "found ");
    }

    @Test
    void refusesCompressedEntriesBeforeReadingThem() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            TorchFixtures.put(zip, "archive/data.pkl", new byte[200_000_000], ZipEntry.DEFLATED);
        }
        assertThat(out.size()).isLessThan(1_000_000);
        assertRefused(out.toByteArray(), "archive/data.pkl: expected an entry without compression");
    }

    @Test
    void refusesArchivesOfOtherKinds() throws IOException {
        ByteArrayOutputStream script = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(script)) {
            TorchFixtures.put(zip, "net/data.pkl", TorchFixtures.latin1("}."), ZipEntry.STORED);
            TorchFixtures.put(zip, "net/constants.pkl", TorchFixtures.latin1("}."), ZipEntry.STORED);
        }
        assertRefused(script.toByteArray(), "TorchScript program", "state_dict()");
        ByteArrayOutputStream other = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(other)) {
            TorchFixtures.put(zip, "letter.txt", TorchFixtures.latin1("hello"), ZipEntry.STORED);
        }
        assertRefused(other.toByteArray(), "with one data.pkl, found 0");
    }

    @Test
    void aDamagedValueShowsInTheChecksum() throws IOException {
        byte[] pickle = TorchFixtures.pickle(Map.of("weight", List.of(2L, 2L)));
        byte[] values = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};
        byte[] whole = TorchFixtures.zip(pickle, Map.of("weight", values));
        Path file = Files.write(folder.resolve("whole.pth"), whole);
        assertThat(tensor(WeightFile.read(file).state(), "weight").shape()).containsExactly(2L, 2L);
        int at = indexOf(whole, values) + 5;
        whole[at] ^= 16;
        assertRefused(whole, "archive/data/weight: expected the bytes of its checksum");
    }

    private static int indexOf(byte[] bytes, byte[] part) {
        for (int i = 0; i + part.length <= bytes.length; i++) {
            if (Arrays.equals(bytes, i, i + part.length, part, 0, part.length)) {
                return i;
            }
        }
        throw new AssertionError("the values lie in the file as they are");
    }

    @Test
    void bigEndianArchivesSayThatTheyAre() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            TorchFixtures.put(zip, "a/data.pkl", TorchFixtures.pickle(Map.of("w", List.of(1L))), ZipEntry.STORED);
            TorchFixtures.put(zip, "a/byteorder", TorchFixtures.latin1("big"), ZipEntry.STORED);
            TorchFixtures.put(zip, "a/data/w", new byte[] {0x3f, (byte) 0x80, 0, 0}, ZipEntry.STORED);
        }
        Path file = Files.write(folder.resolve("big.pth"), out.toByteArray());
        assertThat(tensor(WeightFile.read(file).state(), "w").value(0)).isEqualTo(1);
    }

    @Test
    void refusesOtherFilesByName() throws IOException {
        Path text = Files.writeString(folder.resolve("letter.txt"), "Dear reader,");
        assertThatThrownBy(() -> WeightFile.read(text))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageStartingWith(text + ": expected a .pth, .safetensors or .onnx file");
        assertThatThrownBy(() -> WeightFile.read(folder))
                .hasMessage(folder + ": expected a file of weights, found a folder");
        Path missing = folder.resolve("none.pth");
        assertThatThrownBy(() -> WeightFile.read(missing))
                .hasMessage(missing + ": expected a file of weights, found no such file");
        for (String name : List.of("empty.pth", "empty.safetensors", "empty.onnx", "empty.bin")) {
            Path empty = Files.write(folder.resolve(name), new byte[0]);
            assertThatThrownBy(() -> WeightFile.read(empty))
                    .isInstanceOf(ModelFormatException.class)
                    .hasMessageStartingWith(empty + ": expected ");
        }
    }

    @Test
    void readsWhatItsWriterWrote() throws IOException {
        Map<String, Safetensors.Entry> tensors = new LinkedHashMap<>();
        tensors.put("b.weight", new Safetensors.Entry(List.of(2L, 3L), new float[] {1, 2, 3, 4, 5, Float.NaN}));
        tensors.put("größe", new Safetensors.Entry(List.of(), new float[] {-0f}));
        tensors.put("none", new Safetensors.Entry(List.of(0L, 4L), new float[0]));
        Path file = folder.resolve("x.pth");
        TorchWriter.write(file, tensors);
        StateDict state = WeightFile.read(file).state();
        assertThat(List.copyOf(state.tensors().keySet())).isEqualTo(List.copyOf(tensors.keySet()));
        tensors.forEach((name, entry) -> {
            assertThat(tensor(state, name).shape()).isEqualTo(entry.shape());
            assertThat(tensor(state, name).toFloats()).isEqualTo(entry.values());
        });
        byte[] first = Files.readAllBytes(file);
        TorchWriter.write(file, tensors);
        assertThat(file).hasBinaryContent(first);
    }
}
