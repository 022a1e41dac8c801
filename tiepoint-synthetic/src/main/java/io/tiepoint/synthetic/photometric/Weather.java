package io.tiepoint.synthetic.photometric;

import io.tiepoint.core.check.Check;
import io.tiepoint.core.random.Draws;

/**
 * Light of another colour, weather, night, lamps that move, and what a sensor adds where there is little light. The first five happen in
 * the scene, before the lens; the last two in the sensor.
 *
 * @param temperature of the light in K, drawn with uniform reciprocals ({@link ColorTemperature}); only photographs have colours
 * @param spotlight share of the light that comes from a lamp near the camera, brightest at a random place; 0 to 1
 * @param night how dark it is, with lamps that shine; 0 to 1
 * @param haze share of the far scene that is lost in bright air; 0 to 1
 * @param rain streaks for each 1,000 px
 * @param shotNoise standard deviation of the noise of single photons in white; it falls with the root of the brightness
 * @param isoNoise standard deviation of noise that hangs together over neighbouring pixels and rows
 */
public record Weather(
        Change temperature,
        Change spotlight,
        Change night,
        Change haze,
        Change rain,
        Change shotNoise,
        Change isoNoise) {
    /** None of it. */
    public static final Weather NONE = new Weather(
            Change.NEVER, Change.NEVER, Change.NEVER, Change.NEVER, Change.NEVER, Change.NEVER, Change.NEVER);
    /** Some of all of it; two of these seldom come together. */
    public static final Weather MIXED = new Weather(
            Change.sometimes(0.3, 2500, 12_000),
            Change.sometimes(0.2, 0.2, 0.8),
            Change.sometimes(0.15, 0.3, 1),
            Change.sometimes(0.2, 0.1, 0.7),
            Change.sometimes(0.1, 0.3, 2),
            Change.sometimes(0.5, 0.01, 0.1),
            Change.sometimes(0.3, 0.01, 0.06));
    /** What may happen to shapes without hiding them. */
    static final Weather SHAPES = new Weather(
            Change.NEVER,
            Change.sometimes(0.2, 0.2, 0.6),
            Change.NEVER,
            Change.sometimes(0.15, 0.1, 0.5),
            Change.NEVER,
            Change.sometimes(0.5, 0.01, 0.08),
            Change.sometimes(0.3, 0.01, 0.05));

    /** Checks the amounts. */
    public Weather {
        Check.that(
                temperature.probability() == 0
                        || (temperature.min() >= ColorTemperature.MIN && temperature.max() <= ColorTemperature.MAX),
                "temperature: expected in [%s, %s] K, found %s to %s",
                ColorTemperature.MIN,
                ColorTemperature.MAX,
                temperature.min(),
                temperature.max());
        share("spotlight", spotlight);
        share("night", night);
        share("haze", haze);
        Check.that(rain.min() >= 0 && rain.max() <= 100, "rain: expected from 0 to 100, found %s", rain.max());
        Check.that(shotNoise.min() >= 0, "shotNoise: expected >= 0, found %s", shotNoise.min());
        Check.that(isoNoise.min() >= 0, "isoNoise: expected >= 0, found %s", isoNoise.min());
    }

    private static void share(String name, Change change) {
        Check.that(change.min() >= 0 && change.max() <= 1, "%s: expected in [0, 1], found %s", name, change.max());
    }

    /** Draws the light of an image. */
    public ColorTemperature drawTemperature(Draws draws) {
        boolean happens = draws.chance(temperature.probability());
        double share = draws.nextDouble();
        if (!happens) {
            return ColorTemperature.DAYLIGHT;
        }
        double low = 1 / temperature.max();
        return new ColorTemperature(1 / (low + share * (1 / temperature.min() - low)));
    }

    boolean isNone() {
        return equals(NONE);
    }

    /** The same, weaker and in fewer images. */
    Weather weakened(double difficulty) {
        return new Weather(
                temperature.towards(ColorTemperature.DAYLIGHT.kelvin(), difficulty),
                spotlight.towards(0, difficulty).lessOften(difficulty),
                night.towards(0, difficulty).lessOften(difficulty),
                haze.towards(0, difficulty).lessOften(difficulty),
                rain.towards(0, difficulty).lessOften(difficulty),
                shotNoise.towards(0, difficulty).lessOften(difficulty),
                isoNoise.towards(0, difficulty).lessOften(difficulty));
    }
}
