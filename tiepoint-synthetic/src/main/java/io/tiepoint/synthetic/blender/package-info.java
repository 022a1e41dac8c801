/** Scenes rendered by Blender. Start at {@link io.tiepoint.synthetic.blender.BlenderRenderer}. */
@CheckReturnValue
@NullMarked
package io.tiepoint.synthetic.blender;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
