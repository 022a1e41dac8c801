/** Scenes as files for other programs. Start at {@link io.tiepoint.synthetic.gltf.GltfFiles}. */
@CheckReturnValue
@NullMarked
package io.tiepoint.synthetic.gltf;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
