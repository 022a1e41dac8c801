package io.tiepoint.synthetic.shapes;

import io.tiepoint.core.random.Draws;
import io.tiepoint.core.random.Seed;

/** A mottled texture: smooth noise, as the published generator makes by blurring thousands of blobs. */
final class Mottle {
    /** Standard deviation of the published texture, about 20 of 255. */
    private static final float AMPLITUDE = 20 / 255f;

    private static final int SIDE = 64;
    private static final float[] NOISE = noise();

    private final float cellPx;
    private final int offsetX;
    private final int offsetY;

    Mottle(int shorterSide, Draws draws) {
        cellPx = (float) (draws.nextDouble(50 / 960.0, 100 / 960.0) * shorterSide);
        offsetX = draws.nextInt(SIDE);
        offsetY = draws.nextInt(SIDE);
    }

    private static float[] noise() {
        Draws draws = new Seed(0).child("mottle").draws();
        float[] values = new float[SIDE * SIDE];
        for (int i = 0; i < values.length; i++) {
            values[i] = AMPLITUDE * (float) draws.nextGaussian();
        }
        return values;
    }

    float at(int column, int row) {
        float u = column / cellPx;
        float v = row / cellPx;
        int x = (int) u;
        int y = (int) v;
        float fx = u - x;
        float fy = v - y;
        int x0 = (x + offsetX) % SIDE;
        int x1 = (x0 + 1) % SIDE;
        int y0 = (y + offsetY) % SIDE * SIDE;
        int y1 = (y + offsetY + 1) % SIDE * SIDE;
        float top = NOISE[y0 + x0] + fx * (NOISE[y0 + x1] - NOISE[y0 + x0]);
        float bottom = NOISE[y1 + x0] + fx * (NOISE[y1 + x1] - NOISE[y1 + x0]);
        return top + fy * (bottom - top);
    }
}
