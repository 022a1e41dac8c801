/** Pictures to look at. Start at {@link io.tiepoint.synthetic.preview.ContactSheet}. */
@CheckReturnValue
@NullMarked
package io.tiepoint.synthetic.preview;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
