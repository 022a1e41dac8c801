/** Two views with exact truth. Start at {@link io.tiepoint.synthetic.pairs.HomographyPairs}. */
@CheckReturnValue
@NullMarked
package io.tiepoint.synthetic.pairs;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
