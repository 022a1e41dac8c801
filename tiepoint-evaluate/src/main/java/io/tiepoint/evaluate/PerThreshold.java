package io.tiepoint.evaluate;

import java.util.function.DoubleFunction;

/**
 * A value at each of the three thresholds that homographies are judged with: 1, 3 and 5 px.
 *
 * @param at1Px at 1 px
 * @param at3Px at 3 px
 * @param at5Px at 5 px
 */
public record PerThreshold<T>(T at1Px, T at3Px, T at5Px) {
    /** Asks for the value at 1, at 3 and at 5 px. */
    public static <T> PerThreshold<T> of(DoubleFunction<T> valueAtPx) {
        return new PerThreshold<>(valueAtPx.apply(1), valueAtPx.apply(3), valueAtPx.apply(5));
    }

    /** The value at 1, 3 or 5 px. */
    public T at(double px) {
        if (px == 1) {
            return at1Px;
        }
        if (px == 3) {
            return at3Px;
        }
        if (px == 5) {
            return at5Px;
        }
        throw new IllegalArgumentException("px: expected 1, 3 or 5, found " + px);
    }
}
