package io.tiepoint.interop.colmap;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Numbers of a file one after the other. What a file says of itself is compared with its length before it is believed. */
final class LittleEndianInput implements AutoCloseable {
    private static final int BUFFER_BYTES = 1 << 16;
    private static final int LONGEST_TEXT = 4096;

    private final Path file;
    private final InputStream in;
    private final byte[] word = new byte[8];
    private final ByteBuffer number = ByteBuffer.wrap(word).order(ByteOrder.LITTLE_ENDIAN);
    private long left;

    LittleEndianInput(Path file) throws IOException {
        this.file = file;
        left = Files.size(file);
        in = new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES);
    }

    private ByteBuffer read(int bytes) throws IOException {
        if (in.readNBytes(word, 0, bytes) < bytes) {
            throw new IOException(file + ": expected a whole file of COLMAP, found its end in the middle");
        }
        left -= bytes;
        return number;
    }

    int int32() throws IOException {
        return read(4).getInt(0);
    }

    long unsigned32() throws IOException {
        return read(4).getInt(0) & 0xffff_ffffL;
    }

    long int64() throws IOException {
        return read(8).getLong(0);
    }

    double float64() throws IOException {
        return read(8).getDouble(0);
    }

    int unsignedByte() throws IOException {
        return read(1).get(0) & 0xff;
    }

    /**
     * A number of things that follow.
     *
     * @param bytesEach at least so many for each
     */
    int count(int bytesEach, String things) throws IOException {
        long count = int64();
        if (count < 0 || count > left / bytesEach) {
            throw new IOException(file + ": expected at most " + left / bytesEach + " " + things + " in the " + left
                    + " bytes that are left, found a number of " + Long.toUnsignedString(count));
        }
        return (int) Math.min(count, Integer.MAX_VALUE - 8);
    }

    void skip(long bytes) throws IOException {
        in.skipNBytes(bytes);
        left -= bytes;
    }

    /** A text in UTF-8 that ends with a zero. */
    String text() throws IOException {
        byte[] bytes = new byte[LONGEST_TEXT];
        int length = 0;
        for (int next = unsignedByte(); next != 0; next = unsignedByte()) {
            if (length == LONGEST_TEXT) {
                throw new IOException(
                        file + ": expected a name of at most " + LONGEST_TEXT + " bytes, found a longer one");
            }
            bytes[length++] = (byte) next;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, 0, length))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new IOException(file + ": expected names in UTF-8, found other bytes", e);
        }
    }

    /** Checks that everything was read. */
    void expectEnd() throws IOException {
        if (left != 0) {
            throw new IOException(file + ": expected its end, found " + left + " more bytes");
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
