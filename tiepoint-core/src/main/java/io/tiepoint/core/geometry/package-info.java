/** Points, pixel frames and the maps between two views. Start at {@link io.tiepoint.core.geometry.Homography}. */
@CheckReturnValue
@NullMarked
package io.tiepoint.core.geometry;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
