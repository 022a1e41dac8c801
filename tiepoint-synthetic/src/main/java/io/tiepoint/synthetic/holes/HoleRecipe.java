package io.tiepoint.synthetic.holes;

import io.tiepoint.core.check.Check;
import java.util.EnumMap;
import java.util.Map;

/**
 * Which holes are punched, and how strongly.
 *
 * @param strengths from 0 (none) to 1; a policy that is missing punches none
 */
public record HoleRecipe(Map<HolePolicy, Double> strengths) {
    /** The complete map. */
    public static final HoleRecipe NONE = new HoleRecipe(Map.of());

    /** About as complete as the depth maps of MegaDepth. */
    public static final HoleRecipe MULTI_VIEW_STEREO = new HoleRecipe(Map.of(
            HolePolicy.SKY, 1.0,
            HolePolicy.SILHOUETTES, 0.5,
            HolePolicy.LOW_TEXTURE, 0.3,
            HolePolicy.GLASS, 0.8,
            HolePolicy.THIN, 0.6,
            HolePolicy.SCATTERED, 0.15));

    /** Copies the strengths and checks them. */
    public HoleRecipe {
        EnumMap<HolePolicy, Double> copy = new EnumMap<>(HolePolicy.class);
        copy.putAll(strengths);
        copy.forEach((policy, strength) ->
                Check.that(strength >= 0 && strength <= 1, "%s: expected in [0, 1], found %s", policy, strength));
        strengths = Map.copyOf(copy);
    }

    /** Holes of one kind. */
    public static HoleRecipe only(HolePolicy policy, double strength) {
        return new HoleRecipe(Map.of(policy, strength));
    }

    /** The strength of one policy. */
    public double strength(HolePolicy policy) {
        return strengths.getOrDefault(policy, 0.0);
    }
}
