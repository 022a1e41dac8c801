package io.tiepoint.core.random;

import java.nio.charset.StandardCharsets;

/**
 * The root of a stream of random numbers. Streams are derived by name, so that a new draw in one place moves no other:
 * {@code seed.child("homography", index).draws()}.
 *
 * @param value any 64 bits
 */
public record Seed(long value) {
    /** Derives the stream of a named part. */
    public Seed child(String name) {
        long hash = 0xcbf29ce484222325L; // FNV-1a, 64 bits
        for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (b & 0xff)) * 0x100000001b3L;
        }
        return new Seed(mix(mix(value) ^ hash));
    }

    /** Derives the stream of one of the numbered things of a part, such as a sample of a data set. */
    public Seed child(String name, long index) {
        return new Seed(mix(child(name).value + mix(index)));
    }

    /** Starts the stream of this seed. */
    public Draws draws() {
        return new Draws(value);
    }

    /** One step of SplitMix64 (Steele, Lea and Flood, 2014). */
    static long mix(long state) {
        long z = state + 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
