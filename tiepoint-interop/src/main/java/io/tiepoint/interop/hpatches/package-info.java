/** The HPatches sequences. Start at {@link io.tiepoint.interop.hpatches.HPatches}. */
@CheckReturnValue
@NullMarked
package io.tiepoint.interop.hpatches;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
