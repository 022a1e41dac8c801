package io.tiepoint.synthetic.shapes;

/**
 * Brightness that changes evenly.
 *
 * @param x where it is nothing, px
 * @param y likewise
 * @param slopeX change for each px
 * @param slopeY likewise
 */
record Gradient(float x, float y, float slopeX, float slopeY) {
    /** A gradient of up to an amount over the image's shorter side. */
    static Gradient draw(double most, Drawing drawing) {
        double angle = drawing.draws.nextDouble(0, 2 * Math.PI);
        double slope = drawing.draws.nextDouble(0, most) / drawing.shorterSide;
        return new Gradient(
                drawing.size.width() / 2f, drawing.size.height() / 2f, (float) (slope * StrictMath.cos(angle)), (float)
                        (slope * StrictMath.sin(angle)));
    }

    float at(int column, int row) {
        return slopeX * (column - x) + slopeY * (row - y);
    }
}
