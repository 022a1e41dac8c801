package io.tiepoint.evaluate;

import java.util.function.DoubleFunction;

/**
 * A value at each of the three angles that poses are judged with: 5, 10 and 20 degrees.
 *
 * @param at5Deg at 5 degrees
 * @param at10Deg at 10 degrees
 * @param at20Deg at 20 degrees
 */
public record PerAngle<T>(T at5Deg, T at10Deg, T at20Deg) {
    /** Asks for the value at 5, at 10 and at 20 degrees. */
    public static <T> PerAngle<T> of(DoubleFunction<T> valueAtDeg) {
        return new PerAngle<>(valueAtDeg.apply(5), valueAtDeg.apply(10), valueAtDeg.apply(20));
    }
}
