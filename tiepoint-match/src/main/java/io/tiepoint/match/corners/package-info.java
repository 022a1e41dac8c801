/** Classical corner detectors, to compare with. Start at {@link io.tiepoint.match.corners.CornerDetector}. */
@CheckReturnValue
@NullMarked
package io.tiepoint.match.corners;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
