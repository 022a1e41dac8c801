/** COLMAP's reconstructions. Start at {@link io.tiepoint.interop.colmap.ColmapScene}. */
@CheckReturnValue
@NullMarked
package io.tiepoint.interop.colmap;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
