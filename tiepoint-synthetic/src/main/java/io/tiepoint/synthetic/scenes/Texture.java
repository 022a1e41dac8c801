package io.tiepoint.synthetic.scenes;

import io.tiepoint.core.check.Check;
import io.tiepoint.core.image.GrayImage;
import io.tiepoint.core.image.ImagePyramid;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A square texture that repeats, and its halvings. Its values are relative changes of a material's tone. Safe for use by several
 * threads.
 */
public final class Texture {
    /** The largest whole number that a texel becomes. */
    private static final int WHOLE = 0xff;

    /** Of the last halving. */
    private static final int LEAST_SIDE = 4;

    private final int side;
    private final float[][] levels;
    private final float low;
    private final float step;
    private volatile byte @Nullable [][] bytes;

    private Texture(int side, float[][] levels) {
        this.side = side;
        this.levels = levels;
        float least = Float.POSITIVE_INFINITY;
        float most = Float.NEGATIVE_INFINITY;
        // Each halving is a mean of the one before, and so never goes beyond it.
        for (float value : levels[0]) {
            least = Math.min(least, value);
            most = Math.max(most, value);
        }
        low = least;
        step = Math.max(most - least, 1e-6f) / WHOLE;
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
        Check.that(
                levels[levels.length - 1].length >= LEAST_SIDE * LEAST_SIDE,
                "texture: expected no level smaller than 4x4, found %s values",
                levels[levels.length - 1].length);
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

    /**
     * The texels of all halvings for quick interpolation, [level][side + 1, side + 1], in numbers of 8 bits without a sign. A texel is
     * {@link #low()} plus its number times {@link #step()}. The last column and row are the first ones again, so that each texel has
     * neighbours. No more than bytes, since what the textures of a view take in the processor's cache is what they cost. Made when
     * first needed. Never write to them.
     */
    public byte[][] bytes() {
        byte[][] made = bytes;
        if (made == null) {
            // Two threads may both make it; they make the same.
            made = new byte[levels.length][];
            for (int level = 0; level < made.length; level++) {
                made[level] = rounded(levels[level], side >> level);
            }
            bytes = made;
        }
        return made;
    }

    private byte[] rounded(float[] texels, int width) {
        byte[] rounded = new byte[(width + 1) * (width + 1)];
        for (int row = 0; row <= width; row++) {
            int from = row % width * width;
            int to = row * (width + 1);
            for (int column = 0; column < width; column++) {
                rounded[to + column] =
                        (byte) Math.min(Math.max((int) ((texels[from + column] - low) / step + 0.5f), 0), WHOLE);
            }
            rounded[to + width] = rounded[to];
        }
        return rounded;
    }

    /** The value that 0 stands for among the numbers of {@link #bytes}. */
    public float low() {
        return low;
    }

    /** The difference between one number and the next among those of {@link #bytes}. */
    public float step() {
        return step;
    }
}
