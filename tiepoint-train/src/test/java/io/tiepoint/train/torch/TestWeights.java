package io.tiepoint.train.torch;

import io.tiepoint.core.random.Draws;
import io.tiepoint.core.random.Seed;
import io.tiepoint.train.network.Network;
import java.util.Map;

/** Weights for tests. */
public final class TestWeights {
    private TestWeights() {}

    /** Initial weights with noise on top, so that no bias is 0 and no normalisation the identity. */
    public static Weights random(Network network, long seed) {
        Map<String, float[]> values;
        try (Weights initial = Weights.initial(network, new Seed(seed))) {
            values = initial.values();
        }
        Draws draws = new Seed(seed).child("noise").draws();
        values.values().forEach(array -> {
            for (int i = 0; i < array.length; i++) {
                array[i] += (float) (0.05 * draws.nextGaussian());
            }
        });
        return Weights.of(network, values, "test weights");
    }

    /** So many numbers from a normal distribution. */
    public static float[] gaussian(int count, long seed) {
        Draws draws = new Seed(seed).draws();
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) draws.nextGaussian();
        }
        return values;
    }

    /** So many rows of L2 norm 1, as descriptors are. */
    public static float[] unitRows(int rows, int columns, long seed) {
        float[] values = gaussian(rows * columns, seed);
        for (int row = 0; row < rows; row++) {
            double squared = 0;
            for (int i = row * columns; i < (row + 1) * columns; i++) {
                squared += values[i] * values[i];
            }
            for (int i = row * columns; i < (row + 1) * columns; i++) {
                values[i] /= (float) Math.sqrt(squared);
            }
        }
        return values;
    }

    /** So many numbers from [0, 1). */
    public static float[] uniform(int count, long seed) {
        Draws draws = new Seed(seed).draws();
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = draws.nextFloat();
        }
        return values;
    }
}
