package io.tiepoint.testkit.parity;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A float32 array from NumPy's {@code .npy} format, version 1.0, row-major. */
public final class NpyFile {
    private static final int PREAMBLE_BYTES = 10;
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};
    private static final Pattern HEADER =
            Pattern.compile("\\{'descr': '<f4', 'fortran_order': False, 'shape': \\(([0-9, ]*)\\), \\}\\s*");

    private final long[] shape;
    private final float[] values;

    private NpyFile(long[] shape, float[] values) {
        this.shape = shape;
        this.values = values;
    }

    /** Reads a file. */
    public static NpyFile read(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        if (bytes.length < PREAMBLE_BYTES
                || !ByteBuffer.wrap(MAGIC).equals(buffer.slice(0, MAGIC.length))
                || bytes.length < PREAMBLE_BYTES + (buffer.getShort(MAGIC.length) & 0xffff)) {
            throw new IOException(file + ": expected an .npy file of version 1.0, found other bytes");
        }
        int start = PREAMBLE_BYTES + (buffer.getShort(MAGIC.length) & 0xffff);
        String header = new String(bytes, PREAMBLE_BYTES, start - PREAMBLE_BYTES, StandardCharsets.US_ASCII);
        Matcher matcher = HEADER.matcher(header);
        if (!matcher.matches()) {
            throw new IOException(file + ": expected a row-major float32 array, found " + header.strip());
        }
        long[] shape = Pattern.compile("[0-9]+")
                .matcher(matcher.group(1))
                .results()
                .mapToLong(size -> Long.parseLong(size.group()))
                .toArray();
        long count = 1;
        for (long size : shape) {
            count *= size;
        }
        if (bytes.length - start != 4 * count) {
            throw new IOException(
                    file + ": expected " + 4 * count + " bytes of values, found " + (bytes.length - start));
        }
        float[] values = new float[(int) count];
        buffer.position(start)
                .slice()
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer()
                .get(values);
        return new NpyFile(shape, values);
    }

    /** Sizes, outermost first. */
    public long[] shape() {
        return shape.clone();
    }

    /** Size of one dimension. */
    public int size(int dimension) {
        return Math.toIntExact(shape[dimension]);
    }

    /** The values, row-major; a copy. */
    public float[] values() {
        return values.clone();
    }
}
