/** A training that can be killed at any moment. Start at {@link io.tiepoint.train.run.TrainingLoop}. */
@CheckReturnValue
@NullMarked
package io.tiepoint.train.run;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
