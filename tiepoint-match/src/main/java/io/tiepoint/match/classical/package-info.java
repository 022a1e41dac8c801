/** OpenCV's classical features, as baselines. Start at {@link io.tiepoint.match.classical.SiftExtractor}. */
@CheckReturnValue
@NullMarked
package io.tiepoint.match.classical;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
