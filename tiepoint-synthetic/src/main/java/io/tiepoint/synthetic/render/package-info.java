/** Views of scenes with exact truth. Start at {@link io.tiepoint.synthetic.render.Renderer}. */
@CheckReturnValue
@NullMarked
package io.tiepoint.synthetic.render;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
