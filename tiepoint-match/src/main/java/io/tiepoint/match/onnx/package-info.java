/** Learned features and matchers from ONNX files. Start at {@link io.tiepoint.match.onnx.TiepointModels}. */
@CheckReturnValue
@NullMarked
package io.tiepoint.match.onnx;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
