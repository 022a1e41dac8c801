/** NumPy's files: {@code .npy} and {@code .npz}. Start at {@link io.tiepoint.interop.npy.NpyArray}. */
@CheckReturnValue
@NullMarked
package io.tiepoint.interop.npy;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
