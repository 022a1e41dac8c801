/** Matching by the similarity of descriptors alone. Start at {@link io.tiepoint.match.nearest.MutualNearestMatcher}. */
@CheckReturnValue
@NullMarked
package io.tiepoint.match.nearest;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
