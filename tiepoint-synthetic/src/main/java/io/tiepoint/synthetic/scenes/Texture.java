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
    /** The largest whole number that a texel becomes among four neighbours. */
    private static final int WHOLE = 0xff;

    /** Side of the squares of texels that lie together. */
    private static final int BLOCK = 4;

    private final int side;
    private final float[][] levels;
    private final float low;
    private final float step;
    private volatile int @Nullable [][] quads;

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
                levels[levels.length - 1].length >= BLOCK * BLOCK,
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
     * The texels of all halvings for quick interpolation, [level][side side]: in the 8 bits of a number from below, the texel itself,
     * its neighbour to the right, the one below, and the one below to the right. A texel is {@link #low()} plus its number times
     * {@link #step()}. Row by row in blocks of four by four, themselves row by row, so that in every direction the next texel is
     * near in memory. Made when first needed. Never write to them.
     */
    public int[][] quads() {
        int[][] made = quads;
        if (made == null) {
            // Two threads may both make it; they make the same.
            made = new int[levels.length][];
            for (int level = 0; level < made.length; level++) {
                made[level] = packed(levels[level], side >> level);
            }
            quads = made;
        }
        return made;
    }

    private int[] packed(float[] texels, int width) {
        int[] whole = new int[texels.length];
        for (int i = 0; i < texels.length; i++) {
            whole[i] = Math.min(Math.max((int) ((texels[i] - low) / step + 0.5f), 0), WHOLE);
        }
        int[] packed = new int[texels.length];
        for (int row = 0; row < width; row++) {
            int here = row * width;
            int below = (row + 1) % width * width;
            for (int column = 0; column < width; column++) {
                int right = (column + 1) % width;
                int block = row / BLOCK * BLOCK * width + column / BLOCK * BLOCK * BLOCK;
                packed[block + row % BLOCK * BLOCK + column % BLOCK] = whole[here + column]
                        | whole[here + right] << 8
                        | whole[below + column] << 16
                        | whole[below + right] << 24;
            }
        }
        return packed;
    }

    /** The value that 0 stands for among the numbers of {@link #quads}. */
    public float low() {
        return low;
    }

    /** The difference between one number and the next among those of {@link #quads}. */
    public float step() {
        return step;
    }
}
