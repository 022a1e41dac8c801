/** Pictures of what was found. Start at {@link io.tiepoint.app.picture.MatchPicture}. */
@CheckReturnValue
@NullMarked
package io.tiepoint.app.picture;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
