package io.tiepoint.synthetic.photometric;

import io.tiepoint.core.check.Check;
import io.tiepoint.synthetic.recipe.Range;

/**
 * How light, lens and sensor change an image in [0, 1]. Applied in the order in which a camera would: shade, lens, tone, sensor,
 * file.
 *
 * @param brightness what is added
 * @param contrast factor about the mean
 * @param gamma exponent, drawn log-uniformly
 * @param speckle share of the pixels that turn black, and as many white
 * @param noise standard deviation of Gaussian noise
 * @param shade soft shadows and lights
 * @param motionBlur length of the motion in px, in any direction, weighted by a Gaussian
 * @param defocus standard deviation of a Gaussian blur in px
 * @param compression quality of a JPEG-like quantisation, 1 to 100
 * @param weather what happens seldom: weather, night, lamps, noise of little light
 */
public record PhotometricRecipe(
        Change brightness,
        Change contrast,
        Change gamma,
        Change speckle,
        Change noise,
        Shade shade,
        Change motionBlur,
        Change defocus,
        Change compression,
        Weather weather) {
    /** Changes nothing. */
    public static final PhotometricRecipe NONE = new PhotometricRecipe(
            Change.NEVER,
            Change.NEVER,
            Change.NEVER,
            Change.NEVER,
            Change.NEVER,
            Shade.NEVER,
            Change.NEVER,
            Change.NEVER,
            Change.NEVER,
            Weather.NONE);

    /** What rpautrat/SuperPoint applies to shapes ({@code magic-point_shapes.yaml}). */
    public static final PhotometricRecipe SHAPES = new PhotometricRecipe(
            Change.always(-75 / 255.0, 75 / 255.0),
            Change.always(0.3, 1.8),
            Change.NEVER,
            Change.always(0, 0.0035),
            Change.always(0, 15 / 255.0),
            new Shade(1, 20, new Range(-0.5, 0.8), new Range(50 / 120.0, 100 / 120.0)),
            Change.always(1, 7),
            Change.NEVER,
            Change.NEVER,
            Weather.NONE);

    /** The same with a lens that may be out of focus, lamps, haze, and the noise of little light. */
    public static final PhotometricRecipe RICH_SHAPES = SHAPES.with(Change.sometimes(0.5, 0, 1.2), Weather.SHAPES);

    /** Another exposure of the same camera: about half of what SuperPoint's training applies. */
    public static final PhotometricRecipe MILD = new PhotometricRecipe(
            Change.always(-25 / 255.0, 25 / 255.0),
            Change.always(0.75, 1.25),
            Change.sometimes(0.5, 0.8, 1.25),
            Change.NEVER,
            Change.always(0, 5 / 255.0),
            new Shade(0.5, 20, new Range(-0.25, 0.25), new Range(100 / 240.0, 150 / 240.0)),
            Change.sometimes(0.3, 1, 3),
            Change.sometimes(0.2, 0, 0.6),
            Change.sometimes(0.1, 70, 95),
            Weather.NONE);

    /** What rpautrat/SuperPoint applies to photographs when it trains ({@code superpoint_coco.yaml}), with a gamma. */
    public static final PhotometricRecipe MEDIUM = new PhotometricRecipe(
            Change.always(-50 / 255.0, 50 / 255.0),
            Change.always(0.5, 1.5),
            Change.sometimes(0.5, 0.6, 1.6),
            Change.sometimes(0.5, 0, 0.0035),
            Change.always(0, 10 / 255.0),
            new Shade(1, 20, new Range(-0.5, 0.5), new Range(100 / 240.0, 150 / 240.0)),
            Change.sometimes(0.5, 1, 3),
            Change.sometimes(0.3, 0, 1),
            Change.sometimes(0.2, 50, 95),
            Weather.NONE);

    /** Day against night, near the strongest of glue-factory's ("lg", "dark"): deep shade, blur of lens and motion, noise. */
    public static final PhotometricRecipe STRONG = new PhotometricRecipe(
            Change.always(-0.25, 0.25),
            Change.always(0.4, 1.6),
            Change.always(0.5, 2.0),
            Change.sometimes(0.3, 0, 0.002),
            Change.always(0, 15 / 255.0),
            new Shade(1, 20, new Range(-0.7, 0.7), new Range(60 / 240.0, 150 / 240.0)),
            Change.sometimes(0.5, 1, 7),
            Change.sometimes(0.5, 0, 1.5),
            Change.sometimes(0.4, 25, 90),
            Weather.NONE);

    /** Day against night, rain and haze: {@link #STRONG} with all of {@link Weather}. */
    public static final PhotometricRecipe WEATHER = STRONG.with(STRONG.defocus(), Weather.MIXED);

    private PhotometricRecipe with(Change newDefocus, Weather newWeather) {
        return new PhotometricRecipe(
                brightness, contrast, gamma, speckle, noise, shade, motionBlur, newDefocus, compression, newWeather);
    }

    /**
     * The same kind of change, weaker: every amount shrinks towards no change.
     *
     * @param difficulty from 0 (no change) to 1 (this recipe)
     */
    public PhotometricRecipe withDifficulty(double difficulty) {
        Check.that(difficulty >= 0 && difficulty <= 1, "difficulty: expected in [0, 1], found %s", difficulty);
        return new PhotometricRecipe(
                brightness.towards(0, difficulty),
                contrast.towards(1, difficulty),
                gamma.towards(1, difficulty),
                speckle.towards(0, difficulty),
                noise.towards(0, difficulty),
                shade.weakened(difficulty),
                motionBlur.towards(1, difficulty),
                defocus.towards(0, difficulty),
                compression.lessOften(difficulty),
                weather.weakened(difficulty));
    }
}
