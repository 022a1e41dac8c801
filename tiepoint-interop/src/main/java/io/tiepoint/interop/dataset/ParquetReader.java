package io.tiepoint.interop.dataset;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.zip.CRC32;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.Type;
import org.apache.parquet.format.Util;
import org.jspecify.annotations.Nullable;

/** Reads what {@link ParquetShards} wrote, one group of rows in memory at a time. */
final class ParquetReader implements ShardReader {
    private static final int TAIL_BYTES = 8;
    /** What a row without a value has, by identity: a file may be empty. */
    private static final byte[] ABSENT = {};

    private final FileChannel channel;
    private final FileMetaData footer;
    private final Queue<DataSample> rows = new ArrayDeque<>();
    private int nextGroup;

    private ParquetReader(FileChannel channel, FileMetaData footer) {
        this.channel = channel;
        this.footer = footer;
    }

    static ParquetReader open(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file);
        try {
            return new ParquetReader(channel, footer(channel));
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static FileMetaData footer(FileChannel channel) throws IOException {
        long size = channel.size();
        if (size < ParquetShards.MAGIC.length + TAIL_BYTES) {
            throw new EOFException("a file of " + size + " bytes");
        }
        ByteBuffer tail =
                ByteBuffer.wrap(read(channel, size - TAIL_BYTES, TAIL_BYTES)).order(ByteOrder.LITTLE_ENDIAN);
        int length = tail.getInt();
        byte[] magic = new byte[4];
        tail.get(magic);
        if (!Arrays.equals(magic, ParquetShards.MAGIC) || length < 0 || length > size - TAIL_BYTES) {
            throw new EOFException("a file without the end of a Parquet file");
        }
        byte[] bytes = read(channel, size - TAIL_BYTES - length, length);
        return Util.readFileMetaData(new ByteArrayInputStream(bytes));
    }

    private static byte[] read(FileChannel channel, long from, long length) throws IOException {
        if (from < 0 || length < 0 || length > Integer.MAX_VALUE - 8 || from > channel.size() - length) {
            throw new EOFException("a place beyond the end of the file");
        }
        byte[] bytes = new byte[(int) length];
        ByteBuffer left = ByteBuffer.wrap(bytes);
        while (left.hasRemaining()) {
            if (channel.read(left, from + left.position()) < 0) {
                throw new EOFException("the end of the file");
            }
        }
        return bytes;
    }

    @Override
    public @Nullable DataSample next() throws IOException {
        while (rows.isEmpty() && nextGroup < footer.getRow_groupsSize()) {
            readGroup(footer.getRow_groups().get(nextGroup++));
        }
        return rows.poll();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private void readGroup(RowGroup group) throws IOException {
        int count = Math.toIntExact(group.getNum_rows());
        Map<String, byte[][]> columns = new LinkedHashMap<>();
        for (ColumnChunk chunk : group.getColumns()) {
            ColumnMetaData about = chunk.getMeta_data();
            String name = String.join(".", about.getPath_in_schema());
            if (!name.equals(ParquetShards.INDEX)) {
                columns.put(name, readColumn(about, name, count));
            }
        }
        byte[][] keys = columns.remove(ParquetShards.KEY);
        if (keys == null) {
            throw new IOException("no column " + ParquetShards.KEY);
        }
        for (int row = 0; row < count; row++) {
            try {
                DataSample sample = new DataSample(new String(keys[row], StandardCharsets.UTF_8));
                for (Map.Entry<String, byte[][]> column : columns.entrySet()) {
                    byte[] bytes = column.getValue()[row];
                    if (bytes != ABSENT) {
                        sample = sample.with(column.getKey(), bytes);
                    }
                }
                rows.add(sample);
            } catch (IllegalArgumentException e) {
                throw new IOException(e.getMessage(), e);
            }
        }
    }

    private byte[][] readColumn(ColumnMetaData about, String name, int count) throws IOException {
        byte[] bytes = read(channel, about.getData_page_offset(), about.getTotal_compressed_size());
        ByteArrayInputStream start = new ByteArrayInputStream(bytes);
        PageHeader header = Util.readPageHeader(start);
        int headerBytes = bytes.length - start.available();
        boolean isOurs = about.getType() == Type.BYTE_ARRAY
                && about.getCodec() == CompressionCodec.UNCOMPRESSED
                && header.getData_page_header() != null
                && header.getData_page_header().getEncoding() == Encoding.PLAIN
                && header.getData_page_header().getNum_values() == count;
        if (!isOurs) {
            throw new IOException("the column " + name + " written by another program");
        }
        if (header.getCompressed_page_size() != bytes.length - headerBytes) {
            throw new EOFException("half of the column " + name);
        }
        CRC32 check = new CRC32();
        check.update(bytes, headerBytes, bytes.length - headerBytes);
        if ((int) check.getValue() != header.getCrc()) {
            throw new IOException("other bytes in the column " + name + " than were written");
        }
        ByteBuffer chunk = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).position(headerBytes);
        boolean[] has = new boolean[count];
        Arrays.fill(has, true);
        if (!name.equals(ParquetShards.KEY)) {
            readDefinitions(slice(chunk, name), has);
        }
        byte[][] values = new byte[count][];
        for (int row = 0; row < count; row++) {
            values[row] = ABSENT;
            if (has[row]) {
                ByteBuffer value = slice(chunk, name);
                values[row] = new byte[value.remaining()];
                value.get(values[row]);
            }
        }
        return values;
    }

    /** What its size stands before. */
    private static ByteBuffer slice(ByteBuffer chunk, String name) throws IOException {
        int length = chunk.remaining() < 4 ? -1 : chunk.getInt();
        if (length < 0 || length > chunk.remaining()) {
            throw new EOFException("half of the column " + name);
        }
        ByteBuffer part = chunk.slice(chunk.position(), length);
        chunk.position(chunk.position() + length);
        return part;
    }

    private static void readDefinitions(ByteBuffer runs, boolean[] has) throws IOException {
        int row = 0;
        while (row < has.length) {
            int header = 0;
            for (int shift = 0; shift < 32; shift += 7) {
                int next = runs.hasRemaining() ? runs.get() : 0;
                header |= (next & 0x7f) << shift;
                if (next >= 0) {
                    break;
                }
            }
            int length = header >>> 1;
            if ((header & 1) != 0 || length == 0 || length > has.length - row || !runs.hasRemaining()) {
                throw new IOException("rows that nobody told of");
            }
            Arrays.fill(has, row, row + length, runs.get() != 0);
            row += length;
        }
    }
}
