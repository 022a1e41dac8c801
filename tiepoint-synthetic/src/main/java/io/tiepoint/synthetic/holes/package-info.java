/** Depth maps as multi-view stereo leaves them. Start at {@link io.tiepoint.synthetic.holes.Holes}. */
@CheckReturnValue
@NullMarked
package io.tiepoint.synthetic.holes;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
