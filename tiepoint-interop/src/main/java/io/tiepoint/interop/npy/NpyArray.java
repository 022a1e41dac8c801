package io.tiepoint.interop.npy;

import io.tiepoint.core.check.Check;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * An array of numbers as NumPy writes it with {@code np.save}: format 1.0, little-endian, row-major. Types: float32, float64,
 * int32, int64, uint8.
 *
 * @see <a href="https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html">numpy.lib.format</a>
 */
public final class NpyArray {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};
    private static final int PREAMBLE_BYTES = 10;
    private static final int ALIGNMENT = 64;
    private static final Pattern HEADER = Pattern.compile(
            "\\{\\s*'descr':\\s*'([<|=>]..)',\\s*'fortran_order':\\s*(False|True),\\s*'shape':\\s*\\(([0-9, ]*)\\),?\\s*\\}\\s*");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");

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
        ByteBuffer buffer = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        if (file.length < PREAMBLE_BYTES || !Arrays.equals(file, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            throw new IOException(name + ": expected an .npy file of version 1.0, found other bytes");
        }
        int start = PREAMBLE_BYTES + (buffer.getShort(MAGIC.length) & 0xffff);
        if (file.length < start) {
            throw new IOException(name + ": expected an .npy file, found one without its whole header");
        }
        String header = new String(file, PREAMBLE_BYTES, start - PREAMBLE_BYTES, StandardCharsets.US_ASCII);
        Matcher matcher = HEADER.matcher(header);
        if (!matcher.matches() || matcher.group(2).equals("True")) {
            throw new IOException(name + ": expected a row-major array, found the header " + header.strip());
        }
        Type type = type(matcher.group(1), name);
        long[] shape = NUMBER.matcher(matcher.group(3))
                .results()
                .mapToLong(size -> Long.parseLong(size.group()))
                .toArray();
        long count;
        try {
            count = Math.multiplyExact(count(shape), type.bytes);
        } catch (ArithmeticException e) {
            throw new IOException(name + ": expected an array that fits into memory, found shape " + words(shape), e);
        }
        if (count != file.length - start) {
            throw new IOException(name + ": expected " + count + " bytes of values, found " + (file.length - start));
        }
        ByteBuffer values = ByteBuffer.allocate(file.length - start).order(ByteOrder.LITTLE_ENDIAN);
        values.duplicate().put(file, start, file.length - start);
        return new NpyArray(type, values, shape);
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
