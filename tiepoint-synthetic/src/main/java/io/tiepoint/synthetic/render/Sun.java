package io.tiepoint.synthetic.render;

import io.tiepoint.core.check.Check;
import io.tiepoint.core.geometry.Vector3;
import io.tiepoint.core.random.Draws;

/**
 * The light that comes from outside.
 *
 * @param towards where the sun stands, of length 1
 * @param strength brightness of what faces the sun
 * @param sky brightness of the sky at the horizon, and factor on all light from all sides
 */
public record Sun(Vector3 towards, double strength, double sky) {
    /** Checks the direction. */
    public Sun {
        Check.that(Math.abs(towards.norm() - 1) < 1e-6, "towards: expected a length of 1, found %s", towards.norm());
        Check.that(strength >= 0 && sky >= 0, "light: expected >= 0, found %s, %s", strength, sky);
    }

    /** Some hour of some day: clear, hazy or covered. */
    public static Sun draw(Draws draws) {
        double azimuth = draws.nextDouble(0, 2 * Math.PI);
        double elevation = draws.nextDouble(0.3, 1.2);
        double level = StrictMath.cos(elevation);
        Vector3 towards = new Vector3(
                level * StrictMath.cos(azimuth), level * StrictMath.sin(azimuth), StrictMath.sin(elevation));
        double strength = draws.chance(0.25) ? draws.nextDouble(0, 0.4) : draws.nextDouble(0.8, 2.2);
        return new Sun(towards.normalised(), strength, draws.nextDouble(0.75, 1.1));
    }
}
