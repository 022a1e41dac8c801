package io.tiepoint.synthetic.scenes;

import io.tiepoint.core.check.Check;
import io.tiepoint.core.image.GrayImage;
import io.tiepoint.core.image.ImagePyramid;
import java.util.ArrayList;
import java.util.List;

/** A square texture that repeats, and its halvings. Its values are relative changes of a material's tone. */
public final class Texture {
    private final int side;
    private final float[][] levels;

    private Texture(int side, float[][] levels) {
        this.side = side;
        this.levels = levels;
    }

    /**
     * Takes over a texture with its halvings.
     *
     * @param levels [level][side side]; each half as wide as the one before, the first a power of two
     */
    public static Texture of(float[][] levels) {
        int side = (int) Math.round(Math.sqrt(levels[0].length));
        Check.that(
                side * side == levels[0].length && Integer.bitCount(side) == 1,
                "texture: expected a square whose side is a power of two, found %s values",
                levels[0].length);
        for (int i = 1; i < levels.length; i++) {
            Check.that(
                    levels[i].length * 4 == levels[i - 1].length,
                    "texture: expected level %s to be half of the one before, found %s values",
                    i,
                    levels[i].length);
        }
        return new Texture(side, levels.clone());
    }

    /** Makes a texture of a picture in [0, 1]: black takes a tone away, white doubles it. */
    public static Texture ofPicture(GrayImage picture) {
        float[] pixels = new float[picture.pixels().length];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = 2f * picture.pixels()[i] - 1f;
        }
        GrayImage level = GrayImage.wrap(picture.width(), picture.height(), pixels);
        List<float[]> levels = new ArrayList<>();
        levels.add(pixels);
        while (level.width() > 4) {
            level = ImagePyramid.half(level);
            levels.add(level.pixels());
        }
        return of(levels.toArray(float[][]::new));
    }

    /** Side in texels; a power of two. */
    public int side() {
        return side;
    }

    /** Number of halvings, with the texture itself. */
    public int levels() {
        return levels.length;
    }

    /** The texels of one halving, [side side]. Never write to them. */
    public float[] level(int level) {
        return levels[level];
    }
}
