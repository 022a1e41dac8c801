/** MegaDepth as its users keep it. Start at {@link io.tiepoint.interop.megadepth.MegaDepth}. */
@CheckReturnValue
@NullMarked
package io.tiepoint.interop.megadepth;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
