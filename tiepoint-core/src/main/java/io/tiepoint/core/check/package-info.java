/** Checks of arguments. Start at {@link io.tiepoint.core.check.Check}. */
@CheckReturnValue
@NullMarked
package io.tiepoint.core.check;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
