package io.tiepoint.synthetic.scenes;

import io.tiepoint.core.check.Check;

/**
 * What a surface is made of.
 *
 * @param name for files
 * @param texture fine structure, which repeats
 * @param texelsPerUnit texels of the texture in one unit of the mesh's texture coordinates: a metre, or a whole picture
 * @param tone share of the light that the surface returns, from 0 to 1
 * @param contrast of the texture, relative to the tone
 * @param detail second structure at another scale, so that no two places are the same
 * @param detailTexelsPerUnit likewise
 * @param detailContrast likewise; 0 for none
 * @param finish how it answers light
 * @param twoSided whether its triangles are seen from behind
 */
public record Material(
        String name,
        Texture texture,
        double texelsPerUnit,
        double tone,
        double contrast,
        Texture detail,
        double detailTexelsPerUnit,
        double detailContrast,
        Finish finish,
        boolean twoSided) {
    /** Checks the numbers. */
    public Material {
        Check.that(texelsPerUnit > 0, "texelsPerUnit: expected > 0, found %s", texelsPerUnit);
        Check.that(detailTexelsPerUnit > 0, "detailTexelsPerUnit: expected > 0, found %s", detailTexelsPerUnit);
        Check.that(tone >= 0 && tone <= 1, "tone: expected in [0, 1], found %s", tone);
        Check.that(contrast >= 0, "contrast: expected >= 0, found %s", contrast);
    }

    /** The same material in another tone. */
    public Material withTone(double newTone) {
        double clamped = Math.min(Math.max(newTone, 0.02), 0.95);
        return new Material(
                name,
                texture,
                texelsPerUnit,
                clamped,
                contrast,
                detail,
                detailTexelsPerUnit,
                detailContrast,
                finish,
                twoSided);
    }

    /** The same material with more or less of its second structure. */
    public Material withDetailContrast(double newContrast) {
        return new Material(
                name,
                texture,
                texelsPerUnit,
                tone,
                contrast,
                detail,
                detailTexelsPerUnit,
                newContrast,
                finish,
                twoSided);
    }

    /** The same material, seen from both sides or not. */
    public Material withTwoSided(boolean newTwoSided) {
        return new Material(
                name,
                texture,
                texelsPerUnit,
                tone,
                contrast,
                detail,
                detailTexelsPerUnit,
                detailContrast,
                finish,
                newTwoSided);
    }
}
