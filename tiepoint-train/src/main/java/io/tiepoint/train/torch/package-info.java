/** Libtorch: its set-up, its tensors, and the networks' operations on them. Start at {@link io.tiepoint.train.torch.TorchOps}. */
@CheckReturnValue
@NullMarked
package io.tiepoint.train.torch;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
