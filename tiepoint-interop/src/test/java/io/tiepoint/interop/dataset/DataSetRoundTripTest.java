package io.tiepoint.interop.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.tiepoint.core.geometry.PixelFrame;
import io.tiepoint.core.image.GrayImage;
import io.tiepoint.core.image.PngEncoder;
import io.tiepoint.core.random.Seed;
import io.tiepoint.interop.npy.NpyArray;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.Util;
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
                Map.of("png", "an image", "h.npy", "two numbers", "json", "index", "extra", "of every third one"),
                List.of(),
                Map.of());
    }

    private static DataSample sample(long index) {
        float[] pixels = new float[12];
        for (int i = 0; i < 12; i++) {
            pixels[i] = new Seed(index).child("pixel", i).draws().nextInt(256) / 255f;
        }
        DataSample sample = new DataSample(String.format("%05d", index))
                .with("png", PngEncoder.encode(GrayImage.wrap(4, 3, pixels)))
                .with("h.npy", NpyArray.ofDoubles(new double[] {index, 2}, 2).toFile())
                .with("json", ("{\"index\":" + index + "}").getBytes(StandardCharsets.UTF_8));
        return index % 3 == 2 ? sample.with("extra", new byte[(int) index / 3]) : sample;
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
        assertThat(reader.samples().skip(9).limit(3).toList()).isEqualTo(samples.subList(9, 12));
        DataSample last = samples.get(COUNT - 1);
        assertThat(last.image("png").size().width()).isEqualTo(4);
        assertThat(last.array("h.npy").doubles()).containsExactly(COUNT - 1, 2);
        assertThat(last.extensions()).containsExactly("h.npy", "json", "png");
        assertThat(samples.get(2).bytes("extra")).isEmpty();
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
    void aParquetFileIsLaidOutAsItsFooterSays() throws IOException {
        Path set = folder.resolve("set");
        writeAll(DataSetWriter.open(set, settings(DataSetFormat.PARQUET, 1)));
        byte[] bytes = Files.readAllBytes(set.resolve("shard-000001.parquet"));
        ByteBuffer file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(new String(bytes, 0, 4, StandardCharsets.US_ASCII)).isEqualTo("PAR1");
        assertThat(new String(bytes, bytes.length - 4, 4, StandardCharsets.US_ASCII))
                .isEqualTo("PAR1");
        int length = file.getInt(bytes.length - 8);
        FileMetaData footer = Util.readFileMetaData(new ByteArrayInputStream(bytes, bytes.length - 8 - length, length));
        assertThat(footer.getNum_rows()).isEqualTo(10);
        assertThat(footer.getSchema().stream().map(SchemaElement::getName))
                .containsExactly("sample", "key", "index", "extra", "h.npy", "json", "png");
        assertThat(footer.getRow_groups()).hasSize(1);
        RowGroup group = footer.getRow_groups().get(0);
        long position = 4;
        for (ColumnChunk chunk : group.getColumns()) {
            ColumnMetaData column = chunk.getMeta_data();
            assertThat(column.getData_page_offset()).isEqualTo(position);
            assertThat(column.getNum_values()).isEqualTo(10);
            position += column.getTotal_compressed_size();
        }
        assertThat(position).isEqualTo(bytes.length - 8L - length);
        // Rows 11, 14 and 17 have the extra file.
        assertThat(group.getColumns().get(2).getMeta_data().getStatistics().getNull_count())
                .isEqualTo(7);
        // The second column's page: ten numbers of 64 bits from 10 on, at its end.
        ColumnMetaData index = group.getColumns().get(1).getMeta_data();
        int end = (int) (index.getData_page_offset() + index.getTotal_compressed_size());
        for (int i = 0; i < 10; i++) {
            assertThat(file.getLong(end - 80 + 8 * i)).isEqualTo(10 + i);
        }
    }

    @Test
    void readsLargeParquetFilesInGroups() throws IOException {
        Path set = folder.resolve("set");
        Manifest settings = settings(DataSetFormat.PARQUET, 1);
        byte[] large = new byte[20 << 20];
        DataSetWriter.open(set, settings).write(0, index -> sample(index % 2).with("extra", large), Map::of);
        Path shard = set.resolve("shard-000000.parquet");
        DataSetReader reader = DataSetReader.open(set);
        reader.verify();
        try (ShardReader rows = ShardReader.open(shard)) {
            for (int i = 0; i < 10; i++) {
                assertThat(rows.next()).isEqualTo(sample(i % 2).with("extra", large));
            }
            assertThat(rows.next()).isNull();
        }
    }

    @Test
    void aParquetFileHoldsNothingThatItsManifestDoesNotName() throws IOException {
        DataSetWriter writer = DataSetWriter.open(folder.resolve("set"), settings(DataSetFormat.PARQUET, 1));
        assertThatThrownBy(() -> writer.write(0, index -> sample(index).with("txt", new byte[1]), Map::of))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("sample 00000: expected files with the endings [extra, h.npy, json, png], found txt");
    }

    @Test
    void aDamagedParquetFileIsToldOf() throws IOException {
        Path set = folder.resolve("set");
        writeAll(DataSetWriter.open(set, settings(DataSetFormat.PARQUET, 1)));
        Path shard = set.resolve("shard-000000.parquet");
        byte[] bytes = Files.readAllBytes(shard);
        for (int i = 0; i < 400; i++) {
            byte[] damaged = bytes.clone();
            int at = new Seed(i).draws().nextInt(bytes.length);
            damaged[at] ^= (byte) (1 << i % 8);
            byte[] file = i % 5 == 0 ? Arrays.copyOf(damaged, at) : damaged;
            Path ignored = Files.write(shard, file);
            // Some bits of the footer are of no consequence; what is read is right, or it is told that it is not.
            try {
                int rows = 0;
                try (ShardReader reader = ShardReader.open(shard)) {
                    for (DataSample row = reader.next(); row != null; row = reader.next()) {
                        rows++;
                    }
                }
                // Where the end is gone nothing is read; the data set's reader counts the rows.
                assertThat(i % 5).isNotZero();
                assertThat(rows).isBetween(0, 10);
            } catch (IOException e) {
                assertThat(e).hasMessageStartingWith(shard + ": expected a whole shard, found: ");
            }
        }
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
