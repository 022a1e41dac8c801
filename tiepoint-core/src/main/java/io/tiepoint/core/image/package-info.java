/** Images, their sizes and their files. Start at {@link io.tiepoint.core.image.GrayImage}. */
@CheckReturnValue
@NullMarked
package io.tiepoint.core.image;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
