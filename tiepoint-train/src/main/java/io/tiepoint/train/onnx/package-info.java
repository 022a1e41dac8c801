/** Trained networks as ONNX files with their model cards. Start at {@link io.tiepoint.train.onnx.OnnxExport}. */
@CheckReturnValue
@NullMarked
package io.tiepoint.train.onnx;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
