/** Synthetic data sets as files. Start at {@link io.tiepoint.app.synth.SyntheticSet}. */
@CheckReturnValue
@NullMarked
package io.tiepoint.app.synth;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
