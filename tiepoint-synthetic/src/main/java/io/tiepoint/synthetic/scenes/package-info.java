/** Places made from nothing: meshes, materials and where cameras may stand. Start at {@link io.tiepoint.synthetic.scenes.SceneKind}. */
@CheckReturnValue
@NullMarked
package io.tiepoint.synthetic.scenes;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
