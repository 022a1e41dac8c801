package io.tiepoint.interop.npy;

import io.tiepoint.core.check.Check;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * An array of numbers as NumPy writes it with {@code np.save}: little-endian, row-major; written in format 1.0, read in any.
 * Types: float32, float64, int32, int64, uint8.
 *
 * @see <a href="https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html">numpy.lib.format</a>
 */
public final class NpyArray {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};
    private static final int PREAMBLE_BYTES = 10;
    private static final int ALIGNMENT = 64;
    private final Type type;
    private final long[] shape;
    private final ByteBuffer values;

    /** What the numbers are. */
    public enum Type {
        /** 32 bits, floating point. */
        FLOAT32("<f4", 4),
        /** 64 bits, floating point. */
        FLOAT64("<f8", 8),
        /** 32 bits, signed. */
        INT32("<i4", 4),
        /** 64 bits, signed. */
        INT64("<i8", 8),
        /** 8 bits, unsigned. */
        UINT8("|u1", 1);

        private final String description;
        private final int bytes;

        Type(String description, int bytes) {
            this.description = description;
            this.bytes = bytes;
        }
    }

    private NpyArray(Type type, ByteBuffer values, long... shape) {
        this.type = type;
        this.values = values;
        this.shape = shape;
    }

    private static ByteBuffer allocate(Type type, int count, long... shape) {
        long expected = count(shape);
        Check.that(count == expected, "values: expected %s for shape %s, found %s", expected, words(shape), count);
        return ByteBuffer.allocate(type.bytes * count).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static long count(long... shape) {
        long count = 1;
        for (long size : shape) {
            Check.that(size >= 0, "shape: expected sizes >= 0, found %s", words(shape));
            count = Math.multiplyExact(count, size);
        }
        return count;
    }

    /** An array of float32, row-major. */
    public static NpyArray ofFloats(float[] values, long... shape) {
        ByteBuffer buffer = allocate(Type.FLOAT32, values.length, shape);
        buffer.asFloatBuffer().put(values);
        return new NpyArray(Type.FLOAT32, buffer, shape.clone());
    }

    /** An array of float64, row-major. */
    public static NpyArray ofDoubles(double[] values, long... shape) {
        ByteBuffer buffer = allocate(Type.FLOAT64, values.length, shape);
        buffer.asDoubleBuffer().put(values);
        return new NpyArray(Type.FLOAT64, buffer, shape.clone());
    }

    /** An array of int32, row-major. */
    public static NpyArray ofInts(int[] values, long... shape) {
        ByteBuffer buffer = allocate(Type.INT32, values.length, shape);
        buffer.asIntBuffer().put(values);
        return new NpyArray(Type.INT32, buffer, shape.clone());
    }

    /** An array of int64, row-major. */
    public static NpyArray ofLongs(long[] values, long... shape) {
        ByteBuffer buffer = allocate(Type.INT64, values.length, shape);
        buffer.asLongBuffer().put(values);
        return new NpyArray(Type.INT64, buffer, shape.clone());
    }

    /** An array of uint8, row-major. */
    public static NpyArray ofBytes(byte[] values, long... shape) {
        ByteBuffer buffer = allocate(Type.UINT8, values.length, shape);
        buffer.slice().put(values);
        return new NpyArray(Type.UINT8, buffer, shape.clone());
    }

    /** What the numbers are. */
    public Type type() {
        return type;
    }

    /** Sizes, outermost first. */
    public long[] shape() {
        return shape.clone();
    }

    /** Size of one dimension. */
    public int size(int dimension) {
        return Math.toIntExact(shape[dimension]);
    }

    private void expect(Type expected) {
        Check.that(type == expected, "array: expected %s, found %s", expected, type);
    }

    /** The values of an array of float32, row-major; a copy. */
    public float[] floats() {
        expect(Type.FLOAT32);
        float[] copy = new float[values.capacity() / 4];
        values.asFloatBuffer().get(copy);
        return copy;
    }

    /** The values of an array of float64, row-major; a copy. */
    public double[] doubles() {
        expect(Type.FLOAT64);
        double[] copy = new double[values.capacity() / 8];
        values.asDoubleBuffer().get(copy);
        return copy;
    }

    /** The values of an array of int32, row-major; a copy. */
    public int[] ints() {
        expect(Type.INT32);
        int[] copy = new int[values.capacity() / 4];
        values.asIntBuffer().get(copy);
        return copy;
    }

    /** The values of an array of int64, row-major; a copy. */
    public long[] longs() {
        expect(Type.INT64);
        long[] copy = new long[values.capacity() / 8];
        values.asLongBuffer().get(copy);
        return copy;
    }

    /** The values of an array of uint8, row-major; a copy. */
    public byte[] bytes() {
        expect(Type.UINT8);
        byte[] copy = new byte[values.capacity()];
        values.duplicate().rewind().get(copy);
        return copy;
    }

    /** The bytes of the file. */
    public byte[] toFile() {
        String sizes = Arrays.stream(shape).mapToObj(Long::toString).collect(Collectors.joining(", "));
        String text = "{'descr': '" + type.description + "', 'fortran_order': False, 'shape': (" + sizes
                + (shape.length == 1 ? ",), }" : "), }");
        int unpadded = PREAMBLE_BYTES + text.length() + 1;
        int start = (unpadded + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        ByteBuffer file = ByteBuffer.allocate(start + values.capacity()).order(ByteOrder.LITTLE_ENDIAN);
        file.put(MAGIC).putShort((short) (start - PREAMBLE_BYTES));
        file.put((text + " ".repeat(start - unpadded) + "\n").getBytes(StandardCharsets.US_ASCII));
        file.put(values.duplicate().rewind());
        return file.array();
    }

    /**
     * Reads the bytes of a file.
     *
     * @param name how messages call it
     * @throws IOException if they are no array of one of the types, or of another size than they say
     */
    public static NpyArray read(byte[] file, String name) throws IOException {
        NpyHeader header = NpyHeader.read(file, name);
        if (header.isFortran()) {
            throw new IOException(name + ": expected a row-major array, found a column-major one; write it again with"
                    + " np.ascontiguousarray");
        }
        ByteBuffer values = ByteBuffer.wrap(file, header.start(), file.length - header.start());
        return of(header.description(), values.slice(), header.shape(), name);
    }

    /**
     * An array from its parts.
     *
     * @param description such as {@code <f4}
     * @param bytes of the values, all of them; copied
     */
    static NpyArray of(String description, ByteBuffer bytes, List<Long> shape, String name) throws IOException {
        Type type = type(description, name);
        NpyHeader header = new NpyHeader(description, false, shape, 0);
        long expected = (long) header.count(name) * type.bytes;
        if (expected != bytes.remaining()) {
            throw new IOException(name + ": expected " + expected + " bytes of values, found " + bytes.remaining());
        }
        ByteBuffer values = ByteBuffer.allocate(bytes.remaining()).order(ByteOrder.LITTLE_ENDIAN);
        values.duplicate().put(bytes.duplicate());
        return new NpyArray(type, values, header.sizes());
    }

    private static Type type(String description, String name) throws IOException {
        for (Type type : Type.values()) {
            if (type.description.equals(description)) {
                return type;
            }
        }
        throw new IOException(
                name + ": expected float32, float64, int32, int64 or uint8, little-endian, found " + description);
    }

    private static String words(long... shape) {
        return Arrays.stream(shape).mapToObj(Long::toString).collect(Collectors.joining(" ", "[", "]"));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NpyArray that
                && type == that.type
                && Arrays.equals(shape, that.shape)
                && values.duplicate().rewind().equals(that.values.duplicate().rewind());
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(shape) + values.duplicate().rewind().hashCode();
    }

    @Override
    public String toString() {
        return type + " " + words(shape);
    }
}
