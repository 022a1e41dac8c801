/** Randomness that is an argument. Start at {@link io.tiepoint.core.random.Seed}. */
@CheckReturnValue
@NullMarked
package io.tiepoint.core.random;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
