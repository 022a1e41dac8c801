/** Inputs, weights and outputs of the reference networks. Start at {@link io.tiepoint.testkit.parity.ParityWeights}. */
@CheckReturnValue
@NullMarked
package io.tiepoint.testkit.parity;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
