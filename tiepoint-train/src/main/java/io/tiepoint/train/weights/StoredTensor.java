package io.tiepoint.train.weights;

import io.tiepoint.core.check.Check;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** A tensor as a file holds it: any element type, row-major, without gaps. */
public final class StoredTensor {
    private final ElementType type;
    private final List<Long> shape;
    private final ByteBuffer bytes;

    /**
     * Takes over the bytes.
     *
     * @param shape sizes, outermost first; empty for a scalar
     * @param bytes row-major, little-endian; as many as the shape has values
     */
    StoredTensor(ElementType type, List<Long> shape, byte[] bytes) {
        this.type = type;
        this.shape = List.copyOf(shape);
        this.bytes = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        Check.that(
                count(shape) * type.byteCount() == bytes.length,
                "bytes: expected as many as shape %s of %s has, found %s",
                shape,
                type.word(),
                bytes.length);
    }

    /** Number of values of a shape, or -1 if there are more than an array can hold. */
    static long count(List<Long> shape) {
        long count = 1;
        for (long size : shape) {
            if (size < 0 || (size > 0 && count > Integer.MAX_VALUE / 8 / size)) {
                return -1;
            }
            count *= size;
        }
        return count;
    }

    /** What the values are. */
    public ElementType type() {
        return type;
    }

    /** Sizes, outermost first; empty for a scalar. */
    public List<Long> shape() {
        return shape;
    }

    /** Number of values. */
    public int size() {
        return bytes.capacity() / type.byteCount();
    }

    /** One value, row-major; exact but for an int64 beyond 53 bits. */
    public double value(int index) {
        return type.value(bytes, index * type.byteCount());
    }

    /** All values as float32: exact from float16 and bfloat16, rounded from float64 and large integers. */
    public float[] toFloats() {
        float[] values = new float[size()];
        if (type == ElementType.FLOAT32) {
            ByteBuffer unmoved = bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
            unmoved.rewind().asFloatBuffer().get(values);
        } else {
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) value(i);
            }
        }
        return values;
    }

    /** A matrix turned: [N M] from [M N]. */
    public StoredTensor transposed() {
        int rows = Math.toIntExact(shape.get(0));
        int columns = Math.toIntExact(shape.get(1));
        int width = type.byteCount();
        byte[] turned = new byte[bytes.capacity()];
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                System.arraycopy(
                        bytes.array(), (row * columns + column) * width, turned, (column * rows + row) * width, width);
            }
        }
        return new StoredTensor(type, List.of((long) columns, (long) rows), turned);
    }
}
