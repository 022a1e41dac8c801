package io.tiepoint.synthetic.shapes;

import io.tiepoint.core.random.Draws;

/** Draws brightnesses that stand out. */
final class Colors {
    private static final int TRIES = 20;

    private final Draws draws;
    private final float background;
    private final float minContrast;
    private final float minPartContrast;

    Colors(Draws draws, float background, double minContrast, double minPartContrast) {
        this.draws = draws;
        this.background = background;
        this.minContrast = (float) minContrast;
        this.minPartContrast = (float) minPartContrast;
    }

    /** A brightness that differs from the background's mean. */
    float next() {
        float color = draws.nextFloat();
        return Math.abs(color - background) < minContrast ? wrap(color + 0.5f) : color;
    }

    /** A brightness that differs from the background and, if 20 tries find one, from the neighbouring parts. */
    float differentFrom(float... neighbours) {
        float color = next();
        for (int i = 0; i < TRIES && isNear(color, neighbours); i++) {
            color = next();
        }
        return color;
    }

    /** What a soft spot adds to the background at its middle. */
    double amplitude() {
        return next() - background;
    }

    private boolean isNear(float color, float... neighbours) {
        for (float neighbour : neighbours) {
            if (Math.abs(color - neighbour) < minPartContrast) {
                return true;
            }
        }
        return false;
    }

    /** A brightness near the opposite one. */
    float oppositeOf(float color) {
        return wrap(color + 0.5f + (float) draws.nextDouble(-0.25, 0.25));
    }

    private static float wrap(float color) {
        return color - (float) Math.floor(color);
    }
}
