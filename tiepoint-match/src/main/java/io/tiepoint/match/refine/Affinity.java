package io.tiepoint.match.refine;

/**
 * How the surroundings of a point of view 0 lie in view 1: an offset (x, y) becomes (a x + b y, c x + d y).
 *
 * @param a from x to x
 * @param b from y to x
 * @param c from x to y
 * @param d from y to y
 */
record Affinity(double a, double b, double c, double d) {
    static final Affinity IDENTITY = new Affinity(1, 0, 0, 1);

    /** Factor of areas; negative if it mirrors. */
    double determinant() {
        return a * d - b * c;
    }

    Affinity inverse() {
        double determinant = determinant();
        return new Affinity(d / determinant, -b / determinant, -c / determinant, a / determinant);
    }

    Affinity times(double factor) {
        return new Affinity(factor * a, factor * b, factor * c, factor * d);
    }

    /** Px of view 1 for each px of view 0, as the root of the ratio of areas. */
    double scale() {
        return Math.sqrt(Math.abs(determinant()));
    }
}
