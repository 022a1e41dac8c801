/**
 * The architectures whose weights can be taken from elsewhere: which tensors they have, under which names others publish them, and
 * how they become model files. Start at {@link io.tiepoint.train.architecture.WeightImport}.
 */
@CheckReturnValue
@NullMarked
package io.tiepoint.train.architecture;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
