package io.tiepoint.synthetic.photometric;

import io.tiepoint.core.image.ImageSize;
import java.util.Arrays;

/**
 * Quantises the cosine transform of blocks of 8x8 pixels with JPEG's luminance table (ITU-T T.81, table K.1). The transform is the
 * one of Arai, Agui and Nakajima (1988), whose scales are left to the table. Along the columns it works on whole rows of pixels.
 */
final class BlockCompression {
    private static final int[] TABLE = {
        16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56, 14, 17, 22, 29,
        51, 87, 80, 62, 18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92, 49, 64, 78, 87, 103, 121,
        120, 101, 72, 92, 95, 98, 112, 100, 103, 99
    };

    private static final float HALF_SQRT2 = (float) Math.sqrt(0.5);
    private static final float SQRT2 = (float) Math.sqrt(2);
    private static final float COS2 = (float) (2 * StrictMath.cos(Math.PI / 8));
    private static final float SIN2 = (float) StrictMath.sin(Math.PI / 8);
    private static final float DIFFERENCE2 = (float) (StrictMath.cos(Math.PI / 8) - StrictMath.sin(Math.PI / 8));
    private static final float SUM2 = (float) (StrictMath.cos(Math.PI / 8) + StrictMath.sin(Math.PI / 8));
    /** Adding this leaves no room for what is behind the point. */
    private static final float ROUNDING = 0x1.8p23f;

    private final int padded;
    /** Eight rows of pixels. */
    private float[][] strip;
    /** Of the coefficients of transposed blocks, to be multiplied by: first to count the steps, then to undo it. */
    private final float[][] stepsPerUnit;

    private final float[][] unitsPerStep;

    private BlockCompression(int width, double quality) {
        padded = (width + 7) / 8 * 8;
        strip = new float[8][padded];
        double percent = quality < 50 ? 5000 / Math.max(quality, 1) : 200 - 2 * quality;
        double[] scales = new double[8];
        for (int k = 0; k < 8; k++) {
            scales[k] = k == 0 ? 1 : Math.sqrt(2) * StrictMath.cos(k * Math.PI / 16);
        }
        stepsPerUnit = new float[8][padded];
        unitsPerStep = new float[8][padded];
        for (int i = 0; i < 64; i++) {
            int u = i / 8;
            int v = i % 8;
            double step = Math.min(Math.max(Math.floor((TABLE[8 * v + u] * percent + 50) / 100), 1), 255) / 255;
            double scale = scales[u] * scales[v];
            stepsPerUnit[u][v] = (float) (1 / (8 * scale * step));
            unitsPerStep[u][v] = (float) (step * scale / 8);
        }
        for (int u = 0; u < 8; u++) {
            for (int x = 8; x < padded; x++) {
                stepsPerUnit[u][x] = stepsPerUnit[u][x - 8];
                unitsPerStep[u][x] = unitsPerStep[u][x - 8];
            }
        }
    }

    /**
     * Quantises in place.
     *
     * @param quality as libjpeg counts it, 1 to 100
     */
    static void apply(float[] pixels, ImageSize size, double quality) {
        BlockCompression compression = new BlockCompression(size.width(), quality);
        for (int row = 0; row < size.height(); row += 8) {
            compression.load(pixels, size, row);
            compression.columnsForward();
            compression.transpose();
            compression.columnsForward();
            compression.quantise();
            compression.columnsBackward();
            compression.transpose();
            compression.columnsBackward();
            compression.store(pixels, size, row);
        }
    }

    private void load(float[] pixels, ImageSize size, int row) {
        int width = size.width();
        for (int r = 0; r < 8; r++) {
            float[] line = strip[r];
            System.arraycopy(pixels, Math.min(row + r, size.height() - 1) * width, line, 0, width);
            Arrays.fill(line, width, padded, line[width - 1]);
            for (int x = 0; x < padded; x++) {
                line[x] -= 0.5f;
            }
        }
    }

    private void store(float[] pixels, ImageSize size, int row) {
        int width = size.width();
        for (int r = 0; r < 8 && row + r < size.height(); r++) {
            float[] line = strip[r];
            for (int x = 0; x < width; x++) {
                line[x] += 0.5f;
            }
            System.arraycopy(line, 0, pixels, (row + r) * width, width);
        }
    }

    /** In loops so small that the compiler makes vectors of them; each leaves its results in the rows that it takes. */
    private void columnsForward() {
        float[][] r = strip;
        butterfly(r[0], r[7]);
        butterfly(r[1], r[6]);
        butterfly(r[2], r[5]);
        butterfly(r[3], r[4]);
        evenForward(r[0], r[1], r[2], r[3]);
        oddForward(r[7], r[6], r[5], r[4]);
        strip = new float[][] {r[0], r[6], r[2], r[5], r[1], r[4], r[3], r[7]};
    }

    private void columnsBackward() {
        float[][] c = strip;
        evenBackward(c[0], c[4], c[2], c[6]);
        oddBackward(c[1], c[3], c[5], c[7]);
        butterfly(c[0], c[1]);
        butterfly(c[4], c[3]);
        butterfly(c[2], c[5]);
        butterfly(c[6], c[7]);
        strip = new float[][] {c[0], c[4], c[2], c[6], c[7], c[5], c[3], c[1]};
    }

    private static void butterfly(float[] a, float[] b) {
        for (int x = 0; x < a.length; x++) {
            float sum = a[x] + b[x];
            float difference = a[x] - b[x];
            a[x] = sum;
            b[x] = difference;
        }
    }

    /** Leaves the coefficients 0, 4, 2, 6. */
    private static void evenForward(float[] a, float[] b, float[] c, float[] d) {
        for (int x = 0; x < a.length; x++) {
            float outer = a[x] + d[x];
            float inner = b[x] + c[x];
            float difference = a[x] - d[x];
            float turned = (b[x] - c[x] + difference) * HALF_SQRT2;
            a[x] = outer + inner;
            b[x] = outer - inner;
            c[x] = difference + turned;
            d[x] = difference - turned;
        }
    }

    /** Leaves the coefficients 7, 1, 3, 5. */
    private static void oddForward(float[] a, float[] b, float[] c, float[] d) {
        for (int x = 0; x < a.length; x++) {
            float near = d[x] + c[x];
            float middle = (c[x] + b[x]) * HALF_SQRT2;
            float far = b[x] + a[x];
            float both = (near - far) * SIN2;
            float low = near * DIFFERENCE2 + both;
            float high = far * SUM2 + both;
            float plus = a[x] + middle;
            float minus = a[x] - middle;
            a[x] = plus - high;
            b[x] = plus + high;
            c[x] = minus - low;
            d[x] = minus + low;
        }
    }

    /** Takes the coefficients 0, 4, 2, 6; leaves the even parts of rows 0, 1, 2, 3. */
    private static void evenBackward(float[] a, float[] b, float[] c, float[] d) {
        for (int x = 0; x < a.length; x++) {
            float plus = a[x] + b[x];
            float minus = a[x] - b[x];
            float sum = c[x] + d[x];
            float difference = (c[x] - d[x]) * SQRT2 - sum;
            a[x] = plus + sum;
            b[x] = minus + difference;
            c[x] = minus - difference;
            d[x] = plus - sum;
        }
    }

    /** Takes the coefficients 1, 3, 5, 7; leaves the odd parts of rows 0, 1, 2, 3. */
    private static void oddBackward(float[] a, float[] b, float[] c, float[] d) {
        for (int x = 0; x < a.length; x++) {
            float inner = c[x] + b[x];
            float turnedInner = c[x] - b[x];
            float outer = a[x] + d[x];
            float turnedOuter = a[x] - d[x];
            float odd0 = outer + inner;
            float both = (turnedInner + turnedOuter) * COS2;
            float odd1 = both - turnedInner * (2 * SUM2) - odd0;
            float odd2 = (outer - inner) * SQRT2 - odd1;
            a[x] = odd0;
            b[x] = odd1;
            c[x] = odd2;
            d[x] = both - turnedOuter * (2 * DIFFERENCE2) - odd2;
        }
    }

    /** Turns every block over its diagonal, so that what works along the columns works along the rows. */
    private void transpose() {
        for (int r = 0; r < 7; r++) {
            for (int c = r + 1; c < 8; c++) {
                float[] upper = strip[r];
                float[] lower = strip[c];
                for (int x = 0; x < padded; x += 8) {
                    float swap = upper[x + c];
                    upper[x + c] = lower[x + r];
                    lower[x + r] = swap;
                }
            }
        }
    }

    private void quantise() {
        for (int r = 0; r < 8; r++) {
            float[] line = strip[r];
            float[] perUnit = stepsPerUnit[r];
            float[] perStep = unitsPerStep[r];
            for (int x = 0; x < padded; x++) {
                float steps = line[x] * perUnit[x] + ROUNDING - ROUNDING;
                line[x] = steps * perStep[x];
            }
        }
    }
}
