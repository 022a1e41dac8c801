package io.tiepoint.synthetic.pairs;

import io.tiepoint.core.check.Check;
import io.tiepoint.synthetic.recipe.Range;

/**
 * How the camera of view 1 differs from that of view 0.
 *
 * @param viewAngleRad angle of view of camera 0 over the longer side
 * @param parallaxRad angle between the two cameras as seen from what they look at: the baseline
 * @param scale how much larger things appear in view 1, half by a nearer camera and half by a longer lens, on average
 * @param maxRollRad how far view 1 may turn in its plane; view 0 is nearly upright
 * @param maxAimRad how far view 1 may look beside what view 0 looks at
 * @param overlap share of each view that the other one shows as well, the smaller of the two; aimed at, and reached where the
 *     scene allows
 */
public record ViewChange(
        Range viewAngleRad, Range parallaxRad, Range scale, double maxRollRad, double maxAimRad, Range overlap) {
    /** A step aside. */
    public static final ViewChange MILD = new ViewChange(
            new Range(0.9, 1.4), new Range(0.03, 0.15), new Range(0.85, 1.2), 0.1, 0.1, new Range(0.6, 0.95));

    /** Across the street. */
    public static final ViewChange MEDIUM = new ViewChange(
            new Range(0.8, 1.5), new Range(0.1, 0.45), new Range(0.6, 1.6), 0.3, 0.2, new Range(0.3, 0.8));

    /** From the other side, nearer or farther, the camera turned. */
    public static final ViewChange STRONG = new ViewChange(
            new Range(0.7, 1.6), new Range(0.3, 1), new Range(0.35, 2.8), Math.PI / 2, 0.3, new Range(0.12, 0.6));

    /** Everything that training meets; overlaps as SuperGlue and LightGlue choose them on MegaDepth. */
    public static final ViewChange TRAINING = new ViewChange(
            new Range(0.7, 1.6), new Range(0.02, 0.8), new Range(0.4, 2.5), 0.6, 0.25, new Range(0.1, 0.7));

    /** Checks the ranges. */
    public ViewChange {
        Check.that(
                viewAngleRad.min() > 0 && viewAngleRad.max() < 3,
                "viewAngleRad: expected in (0, 3), found %s to %s",
                viewAngleRad.min(),
                viewAngleRad.max());
        Check.that(
                parallaxRad.min() >= 0 && parallaxRad.max() <= Math.PI,
                "parallaxRad: expected in [0, pi], found %s to %s",
                parallaxRad.min(),
                parallaxRad.max());
        Check.that(scale.min() > 0, "scale: expected > 0, found %s", scale.min());
        Check.that(maxRollRad >= 0 && maxRollRad <= Math.PI, "maxRollRad: expected in [0, pi], found %s", maxRollRad);
        Check.that(maxAimRad >= 0 && maxAimRad < 1.5, "maxAimRad: expected in [0, 1.5), found %s", maxAimRad);
        Check.that(
                overlap.min() >= 0 && overlap.max() <= 1,
                "overlap: expected in [0, 1], found %s to %s",
                overlap.min(),
                overlap.max());
    }

    /**
     * The same kind of change, smaller.
     *
     * @param difficulty from 0 (no change at all) to 1 (this one)
     */
    public ViewChange withDifficulty(double difficulty) {
        Check.that(difficulty >= 0 && difficulty <= 1, "difficulty: expected in [0, 1], found %s", difficulty);
        return new ViewChange(
                viewAngleRad,
                new Range(difficulty * parallaxRad.min(), difficulty * parallaxRad.max()),
                new Range(StrictMath.pow(scale.min(), difficulty), StrictMath.pow(scale.max(), difficulty)),
                difficulty * maxRollRad,
                difficulty * maxAimRad,
                new Range(1 - difficulty * (1 - overlap.min()), 1 - difficulty * (1 - overlap.max())));
    }
}
