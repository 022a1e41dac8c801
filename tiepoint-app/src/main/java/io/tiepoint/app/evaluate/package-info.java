/** What {@code tiepoint evaluate} evaluates on and with. Start at {@link io.tiepoint.app.evaluate.PairData}. */
@CheckReturnValue
@NullMarked
package io.tiepoint.app.evaluate;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
