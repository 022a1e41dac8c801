/** Matching two images in a few lines. Start at {@link io.tiepoint.match.Tiepoint}. */
@CheckReturnValue
@NullMarked
package io.tiepoint.match;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
