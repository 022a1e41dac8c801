/** Detector, matcher and homography metrics, the protocol that applies them, and its report. Start at {@link io.tiepoint.evaluate.PairEvaluation}. */
@CheckReturnValue
@NullMarked
package io.tiepoint.evaluate;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
