package io.tiepoint.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.tiepoint.core.model.ModelCard;
import io.tiepoint.core.model.Sha256;
import io.tiepoint.core.random.Draws;
import io.tiepoint.core.random.Seed;
import io.tiepoint.testkit.TorchFixtures;
import io.tiepoint.train.weights.Safetensors;
import io.tiepoint.train.weights.TorchWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * 500 damaged and hostile files of weights. Each is refused with one sentence that names it, or taken because what was changed did
 * not matter; nothing in it runs, and memory and time stay as they are.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MutatedWeightsTest {
    private static final int FILES = 500;

    /** Bytes that reading may take beyond so many times the file's, whatever the file promises. */
    private static final long SPARE = 32L << 20;

    private static final int TIMES = 20;
    private static final long GIBIBYTE = 1L << 30;
    private static final String[] CALLS = {
        "os\nsystem",
        "posix\nsystem",
        "subprocess\nPopen",
        "builtins\neval",
        "builtins\nexec",
        "__builtin__\ngetattr",
        "torch\nload",
        "torch.hub\nload",
        "importlib\nimport_module",
        "java.lang\nRuntime",
        "collections\nChainMap",
        "torch._utils\n_import_dotted_name",
        "shutil\nrmtree",
        "pickle\nloads",
        "webbrowser\nopen",
        "socket\nsocket"
    };

    private Path folder;

    private Path image;
    private Path canary;
    private Map<String, Safetensors.Entry> tensors;
    private byte[] zip;
    private byte[] legacy;
    private byte[] safetensors;
    private byte[] onnx;
    private String card;
    private int files;
    private int refused;

    @BeforeAll
    void write(@TempDir Path given) throws IOException {
        folder = given;
        tensors = TestWeights.of(TestWeights.EXTRACTOR);
        image = TestImages.write(TestImages.rectangles(1, 64, 48), folder.resolve("image.png"));
        canary = folder.resolve("owned");
        Path file = folder.resolve("whole.pth");
        TorchWriter.write(file, tensors);
        zip = Files.readAllBytes(file);
        Safetensors.write(folder.resolve("whole.safetensors"), new Safetensors.Content(tensors, Map.of("a", "b")));
        safetensors = Files.readAllBytes(folder.resolve("whole.safetensors"));
        Map<String, List<Long>> shapes = new LinkedHashMap<>();
        Map<String, float[]> storages = new LinkedHashMap<>();
        tensors.forEach((name, entry) -> {
            shapes.put(name, entry.shape());
            storages.put(name, entry.values());
        });
        legacy = TorchFixtures.legacy(TorchFixtures.pickle(shapes), storages);
        Path model = folder.resolve("model.onnx");
        assertThat(Cli.run("weights", "import", file, "--as", "tiepoint-s", "--out", model)
                        .exitCode())
                .isZero();
        // Once unchanged, so that what is loaded for the first match is not counted with a file.
        assertThat(matched(model).exitCode()).as("unchanged").isZero();
        onnx = Files.readAllBytes(model);
        card = Files.readString(ModelCard.besides(model));
        for (byte[] whole : List.of(zip, legacy)) {
            assertThat(imported("whole.pth", whole).exitCode()).as("unchanged").isZero();
        }
        assertThat(imported("whole.safetensors", safetensors).exitCode())
                .as("unchanged")
                .isZero();
    }

    @AfterAll
    void count() {
        assertThat(files).isEqualTo(FILES);
        assertThat(refused).as("of " + files + " files refused").isGreaterThan(FILES / 2);
        assertThat(canary).doesNotExist();
    }

    private Cli imported(String name, byte[] bytes) {
        Path file = folder.resolve(name);
        try {
            Files.write(file, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Cli.run(
                "weights", "import", file, "--as", "tiepoint-s", "--out", folder.resolve("made.onnx"), "--overwrite");
    }

    /** What one run allocates, all together, so that no promise of a file is believed before it is kept. */
    private static Cli bounded(String what, long bytes, Supplier<Cli> program) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        Cli run = program.get();
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertThat(allocated).as(what + ": bytes allocated").isLessThan(SPARE + TIMES * bytes);
        return run;
    }

    private void assertOneSentence(Cli run, Path file, String what) {
        files++;
        assertThat(run.exitCode()).as(what).isIn(0, 1);
        if (run.exitCode() == 1) {
            refused++;
            String stem = file.toString().replaceFirst("\\.[a-z]+$", "");
            assertThat(run.err())
                    .as(what)
                    .startsWith("tiepoint: " + stem)
                    .contains("expected ", "found ")
                    .doesNotContain("unexpected error", "\tat ")
                    .hasLineCount(1);
        } else {
            assertThat(run.err()).as(what).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"zip, 140", "legacy, 120", "safetensors, 120"})
    @Timeout(value = 20, unit = TimeUnit.MINUTES)
    void aChangedFileOfWeightsIsRefusedOrWhole(String kind, int count) throws IOException {
        for (int index = 0; index < count; index++) {
            Draws draws = new Seed(index).child(kind).draws();
            byte[] changed = switch (kind) {
                case "zip" -> index % 4 == 3 ? hostileZip(draws) : damaged(zip, draws);
                case "legacy" ->
                    index % 4 == 3 ? TorchFixtures.legacy(hostilePickle(draws), Map.of()) : damaged(legacy, draws);
                default -> index % 4 == 3 ? otherHeader(draws) : damaged(safetensors, draws);
            };
            String name = "changed" + index + (kind.equals("safetensors") ? ".safetensors" : ".pth");
            String what = kind + " " + index;
            Cli run = bounded(what, changed.length, () -> imported(name, changed));
            assertOneSentence(run, folder.resolve(name), what);
            if (index % 4 == 3) {
                assertThat(run.exitCode()).as(what).isEqualTo(1);
            }
            Files.delete(folder.resolve(name));
        }
    }

    /** Every second one with a card that says the damaged file is the right one. */
    @ParameterizedTest
    @CsvSource({"show, 40", "match, 80"})
    @Timeout(value = 20, unit = TimeUnit.MINUTES)
    void aChangedModelIsRefusedOrWhole(String verb, int count) throws IOException {
        long peak = peakMemory();
        for (int index = 0; index < count; index++) {
            byte[] changed = damaged(onnx, new Seed(index).child("onnx-" + verb).draws());
            Path file = Files.write(folder.resolve("changed.onnx"), changed);
            String hash = index % 2 == 0 ? Sha256.of(onnx) : Sha256.of(changed);
            Path ignored = Files.writeString(ModelCard.besides(file), card.replace(Sha256.of(onnx), hash));
            String what = verb + " " + index;
            Cli run = bounded(what, changed.length, () -> verb.equals("show") ? shown(file) : matched(file));
            assertOneSentence(run, file, what);
        }
        // ONNX Runtime's memory is none of Java's.
        assertThat(peakMemory() - peak).as("growth of the process").isLessThan(GIBIBYTE);
    }

    /** The most memory that this process has had so far; 0 where Linux does not tell it. */
    private static long peakMemory() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return 0;
        }
        try (Stream<String> lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
                    .sum();
        }
    }

    private static Cli shown(Path file) {
        return Cli.run("weights", "show", file);
    }

    private Cli matched(Path file) {
        Path out = folder.resolve("out.png");
        return Cli.run("match", image, image, "--model", file, "--matcher", "nearest", "--out", out, "--overwrite");
    }

    /** Cut off, bits turned, bytes replaced near the beginning, a piece left out, a piece twice. */
    private static byte[] damaged(byte[] whole, Draws draws) {
        byte[] changed = whole.clone();
        int at = draws.nextInt(whole.length);
        int length = 1 + draws.nextInt(Math.min(64, whole.length - at));
        switch (draws.nextInt(6)) {
            case 0 -> changed = Arrays.copyOf(whole, at);
            case 1 -> {
                for (int i = 0; i <= draws.nextInt(8); i++) {
                    changed[draws.nextInt(changed.length)] ^= (byte) (1 << draws.nextInt(8));
                }
            }
            case 2 -> {
                for (int i = 0; i <= draws.nextInt(8); i++) {
                    changed[draws.nextInt(Math.min(changed.length, 2000))] = (byte) draws.nextInt(256);
                }
            }
            case 3 -> {
                for (int i = 0; i <= draws.nextInt(8); i++) {
                    changed[changed.length - 1 - draws.nextInt(Math.min(changed.length, 2000))] =
                            (byte) draws.nextInt(256);
                }
            }
            case 4 -> {
                changed = new byte[whole.length - length];
                System.arraycopy(whole, 0, changed, 0, at);
                System.arraycopy(whole, at + length, changed, at, changed.length - at);
            }
            default -> {
                changed = new byte[whole.length + length];
                System.arraycopy(whole, 0, changed, 0, at + length);
                System.arraycopy(whole, at, changed, at + length, whole.length - at);
            }
        }
        return changed;
    }

    /** A pickle that calls something, or whose tensors lie about themselves. */
    private byte[] hostilePickle(Draws draws) {
        String call = CALLS[draws.nextInt(CALLS.length)];
        String argument = "S'touch " + canary + "'\n";
        String shape = TorchFixtures.view(
                "FloatStorage",
                "0",
                draws.nextInt(1 << 20),
                draws.nextInt(100),
                List.of((long) draws.nextInt(1 << 30), (long) draws.nextInt(5)),
                List.of((long) draws.nextInt(3), (long) draws.nextInt(1 << 30)));
        return TorchFixtures.latin1(
                switch (draws.nextInt(5)) {
                    case 0 -> "c" + call + "\n(" + argument + "tR.";
                    case 1 -> "}(U\u0006weightc" + call + "\n(" + argument + "tRu.";
                    case 2 -> "(" + argument + "i" + call + "\n.";
                    case 3 -> "ccollections\nOrderedDict\n)R}(U\u0003abcc" + call + "\n)\u0081ub.";
                    default -> "}(U\u0010quarter.0.weight" + shape + "u.";
                });
    }

    /** Archives that would grow, call, or lead somewhere else. */
    private byte[] hostileZip(Draws draws) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream archive = new ZipOutputStream(out)) {
            switch (draws.nextInt(5)) {
                case 0 -> {
                    return TorchFixtures.zip(hostilePickle(draws), Map.of("0", new byte[64]));
                }
                case 1 -> TorchFixtures.put(archive, "a/data.pkl", new byte[50_000_000], ZipEntry.DEFLATED);
                case 2 -> {
                    TorchFixtures.put(
                            archive, "a/data.pkl", TorchFixtures.pickle(Map.of("w", List.of(7L))), ZipEntry.STORED);
                    TorchFixtures.put(archive, "a/data/w", new byte[20_000_000], ZipEntry.DEFLATED);
                }
                case 3 -> {
                    for (int i = 0; i < 3000; i++) {
                        TorchFixtures.put(archive, "../".repeat(i % 5) + i + "/data.pkl", new byte[1], ZipEntry.STORED);
                    }
                }
                default -> {
                    List<String> lists = new ArrayList<>();
                    for (int i = 0; i < 30; i++) {
                        lists.add("(h" + (char) i + "h" + (char) i + "lq" + (char) (i + 1));
                    }
                    String doubling = "](]q\u0000" + String.join("", lists) + "e.";
                    TorchFixtures.put(archive, "a/data.pkl", TorchFixtures.latin1(doubling), ZipEntry.STORED);
                }
            }
        }
        return out.toByteArray();
    }

    /** A whole file of another shape, type, place or length than it should have. */
    private byte[] otherHeader(Draws draws) {
        int length = (int)
                ByteBuffer.wrap(safetensors).order(ByteOrder.LITTLE_ENDIAN).getLong();
        String header = new String(safetensors, 8, length, StandardCharsets.UTF_8);
        String other = switch (draws.nextInt(7)) {
            case 0 -> header.replaceFirst("\\[4,16,3,3]", "[16,4,3,3]");
            case 1 -> header.replaceFirst("\"F32\"", "\"" + (draws.nextInt(2) == 0 ? "I32" : "C64") + "\"");
            case 2 -> header.replaceFirst("\"data_offsets\":\\[0,", "\"data_offsets\":[-4,");
            case 3 -> header.replaceFirst("detector\\.1\\.bias", "detector.9.bias");
            case 4 -> header.replaceFirst("\\[4,16,3,3]", "[4294967296,4294967296]");
            case 5 -> "{\"a\":".repeat(2000 + draws.nextInt(1000));
            default -> header.substring(0, header.length() / 2);
        };
        byte[] text = other.getBytes(StandardCharsets.UTF_8);
        ByteBuffer file = ByteBuffer.allocate(8 + text.length + safetensors.length - 8 - length)
                .order(ByteOrder.LITTLE_ENDIAN);
        long claimed = draws.nextInt(8) == 0 ? Long.MAX_VALUE >>> draws.nextInt(40) : text.length;
        return file.putLong(claimed)
                .put(text)
                .put(safetensors, 8 + length, safetensors.length - 8 - length)
                .array();
    }
}
