/** More exact matches, from the images themselves. Start at {@link io.tiepoint.match.refine.PatchAlignment}. */
@CheckReturnValue
@NullMarked
package io.tiepoint.match.refine;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
