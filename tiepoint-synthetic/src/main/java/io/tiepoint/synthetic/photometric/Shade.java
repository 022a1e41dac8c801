package io.tiepoint.synthetic.photometric;

import io.tiepoint.core.check.Check;
import io.tiepoint.synthetic.recipe.Range;

/**
 * Soft shadows and lights: blurred ellipses that darken, or brighten where the transparency is negative (additive shade of
 * rpautrat/SuperPoint, {@code photometric_augmentation.py}).
 *
 * @param probability share of the images that have it
 * @param ellipses number of ellipses
 * @param transparency share of the light that is taken away where the shade is full
 * @param kernelFraction width of the blur as a share of the image's shorter side
 */
public record Shade(double probability, int ellipses, Range transparency, Range kernelFraction) {
    /** No shade. */
    public static final Shade NEVER = new Shade(0, 0, new Range(0, 0), new Range(0, 0));

    /** Checks the probability and the number. */
    public Shade {
        Check.that(probability >= 0 && probability <= 1, "probability: expected in [0, 1], found %s", probability);
        Check.that(ellipses >= 0, "ellipses: expected >= 0, found %s", ellipses);
        Check.that(
                kernelFraction.min() >= 0,
                "kernelFraction: expected >= 0 of the shorter side, found %s",
                kernelFraction.min());
    }

    /** The same shade, more transparent. */
    Shade weakened(double difficulty) {
        return new Shade(
                probability,
                ellipses,
                new Range(transparency.min() * difficulty, transparency.max() * difficulty),
                kernelFraction);
    }
}
