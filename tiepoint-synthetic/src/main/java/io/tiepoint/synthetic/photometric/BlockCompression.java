package io.tiepoint.synthetic.photometric;

import io.tiepoint.core.image.ImageSize;

/** Quantises the cosine transform of blocks of 8x8 pixels with JPEG's luminance table (ITU-T T.81, table K.1). */
final class BlockCompression {
    private static final int[] TABLE = {
        16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56, 14, 17, 22, 29,
        51, 87, 80, 62, 18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92, 49, 64, 78, 87, 103, 121,
        120, 101, 72, 92, 95, 98, 112, 100, 103, 99
    };
    private static final float[] COSINES = cosines();

    private BlockCompression() {}

    private static float[] cosines() {
        float[] basis = new float[64];
        for (int k = 0; k < 8; k++) {
            double scale = k == 0 ? Math.sqrt(0.125) : 0.5;
            for (int n = 0; n < 8; n++) {
                basis[8 * k + n] = (float) (scale * StrictMath.cos((2 * n + 1) * k * Math.PI / 16));
            }
        }
        return basis;
    }

    /**
     * Quantises in place.
     *
     * @param quality as libjpeg counts it, 1 to 100
     */
    static void apply(float[] pixels, ImageSize size, double quality) {
        double percent = quality < 50 ? 5000 / Math.max(quality, 1) : 200 - 2 * quality;
        float[] steps = new float[64];
        for (int i = 0; i < 64; i++) {
            steps[i] = (float) (Math.min(Math.max(Math.floor((TABLE[i] * percent + 50) / 100), 1), 255) / 255);
        }
        float[] block = new float[64];
        float[] work = new float[64];
        for (int y = 0; y < size.height(); y += 8) {
            for (int x = 0; x < size.width(); x += 8) {
                copy(pixels, size, x, y, block);
                transform(block, work, true);
                for (int i = 0; i < 64; i++) {
                    block[i] = (float) Math.rint(block[i] / steps[i]) * steps[i];
                }
                transform(block, work, false);
                paste(pixels, size, x, y, block);
            }
        }
    }

    private static void copy(float[] pixels, ImageSize size, int x, int y, float[] block) {
        for (int r = 0; r < 8; r++) {
            int start = Math.min(y + r, size.height() - 1) * size.width();
            for (int c = 0; c < 8; c++) {
                block[8 * r + c] = pixels[start + Math.min(x + c, size.width() - 1)] - 0.5f;
            }
        }
    }

    private static void paste(float[] pixels, ImageSize size, int x, int y, float[] block) {
        for (int r = 0; r < 8 && y + r < size.height(); r++) {
            for (int c = 0; c < 8 && x + c < size.width(); c++) {
                pixels[(y + r) * size.width() + x + c] = block[8 * r + c] + 0.5f;
            }
        }
    }

    /** Multiplies by the cosines from both sides: forward {@code C B Ct}, backward {@code Ct B C}. */
    private static void transform(float[] block, float[] work, boolean forward) {
        for (int r = 0; r < 8; r++) {
            for (int k = 0; k < 8; k++) {
                float sum = 0;
                for (int n = 0; n < 8; n++) {
                    sum += block[8 * r + n] * (forward ? COSINES[8 * k + n] : COSINES[8 * n + k]);
                }
                work[8 * r + k] = sum;
            }
        }
        for (int c = 0; c < 8; c++) {
            for (int k = 0; k < 8; k++) {
                float sum = 0;
                for (int n = 0; n < 8; n++) {
                    sum += work[8 * n + c] * (forward ? COSINES[8 * k + n] : COSINES[8 * n + k]);
                }
                block[8 * k + c] = sum;
            }
        }
    }
}
