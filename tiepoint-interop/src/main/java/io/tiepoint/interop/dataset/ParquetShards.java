package io.tiepoint.interop.dataset;

import io.tiepoint.core.check.Check;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.zip.CRC32;
import java.util.zip.CheckedOutputStream;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.ConvertedType;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.KeyValue;
import org.apache.parquet.format.LogicalType;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.Statistics;
import org.apache.parquet.format.StringType;
import org.apache.parquet.format.Type;
import org.apache.parquet.format.Util;

/**
 * Writes Parquet files: the column {@code key}, the column {@code index}, and one column of bytes for each ending of a sample's files.
 * Values are stored plainly, since images and arrays do not get smaller, so that the bytes are the same on every machine. The
 * structures of the format are those of Apache Parquet; its own writer would bring all of Hadoop with it.
 *
 * @see <a href="https://parquet.apache.org/docs/file-format/">Parquet file format</a>
 */
final class ParquetShards {
    /** At either end of a file. */
    static final byte[] MAGIC = {'P', 'A', 'R', '1'};
    /** The columns that every table has. */
    static final String KEY = "key";

    static final String INDEX = "index";

    /** A group of rows is closed when it holds so much; it is what a reader takes into memory at once. */
    private static final long GROUP_BYTES = 32L << 20;

    private static final int BUFFER_BYTES = 1 << 18;

    private final OutputStream out;
    private final List<String> endings;
    private final List<RowGroup> groups = new ArrayList<>();
    private final List<DataSample> rows = new ArrayList<>();
    private long rowBytes;
    private long firstRow;
    private long position;

    private ParquetShards(OutputStream out, List<String> endings, long firstIndex) {
        this.out = out;
        this.endings = endings;
        firstRow = firstIndex;
    }

    /**
     * Writes a file and waits until it is on the disk.
     *
     * @param firstIndex index of the first sample
     * @param digest is told all bytes
     */
    static void write(
            Path file, Manifest manifest, long firstIndex, MessageDigest digest, IntFunction<DataSample> samples)
            throws IOException {
        List<String> endings = List.copyOf(manifest.fields().keySet());
        Check.that(
                !endings.contains(KEY) && !endings.contains(INDEX),
                "fields: expected endings other than %s and %s, found %s",
                KEY,
                INDEX,
                endings);
        int count = manifest.samplesOf((int) (firstIndex / manifest.samplesPerShard()));
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            OutputStream buffered = new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER_BYTES);
            try (OutputStream out = new DigestOutputStream(buffered, digest)) {
                ParquetShards shard = new ParquetShards(out, endings, firstIndex);
                shard.put(MAGIC);
                for (int i = 0; i < count; i++) {
                    shard.add(samples.apply(i));
                }
                shard.finish(count);
                out.flush();
                channel.force(true);
            }
        }
    }

    private void put(byte[] bytes) throws IOException {
        out.write(bytes);
        position += bytes.length;
    }

    private void add(DataSample sample) throws IOException {
        for (String extension : sample.extensions()) {
            Check.that(
                    endings.contains(extension),
                    "sample %s: expected files with the endings %s, found %s",
                    sample.key(),
                    endings,
                    extension);
            rowBytes += sample.bytes(extension).length;
        }
        rows.add(sample);
        if (rowBytes >= GROUP_BYTES) {
            closeGroup();
        }
    }

    private void finish(long count) throws IOException {
        if (!rows.isEmpty()) {
            closeGroup();
        }
        FileMetaData footer = new FileMetaData(1, schema(), count, groups);
        footer.setCreated_by("tiepoint version 1 (build dataset)");
        footer.addToKey_value_metadata(new KeyValue("format").setValue(Manifest.FORMAT));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Util.writeFileMetaData(footer, bytes);
        put(bytes.toByteArray());
        put(littleEndian(4).putInt(bytes.size()).array());
        put(MAGIC);
    }

    private static ByteBuffer littleEndian(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    private List<SchemaElement> schema() {
        List<SchemaElement> schema = new ArrayList<>();
        schema.add(new SchemaElement("sample").setNum_children(endings.size() + 2));
        schema.add(text(KEY, FieldRepetitionType.REQUIRED));
        schema.add(new SchemaElement(INDEX).setType(Type.INT64).setRepetition_type(FieldRepetitionType.REQUIRED));
        for (String ending : endings) {
            schema.add(
                    ending.equals("json")
                            ? text(ending, FieldRepetitionType.OPTIONAL)
                            : new SchemaElement(ending)
                                    .setType(Type.BYTE_ARRAY)
                                    .setRepetition_type(FieldRepetitionType.OPTIONAL));
        }
        return schema;
    }

    private static SchemaElement text(String name, FieldRepetitionType repetition) {
        return new SchemaElement(name)
                .setType(Type.BYTE_ARRAY)
                .setRepetition_type(repetition)
                .setConverted_type(ConvertedType.UTF8)
                .setLogicalType(LogicalType.STRING(new StringType()));
    }

    /** What the page of a column holds. */
    @FunctionalInterface
    private interface Page {
        void writeTo(OutputStream out) throws IOException;
    }

    private void closeGroup() throws IOException {
        List<ColumnChunk> columns = new ArrayList<>();
        long start = position;
        columns.add(column(KEY, Type.BYTE_ARRAY, 0, page -> {
            for (DataSample row : rows) {
                putBytes(page, row.key().getBytes(StandardCharsets.UTF_8));
            }
        }));
        columns.add(column(INDEX, Type.INT64, 0, page -> {
            for (int i = 0; i < rows.size(); i++) {
                page.write(littleEndian(8).putLong(firstRow + i).array());
            }
        }));
        for (String ending : endings) {
            int missing = (int) rows.stream().filter(row -> !row.has(ending)).count();
            columns.add(column(ending, Type.BYTE_ARRAY, missing, page -> {
                putDefinitions(page, ending);
                for (DataSample row : rows) {
                    if (row.has(ending)) {
                        putBytes(page, row.bytes(ending));
                    }
                }
            }));
        }
        RowGroup group = new RowGroup(columns, position - start, rows.size());
        group.setFile_offset(start).setTotal_compressed_size(position - start).setOrdinal((short) groups.size());
        groups.add(group);
        firstRow += rows.size();
        rows.clear();
        rowBytes = 0;
    }

    private static void putBytes(OutputStream page, byte[] bytes) throws IOException {
        page.write(littleEndian(4).putInt(bytes.length).array());
        page.write(bytes);
    }

    /** Whether each row has a value: runs of equal ones, after their size. */
    private void putDefinitions(OutputStream page, String ending) throws IOException {
        ByteArrayOutputStream runs = new ByteArrayOutputStream();
        for (int i = 0; i < rows.size(); ) {
            boolean has = rows.get(i).has(ending);
            int end = i + 1;
            while (end < rows.size() && rows.get(end).has(ending) == has) {
                end++;
            }
            int header = (end - i) << 1;
            while (header > 0x7f) {
                runs.write((header & 0x7f) | 0x80);
                header >>>= 7;
            }
            runs.write(header);
            runs.write(has ? 1 : 0);
            i = end;
        }
        putBytes(page, runs.toByteArray());
    }

    private ColumnChunk column(String name, Type type, int missing, Page content) throws IOException {
        // Once for size and checksum, which stand before the values, so that these need not be copied.
        CRC32 check = new CRC32();
        long size;
        try (Counting counting = new Counting()) {
            content.writeTo(new CheckedOutputStream(counting, check));
            size = counting.count;
        }
        Check.that(size < Integer.MAX_VALUE, "column %s: expected less than 2 GiB in a row, found %s B", name, size);
        Statistics statistics = new Statistics().setNull_count(missing);
        PageHeader header = new PageHeader(PageType.DATA_PAGE, (int) size, (int) size);
        header.setCrc((int) check.getValue());
        header.setData_page_header(new DataPageHeader(rows.size(), Encoding.PLAIN, Encoding.RLE, Encoding.RLE));
        long start = position;
        ByteArrayOutputStream headerBytes = new ByteArrayOutputStream();
        Util.writePageHeader(header, headerBytes);
        put(headerBytes.toByteArray());
        content.writeTo(out);
        position += size;
        ColumnMetaData about = new ColumnMetaData(
                type,
                List.of(Encoding.PLAIN, Encoding.RLE),
                List.of(name),
                CompressionCodec.UNCOMPRESSED,
                rows.size(),
                position - start,
                position - start,
                start);
        about.setStatistics(statistics);
        return new ColumnChunk(0).setMeta_data(about);
    }

    /** Counts bytes and forgets them. */
    private static final class Counting extends OutputStream {
        private long count;

        @Override
        public void write(int value) {
            count++;
        }

        @Override
        public void write(byte[] bytes, int from, int length) {
            count += length;
        }
    }
}
