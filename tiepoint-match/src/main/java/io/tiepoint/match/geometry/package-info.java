/** Robust estimation of two-view geometry with OpenCV. Start at {@link io.tiepoint.match.geometry.OpenCvRobustEstimator}. */
@CheckReturnValue
@NullMarked
package io.tiepoint.match.geometry;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
