/** What each network is trained to do. Start at {@link io.tiepoint.train.loss.DetectorLoss}. */
@CheckReturnValue
@NullMarked
package io.tiepoint.train.loss;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
