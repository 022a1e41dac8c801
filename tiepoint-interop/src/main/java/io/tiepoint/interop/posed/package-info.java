/**
 * Photographs of known cameras, places and depth, in pairs: the common form of what real data sets hold. Start at
 * {@link io.tiepoint.interop.posed.PosedScenes}.
 */
@CheckReturnValue
@NullMarked
package io.tiepoint.interop.posed;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
