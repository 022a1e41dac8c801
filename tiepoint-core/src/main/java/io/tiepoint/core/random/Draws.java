package io.tiepoint.core.random;

import io.tiepoint.core.check.Check;
import java.util.random.RandomGenerator;

/**
 * A stream of random numbers that is the same on every machine and JDK: xoshiro256++ (Blackman and Vigna, 2019), with every
 * derived draw defined here rather than by the JDK. Not safe for use by several threads; each sample has its own.
 */
public final class Draws implements RandomGenerator {
    private long s0;
    private long s1;
    private long s2;
    private long s3;
    private double spareGaussian = Double.NaN;

    Draws(long seed) {
        s0 = Seed.mix(seed);
        s1 = Seed.mix(s0);
        s2 = Seed.mix(s1);
        s3 = Seed.mix(s2);
    }

    @Override
    public long nextLong() {
        long result = Long.rotateLeft(s0 + s3, 23) + s0;
        long t = s1 << 17;
        s2 ^= s0;
        s3 ^= s1;
        s1 ^= s2;
        s0 ^= s3;
        s2 ^= t;
        s3 = Long.rotateLeft(s3, 45);
        return result;
    }

    /** Draws several numbers at once, those that {@link #nextLong} would draw one after the other. */
    public void nextLongs(long[] out, int count) {
        long a = s0;
        long b = s1;
        long c = s2;
        long d = s3;
        for (int i = 0; i < count; i++) {
            out[i] = Long.rotateLeft(a + d, 23) + a;
            long t = b << 17;
            c ^= a;
            d ^= b;
            b ^= c;
            a ^= d;
            c ^= t;
            d = Long.rotateLeft(d, 45);
        }
        s0 = a;
        s1 = b;
        s2 = c;
        s3 = d;
    }

    @Override
    public int nextInt() {
        return (int) (nextLong() >>> 32);
    }

    /** Draws from {@code 0} to {@code bound - 1}. */
    @Override
    public int nextInt(int bound) {
        Check.that(bound > 0, "bound: expected > 0, found %s", bound);
        return (int) (((nextLong() >>> 32) * bound) >>> 32);
    }

    /** Draws from {@code origin} to {@code bound - 1}. */
    @Override
    public int nextInt(int origin, int bound) {
        return origin + nextInt(bound - origin);
    }

    /** Draws from [0, 1) with 53 bits. */
    @Override
    public double nextDouble() {
        return (nextLong() >>> 11) * 0x1.0p-53;
    }

    @Override
    public double nextDouble(double origin, double bound) {
        return origin + nextDouble() * (bound - origin);
    }

    /** Draws from [0, 1) with 24 bits. */
    @Override
    public float nextFloat() {
        return (nextLong() >>> 40) * 0x1.0p-24f;
    }

    @Override
    public boolean nextBoolean() {
        return nextLong() < 0;
    }

    /** Says yes with a probability. */
    public boolean chance(double probability) {
        return nextDouble() < probability;
    }

    /** Draws log-uniformly: a scale of 0.5 is as likely as one of 2. */
    public double nextLogUniform(double origin, double bound) {
        return StrictMath.exp(nextDouble(StrictMath.log(origin), StrictMath.log(bound)));
    }

    /** Draws from the standard normal distribution (Marsaglia's polar method). */
    @Override
    public double nextGaussian() {
        if (!Double.isNaN(spareGaussian)) {
            double result = spareGaussian;
            spareGaussian = Double.NaN;
            return result;
        }
        while (true) {
            double x = 2 * nextDouble() - 1;
            double y = 2 * nextDouble() - 1;
            double s = x * x + y * y;
            if (s < 1 && s > 0) {
                double scale = StrictMath.sqrt(-2 * StrictMath.log(s) / s);
                spareGaussian = y * scale;
                return x * scale;
            }
        }
    }
}
