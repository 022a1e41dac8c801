package io.tiepoint.synthetic.render;

import io.tiepoint.synthetic.scenes.Texture;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Looks a texture up where a pixel covers a parallelogram of it: several looks along its longer side, and half as many in the next
 * halving (trilinear, anisotropic). Aimed once for several pixels side by side; between the texels in whole numbers, with two
 * readings of memory for each look. For one thread.
 */
final class TextureSampler {
    /** Parts of a texel; positions are given in them. */
    static final int PARTS = 256;

    private static final int PART_BITS = 8;
    /** Two texels side by side. */
    private static final VarHandle PAIR = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);

    private static final int LANES = 0x00ff00ff;
    private static final int LANE = 0xffff;
    /** By number of looks: what the sum of so many is multiplied with. */
    private static final float[] LOOK_SCALES = new float[17];
    /** By number of looks: its logarithm to base 2. */
    private static final float[] LOG_LOOKS = new float[17];

    private static final int RATIO_STEPS = 4;
    /** By the logarithm of the ratio of the sides: how many looks they need. */
    private static final int[] LOOKS = new int[4 * RATIO_STEPS];

    static {
        for (int looks = 1; looks < LOOK_SCALES.length; looks++) {
            LOOK_SCALES[looks] = 1f / (PARTS * PARTS * looks);
            LOG_LOOKS[looks] = log2(looks);
        }
        for (int i = 0; i < LOOKS.length; i++) {
            LOOKS[i] = (int) (StrictMath.pow(2, (i + 0.5) / RATIO_STEPS) + 0.5);
        }
    }

    /** A share of a halving that is not worth a look; the rest grows the faster. */
    private static final float LITTLE = 0.15f;

    private byte[] sharp = new byte[1];
    private byte[] soft = sharp;
    private int level;
    private int bits;
    private int sharpLooks;
    private int softLooks;
    private float longer;
    private float low;
    private float sharpScale;
    private float softScale;
    /** From the centre of the pixels to each look, in parts of a texel: u, v. */
    private final int[] sharpAside = new int[2 * LOOK_SCALES.length];

    private final int[] softAside = new int[2 * LOOK_SCALES.length];

    /**
     * Prepares for one look in each pixel, in the nearest halving: enough for a structure of little contrast.
     *
     * @param halvings logarithm to base 2 of the longer side of what a pixel covers, texels
     */
    void aimOnce(Texture texture, float halvings) {
        level = Math.min((int) (Math.max(halvings, 0f) + 0.5f), texture.levels() - 1);
        bits = Integer.numberOfTrailingZeros(texture.side()) - level;
        sharp = texture.bytes()[level];
        sharpLooks = 1;
        softLooks = 0;
        low = texture.low();
        sharpScale = texture.step() * LOOK_SCALES[1];
        spread(1, 0, 0, level, sharpAside);
    }

    /** Logarithm to base 2 of the longer side that was aimed at, texels. */
    float halvings() {
        return 0.5f * longer;
    }

    /**
     * Prepares for pixels that cover a parallelogram.
     *
     * @param d du/dx, dv/dx, du/dy, dv/dy: its sides; texels
     * @param mostLooks along the longer side
     */
    void aim(Texture texture, double[] d, int mostLooks) {
        double squaredX = d[0] * d[0] + d[1] * d[1];
        double squaredY = d[2] * d[2] + d[3] * d[3];
        boolean alongX = squaredX > squaredY;
        longer = log2((float) (alongX ? squaredX : squaredY));
        sharpLooks = 1;
        float wanted = 0f;
        if (longer > 0f) {
            // The longer side over the shorter one is its square over the area.
            float ratio = longer - log2((float) Math.abs(d[0] * d[3] - d[1] * d[2]));
            int step = Math.min(Math.max((int) (ratio * RATIO_STEPS), 0), LOOKS.length - 1);
            sharpLooks = Math.min(LOOKS[step], mostLooks);
            wanted = Math.max(0.5f * longer - LOG_LOOKS[sharpLooks], 0f);
        }
        float share = choose(texture, wanted);
        softLooks = share == 0f ? 0 : (sharpLooks + 1) / 2;
        low = texture.low();
        sharpScale = (1f - share) * texture.step() * LOOK_SCALES[sharpLooks];
        softScale = share * texture.step() * LOOK_SCALES[softLooks];
        double stepU = PARTS * (alongX ? d[0] : d[2]);
        double stepV = PARTS * (alongX ? d[1] : d[3]);
        spread(sharpLooks, stepU, stepV, level, sharpAside);
        spread(softLooks, stepU, stepV, level + 1, softAside);
    }

    /** From the centre of a pixel to its looks, and half a texel back, to the centre of the texel that is the upper left one of four. */
    private static void spread(int looks, double stepU, double stepV, int halvings, int[] aside) {
        int half = (PARTS / 2) << halvings;
        for (int look = 0; look < looks; look++) {
            double along = (look + 0.5) / looks - 0.5;
            aside[2 * look] = (int) (along * stepU) - half;
            aside[2 * look + 1] = (int) (along * stepV) - half;
        }
    }

    /** Takes the two halvings about a wanted one, and returns the share of the smaller one. */
    private float choose(Texture texture, float wanted) {
        int last = texture.levels() - 1;
        int lower = Math.min((int) wanted, last);
        float share = lower == last ? 0f : Math.max((wanted - lower - LITTLE) / (1f - 2f * LITTLE), 0f);
        if (share >= 1f) {
            lower++;
            share = 0f;
        }
        level = lower;
        bits = Integer.numberOfTrailingZeros(texture.side()) - lower;
        byte[][] texels = texture.bytes();
        sharp = texels[lower];
        soft = share == 0f ? sharp : texels[lower + 1];
        return share;
    }

    /**
     * The means over some parallelograms.
     *
     * @param u their centres, in parts of a texel of another texture
     * @param v likewise
     * @param ratio texels of this texture for each of that one
     * @param count how many
     * @param means written to
     */
    void sample(double[] u, double[] v, double ratio, int count, float[] means) {
        if (sharpLooks == 1) {
            int half = sharpAside[0];
            for (int i = 0; i < count; i++) {
                int x = ((int) (u[i] * ratio) + half) >> level;
                int y = ((int) (v[i] * ratio) + half) >> level;
                means[i] = low + sharpScale * bilinear(sharp, bits, x, y);
            }
        } else {
            for (int i = 0; i < count; i++) {
                int sum = sum(sharp, bits, level, (int) (u[i] * ratio), (int) (v[i] * ratio));
                means[i] = low + sharpScale * sum;
            }
        }
        if (softLooks > 0) {
            for (int i = 0; i < count; i++) {
                int sum = sum(soft, bits - 1, level + 1, (int) (u[i] * ratio), (int) (v[i] * ratio));
                means[i] += softScale * sum;
            }
        }
    }

    private int sum(byte[] texels, int sideBits, int halvings, int u, int v) {
        boolean softly = halvings > level;
        int[] aside = softly ? softAside : sharpAside;
        int end = 2 * (softly ? softLooks : sharpLooks);
        int sum = 0;
        for (int i = 0; i < end; i += 2) {
            sum += bilinear(texels, sideBits, (u + aside[i]) >> halvings, (v + aside[i + 1]) >> halvings);
        }
        return sum;
    }

    /**
     * The texel at a position in one halving.
     *
     * @param u texels of the texture itself
     * @param v likewise
     */
    static float atLevel(Texture texture, double u, double v, int level) {
        int existing = Math.min(level, texture.levels() - 1);
        int sideBits = Integer.numberOfTrailingZeros(texture.side()) - existing;
        int x = ((int) (u * PARTS) >> existing) - PARTS / 2;
        int y = ((int) (v * PARTS) >> existing) - PARTS / 2;
        return texture.low() + texture.step() * LOOK_SCALES[1] * bilinear(texture.bytes()[existing], sideBits, x, y);
    }

    /** Between four texels, times the square of the parts of a texel. Two lanes of 16 bits take the upper and the lower pair. */
    private static int bilinear(byte[] texels, int sideBits, int u, int v) {
        int mask = (1 << sideBits) - 1;
        int column = (u >> PART_BITS) & mask;
        int row = (v >> PART_BITS) & mask;
        int at = (row << sideBits) + row + column;
        int four = ((short) PAIR.get(texels, at) & LANE) | (short) PAIR.get(texels, at + mask + 2) << 16;
        int left = four & LANES;
        int right = (four >>> 8) & LANES;
        int rows = (left << PART_BITS) + (right - left) * (u & (PARTS - 1));
        int upper = rows & LANE;
        return (upper << PART_BITS) + ((rows >>> 16) - upper) * (v & (PARTS - 1));
    }

    /** Logarithm to base 2, linear between the powers of two: the same on every machine. */
    static float log2(float value) {
        return Float.floatToRawIntBits(value) * (1f / (1 << 23)) - 127f;
    }
}
