/** Synthetic shapes whose corners are known exactly. Start at {@link io.tiepoint.synthetic.shapes.ShapesGenerator}. */
@CheckReturnValue
@NullMarked
package io.tiepoint.synthetic.shapes;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
