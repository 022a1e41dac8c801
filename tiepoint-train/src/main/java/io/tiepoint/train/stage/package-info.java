/** The stages, in their order. Start at {@link io.tiepoint.train.stage.Learn}. */
@CheckReturnValue
@NullMarked
package io.tiepoint.train.stage;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
