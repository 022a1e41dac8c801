package io.tiepoint.train.torch;

import static org.bytedeco.pytorch.global.torch.empty;

import io.tiepoint.core.check.Check;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Moves values between Java's arrays and libtorch's tensors. */
public final class Tensors {
    private Tensors() {}

    /** A new float32 tensor with these values, row-major. */
    public static Tensor of(float[] values, long... shape) {
        Tensor tensor = empty(shape);
        Check.that(tensor.numel() == values.length, "values: expected %s, found %s", tensor.numel(), values.length);
        if (values.length > 0) {
            tensor.data_ptr_float().put(values);
        }
        return tensor;
    }

    /** A new int64 tensor with these values, row-major. */
    public static Tensor of(long[] values, long... shape) {
        Tensor tensor = empty(shape, new TensorOptions(ScalarType.Long), null);
        if (values.length > 0) {
            tensor.data_ptr_long().put(values);
        }
        return tensor;
    }

    /** Copies a tensor's values as float32, row-major. */
    public static float[] toArray(Tensor tensor) {
        try (PointerScope scope = new PointerScope();
                NoGradGuard guard = new NoGradGuard()) {
            Tensor plain = tensor.detach().to(ScalarType.Float).contiguous();
            float[] values = new float[Math.toIntExact(plain.numel())];
            if (values.length > 0) {
                plain.data_ptr_float().get(values);
            }
            return values;
        }
    }
}
