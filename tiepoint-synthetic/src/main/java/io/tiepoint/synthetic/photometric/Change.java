package io.tiepoint.synthetic.photometric;

import io.tiepoint.core.check.Check;
import io.tiepoint.core.random.Draws;

/**
 * One kind of change: how often, and how much.
 *
 * @param probability share of the images that it is applied to
 * @param min smallest amount; its unit is said where it is used
 * @param max largest amount
 */
public record Change(double probability, double min, double max) {
    /** Never applied. */
    public static final Change NEVER = new Change(0, 0, 0);

    /** Checks the probability and the interval. */
    public Change {
        Check.that(probability >= 0 && probability <= 1, "probability: expected in [0, 1], found %s", probability);
        Check.that(min <= max, "amount: expected min <= max, found %s to %s", min, max);
    }

    /** Applied to every image. */
    public static Change always(double min, double max) {
        return new Change(1, min, max);
    }

    /** Applied to a share of the images. */
    public static Change sometimes(double probability, double min, double max) {
        return new Change(probability, min, max);
    }

    /** Draws the amount, or the neutral one if the change does not happen. */
    double draw(Draws draws, double neutral) {
        // Both draws are always made, so that a change of the probability moves no later draw.
        boolean happens = draws.chance(probability);
        double amount = draws.nextDouble(min, max);
        return happens ? amount : neutral;
    }

    /** The same change with amounts between the neutral one and these. */
    Change towards(double neutral, double difficulty) {
        return new Change(probability, neutral + difficulty * (min - neutral), neutral + difficulty * (max - neutral));
    }

    /** The same change in fewer images. */
    Change lessOften(double difficulty) {
        return new Change(probability * difficulty, min, max);
    }
}
