package io.tiepoint.synthetic.blender;

import io.tiepoint.core.check.Check;

/**
 * How Blender renders.
 *
 * @param samples paths of light for each pixel; the noise falls with the square root of their number
 * @param bounces how often a path may be turned
 * @param denoise whether Open Image Denoise takes the noise away, in builds of Blender that have it
 * @param threads of one Blender
 * @param exposure mean brightness to aim at; 0.3 is usual
 * @param limitS a Blender that takes longer for its views is stopped, s
 */
public record BlenderOptions(int samples, int bounces, boolean denoise, int threads, double exposure, int limitS) {
    /** Some grain, as of a photograph at dusk; on all cores. */
    public static final BlenderOptions DEFAULT =
            new BlenderOptions(32, 4, true, Runtime.getRuntime().availableProcessors(), 0.3, 1800);

    /** Checks the numbers. */
    public BlenderOptions {
        Check.that(samples > 0, "samples: expected > 0, found %s", samples);
        Check.that(bounces >= 0, "bounces: expected >= 0, found %s", bounces);
        Check.that(threads > 0 && threads <= 1024, "threads: expected from 1 to 1024, found %s", threads);
        Check.that(exposure > 0, "exposure: expected > 0, found %s", exposure);
        Check.that(limitS > 0, "limitS: expected > 0 s, found %s", limitS);
    }

    /** The same with other numbers of paths and threads. */
    public BlenderOptions with(int newSamples, int newThreads) {
        return new BlenderOptions(newSamples, bounces, denoise, newThreads, exposure, limitS);
    }

    /** The same with another limit, s. */
    public BlenderOptions withLimitS(int newLimitS) {
        return new BlenderOptions(samples, bounces, denoise, threads, exposure, newLimitS);
    }
}
