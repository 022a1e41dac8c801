/** Text in real fonts, as outlines. Start at {@link io.tiepoint.synthetic.text.Face}. */
@CheckReturnValue
@NullMarked
package io.tiepoint.synthetic.text;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
