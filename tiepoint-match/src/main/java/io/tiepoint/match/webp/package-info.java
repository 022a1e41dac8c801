/** Images as WebP files. Start at {@link io.tiepoint.match.webp.WebpEncoder}. */
@CheckReturnValue
@NullMarked
package io.tiepoint.match.webp;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
