/** Depth maps in the files of others. Start at {@link io.tiepoint.interop.depth.DepthFiles}. */
@CheckReturnValue
@NullMarked
package io.tiepoint.interop.depth;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
