package io.tiepoint.interop.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.tiepoint.core.geometry.PixelFrame;
import io.tiepoint.core.image.GrayImage;
import io.tiepoint.core.image.PngEncoder;
import io.tiepoint.core.random.Seed;
import io.tiepoint.interop.npy.NpyArray;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DataSetRoundTripTest {
    private static final int COUNT = 23;

    @TempDir
    private Path folder;

    private static Manifest settings(DataSetFormat format, long seed) {
        return new Manifest(
                Manifest.FORMAT,
                "test",
                format,
                COUNT,
                10,
                seed,
                PixelFrame.CORNER,
                "0.1",
                JsonNodeFactory.instance.objectNode().put("noise", 0.25),
                Map.of("png", "an image"),
                List.of(),
                Map.of());
    }

    private static DataSample sample(long index) {
        float[] pixels = new float[12];
        for (int i = 0; i < 12; i++) {
            pixels[i] = new Seed(index).child("pixel", i).draws().nextInt(256) / 255f;
        }
        return new DataSample(String.format("%05d", index))
                .with("png", PngEncoder.encode(GrayImage.wrap(4, 3, pixels)))
                .with("h.npy", NpyArray.ofDoubles(new double[] {index, 2}, 2).toFile())
                .with("json", ("{\"index\":" + index + "}").getBytes(StandardCharsets.UTF_8));
    }

    private static void writeAll(DataSetWriter writer) throws IOException {
        for (int shard : writer.missing()) {
            writer.write(shard, DataSetRoundTripTest::sample, Map::of);
        }
    }

    @ParameterizedTest
    @EnumSource
    void readsWhatItWrote(DataSetFormat format) throws IOException {
        DataSetWriter writer = DataSetWriter.open(folder.resolve("set"), settings(format, 1));
        assertThat(writer.missing()).containsExactly(0, 1, 2);
        writeAll(writer);
        DataSetReader reader = DataSetReader.open(folder.resolve("set"));
        reader.verify();
        assertThat(reader.manifest().isComplete()).isTrue();
        assertThat(reader.manifest().recipe().path("noise").asDouble()).isEqualTo(0.25);
        List<DataSample> samples = reader.samples().toList();
        assertThat(samples)
                .isEqualTo(IntStream.range(0, COUNT).mapToObj(i -> sample(i)).toList());
        DataSample last = samples.get(COUNT - 1);
        assertThat(last.image("png").size().width()).isEqualTo(4);
        assertThat(last.array("h.npy").doubles()).containsExactly(COUNT - 1, 2);
        assertThat(last.extensions()).containsExactly("h.npy", "json", "png");
        assertThatThrownBy(() -> last.bytes("jpg"))
                .hasMessage("sample 00022: expected a file .jpg, found h.npy, json, png");
    }

    @ParameterizedTest
    @EnumSource
    void goesOnWithWhatWasInterruptedAndEndsWithTheSameBytes(DataSetFormat format) throws IOException {
        writeAll(DataSetWriter.open(folder.resolve("whole"), settings(format, 1)));
        Path set = folder.resolve("set");
        DataSetWriter.open(set, settings(format, 1)).write(0, DataSetRoundTripTest::sample, Map::of);
        // The second shard breaks off in its middle.
        assertThatThrownBy(() -> DataSetWriter.open(set, settings(format, 1))
                        .write(
                                1,
                                index -> {
                                    if (index == 15) {
                                        throw new IllegalStateException("power cut");
                                    }
                                    return sample(index);
                                },
                                Map::of))
                .hasMessage("power cut");
        try (Stream<Path> files = Files.list(set)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("manifest.json", format.shardName(0));
        }
        // What a killed process leaves behind, too.
        Path left = set.resolve("." + format.shardName(1) + ".part");
        if (format == DataSetFormat.FOLDER) {
            left = Files.createDirectory(left).resolve("00010.png");
        }
        Path ignored = Files.writeString(left, "half a shard");
        DataSetWriter again = DataSetWriter.open(set, settings(format, 1));
        assertThat(again.missing()).containsExactly(1, 2);
        writeAll(again);
        assertThat(bytesOf(set)).isEqualTo(bytesOf(folder.resolve("whole")));
    }

    private static Map<String, String> bytesOf(Path set) throws IOException {
        Map<String, String> bytes = new java.util.TreeMap<>();
        try (Stream<Path> files = Files.walk(set)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                bytes.put(
                        set.relativize(file).toString(),
                        new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
            }
        }
        return bytes;
    }

    @ParameterizedTest
    @EnumSource
    void makesAShardAgainThatIsGone(DataSetFormat format) throws IOException {
        Path set = folder.resolve("set");
        writeAll(DataSetWriter.open(set, settings(format, 1)));
        Map<String, String> before = bytesOf(set);
        WholeFiles.delete(set.resolve(format.shardName(1)));
        DataSetWriter again = DataSetWriter.open(set, settings(format, 1));
        assertThat(again.missing()).containsExactly(1);
        writeAll(again);
        assertThat(bytesOf(set)).isEqualTo(before);
    }

    @Test
    void mixesNoTwoDataSets() throws IOException {
        Path set = folder.resolve("set");
        writeAll(DataSetWriter.open(set, settings(DataSetFormat.WEBDATASET, 1)));
        assertThatThrownBy(() -> DataSetWriter.open(set, settings(DataSetFormat.WEBDATASET, 2)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("expected a data set with seed 2, found 1; choose another folder");
        assertThatThrownBy(() -> DataSetWriter.open(set, settings(DataSetFormat.FOLDER, 1)))
                .hasMessageContaining("format FOLDER, found WEBDATASET");
        Path other = Files.createDirectory(folder.resolve("other"));
        Path precious = Files.writeString(other.resolve("thesis.tex"), "precious");
        assertThatThrownBy(() -> DataSetWriter.open(other, settings(DataSetFormat.FOLDER, 1)))
                .hasMessageContaining("expected an empty folder or a data set to go on with, found other files");
        assertThat(precious).hasContent("precious");
    }

    @ParameterizedTest
    @EnumSource
    void namesTheShardThatIsDamaged(DataSetFormat format) throws IOException {
        Path set = folder.resolve("set");
        writeAll(DataSetWriter.open(set, settings(format, 1)));
        Path shard = set.resolve(format.shardName(1));
        Path file = format == DataSetFormat.FOLDER ? shard.resolve("00012.png") : shard;
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Path ignored = Files.write(file, bytes);
        DataSetReader reader = DataSetReader.open(set);
        assertThatThrownBy(reader::verify)
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(shard + ": expected SHA-256 ")
                .hasMessageEndingWith("delete it and generate it again");
        WholeFiles.delete(shard);
        assertThatThrownBy(() -> reader.shard(reader.manifest().finished().get(1)))
                .hasMessage(shard + ": expected a shard of the data set, found none");
    }

    @Test
    void readsATarFileThatBreaksOffAsDamaged() throws IOException {
        Path set = folder.resolve("set");
        writeAll(DataSetWriter.open(set, settings(DataSetFormat.WEBDATASET, 1)));
        Path shard = set.resolve(DataSetFormat.WEBDATASET.shardName(0));
        byte[] bytes = Files.readAllBytes(shard);
        Path ignored = Files.write(shard, java.util.Arrays.copyOf(bytes, 5000));
        DataSetReader reader = DataSetReader.open(set);
        assertThatThrownBy(() -> reader.shard(reader.manifest().finished().get(0)))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(shard + ": expected ");
    }

    @Test
    void refusesAManifestOfAnotherKind() throws IOException {
        Path file = Files.writeString(folder.resolve(Manifest.FILE), "{\"format\": \"tiepoint-dataset/2\"}");
        assertThatThrownBy(() -> Manifest.read(folder))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(file + ": expected a manifest of tiepoint-dataset/1");
        assertThatThrownBy(() -> Manifest.read(folder.resolve("none"))).hasMessageContaining("found none");
    }

    @Test
    void aSampleHasEachFileOnceAndAKeyWithoutDots() {
        assertThatThrownBy(() -> new DataSample("a.b")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new DataSample("a").with("PNG", new byte[0]))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new DataSample("a").with("png", new byte[0]).with("png", new byte[0]))
                .hasMessageContaining("each only once");
    }
}
