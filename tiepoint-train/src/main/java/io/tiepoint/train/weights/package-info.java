/**
 * Files of named tensors: safetensors, PyTorch's {@code .pth}, and the constants of an ONNX file. Reading one executes nothing and
 * needs no libtorch. Start at {@link io.tiepoint.train.weights.WeightFile}.
 */
@CheckReturnValue
@NullMarked
package io.tiepoint.train.weights;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
