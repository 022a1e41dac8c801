package io.tiepoint.core.features;

import io.tiepoint.core.check.Check;
import java.util.Arrays;

/** One vector for each keypoint of an image, [N D] float32. */
public final class Descriptors {
    private final int count;
    private final int dimension;
    private final float[] values;

    private Descriptors(int count, int dimension, float[] values) {
        Check.that(dimension > 0, "dimension: expected > 0, found %s", dimension);
        Check.that(
                values.length == count * dimension,
                "descriptors: expected shape [%s %s], found %s values",
                count,
                dimension,
                values.length);
        this.count = count;
        this.dimension = dimension;
        this.values = values;
    }

    /** Copies vectors, [N D] row-major. */
    public static Descriptors of(int count, int dimension, float[] values) {
        return new Descriptors(count, dimension, values.clone());
    }

    /** Takes vectors over without copying them, [N D] row-major; the caller may not write to the array afterwards. */
    public static Descriptors wrap(int count, int dimension, float[] values) {
        return new Descriptors(count, dimension, values);
    }

    /** Number of vectors, N. */
    public int size() {
        return count;
    }

    /** Length of each vector, D. */
    public int dimension() {
        return dimension;
    }

    /** The values themselves, [N D] row-major, for loops over all of them. Never write to them. */
    public float[] values() {
        return values;
    }

    /** The chosen ones, in the given order. */
    public Descriptors select(int[] indices) {
        float[] chosen = new float[indices.length * dimension];
        for (int i = 0; i < indices.length; i++) {
            System.arraycopy(values, indices[i] * dimension, chosen, i * dimension, dimension);
        }
        return new Descriptors(indices.length, dimension, chosen);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Descriptors that && dimension == that.dimension && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return 31 * dimension + Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return "Descriptors[" + count + " " + dimension + "]";
    }
}
