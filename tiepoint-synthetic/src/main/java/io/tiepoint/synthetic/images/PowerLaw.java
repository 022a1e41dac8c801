package io.tiepoint.synthetic.images;

import io.tiepoint.core.random.Draws;

/** Sizes as in natural scenes: the number of objects falls with the cube of their radius (Lee, Mumford and Huang, 2001). */
final class PowerLaw {
    private PowerLaw() {}

    /** Draws a radius with a density of r to the power of -3. */
    static double radius(double min, double max, Draws draws) {
        double low = 1 / (min * min);
        double high = 1 / (max * max);
        return 1 / Math.sqrt(low + draws.nextDouble() * (high - low));
    }
}
