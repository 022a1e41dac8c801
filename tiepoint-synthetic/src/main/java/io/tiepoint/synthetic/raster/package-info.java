/** Drawing with exact area coverage, and blurs. Start at {@link io.tiepoint.synthetic.raster.Canvas}. */
@CheckReturnValue
@NullMarked
package io.tiepoint.synthetic.raster;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
