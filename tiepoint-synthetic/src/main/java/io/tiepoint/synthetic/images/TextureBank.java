package io.tiepoint.synthetic.images;

import io.tiepoint.core.image.GrayImage;
import io.tiepoint.core.random.Draws;
import io.tiepoint.core.random.Seed;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** Textures that are made once, when first needed, and seen at many scales and under many lights. */
public final class TextureBank {
    private static final int LEVELS = 6;

    private final Seed seed;
    private final AtomicReferenceArray<float[][]> pyramids;

    /**
     * An empty bank.
     *
     * @param textures number of different ones; they take turns through the kinds
     */
    public TextureBank(int textures, Seed seed) {
        this.seed = seed;
        pyramids = new AtomicReferenceArray<>(textures);
    }

    /** Any of the textures; its halvings, each [side side]. */
    float[][] draw(Draws draws) {
        return pyramid(draws.nextInt(pyramids.length()));
    }

    /**
     * Any of the textures of some kinds.
     *
     * @return [level][side side], mean 0 and standard deviation 1; a tile that repeats, 256 px wide, and its halvings
     */
    public float[][] draw(TextureKind[] kinds, Draws draws) {
        int first = draws.nextInt(pyramids.length());
        TextureKind wanted = kinds[draws.nextInt(kinds.length)];
        for (int i = 0; i < pyramids.length(); i++) {
            int index = (first + i) % pyramids.length();
            if (kind(index) == wanted) {
                return pyramid(index);
            }
        }
        return pyramid(first);
    }

    private static TextureKind kind(int index) {
        TextureKind[] kinds = TextureKind.values();
        return kinds[index % kinds.length];
    }

    private float[][] pyramid(int index) {
        float[][] pyramid = pyramids.get(index);
        if (pyramid == null) {
            // Two threads may both make it; they make the same, and both use the first.
            float[][] made = halvings(
                    Textures.make(kind(index), seed.child("texture", index).draws()));
            float[][] earlier = pyramids.compareAndExchange(index, null, made);
            pyramid = earlier == null ? made : earlier;
        }
        return pyramid;
    }

    private static float[][] halvings(GrayImage tile) {
        float[][] levels = new float[LEVELS][];
        levels[0] = tile.pixels();
        int side = tile.width();
        for (int level = 1; level < LEVELS; level++) {
            float[] in = levels[level - 1];
            side /= 2;
            float[] out = new float[side * side];
            for (int y = 0; y < side; y++) {
                for (int x = 0; x < side; x++) {
                    int i = 4 * y * side + 2 * x;
                    out[y * side + x] = 0.25f * (in[i] + in[i + 1] + in[i + 2 * side] + in[i + 2 * side + 1]);
                }
            }
            levels[level] = out;
        }
        return levels;
    }
}
