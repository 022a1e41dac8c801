package io.tiepoint.interop.megadepth;

import io.tiepoint.interop.npy.NpyArray;
import io.tiepoint.interop.npy.NpyObjects;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

/** A matrix for each image: one array of all, or an array of arrays with None where there is none. */
final class Matrices {
    private final Object matrices;
    private final String name;
    /** Of all matrices together, if they are one array. */
    private final double[] numbers;

    private final int count;

    private Matrices(Object matrices, double[] numbers, int count, String name) {
        this.matrices = matrices;
        this.numbers = numbers;
        this.count = count;
        this.name = name;
    }

    static Matrices of(Path file, Map<String, Object> arrays, String key, int count) throws IOException {
        Object found = arrays.get(key);
        String name = file + ": " + key;
        long size = -1;
        double[] numbers = new double[0];
        if (found instanceof NpyArray array) {
            size = array.shape().length == 0 ? -1 : array.shape()[0];
            numbers = doubles(array, name);
        } else if (found instanceof NpyObjects objects) {
            // Arrays of one shape become one array of objects.
            size = objects.shape().isEmpty() ? -1 : objects.shape().get(0);
        }
        if (found == null || size != count) {
            throw new IOException(name + ": expected a matrix for each of " + count + " images, found "
                    + (found == null ? "no such array" : size + " of them"));
        }
        return new Matrices(found, numbers, count, name);
    }

    /** The numbers of one matrix, row by row; none if the image has none. */
    double[] at(int index) throws IOException {
        if (matrices instanceof NpyArray) {
            int each = numbers.length / Math.max(count, 1);
            return Arrays.copyOfRange(numbers, index * each, (index + 1) * each);
        }
        NpyObjects objects = (NpyObjects) matrices;
        int each = objects.size() / Math.max(count, 1);
        if (each == 1) {
            Object one = objects.get(index).orElse("");
            return one instanceof NpyArray array ? doubles(array, name) : none(index, one);
        }
        double[] values = new double[each];
        for (int i = 0; i < each; i++) {
            if (!(objects.get(index * each + i).orElse("") instanceof Number number)) {
                throw new IOException(name + "[" + index + "]: expected numbers, found another value");
            }
            values[i] = number.doubleValue();
        }
        return values;
    }

    private double[] none(int index, Object one) throws IOException {
        if (!"".equals(one)) {
            throw new IOException(name + "[" + index + "]: expected a matrix or None, found another value");
        }
        return new double[0];
    }

    static double[] doubles(NpyArray array, String name) throws IOException {
        return switch (array.type()) {
            case FLOAT64 -> array.doubles();
            case FLOAT32 -> {
                float[] floats = array.floats();
                double[] doubles = new double[floats.length];
                for (int i = 0; i < floats.length; i++) {
                    doubles[i] = floats[i];
                }
                yield doubles;
            }
            case INT64 -> Arrays.stream(array.longs()).asDoubleStream().toArray();
            case INT32 -> Arrays.stream(array.ints()).asDoubleStream().toArray();
            case UINT8 -> throw new IOException(name + ": expected floating-point numbers, found " + array);
        };
    }
}
