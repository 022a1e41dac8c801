package io.tiepoint.train.torch;

import static org.bytedeco.pytorch.global.torch.conv2d;
import static org.bytedeco.pytorch.global.torch.randn;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch.MemoryFormat;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** In what the convolutions and linear layers of a training compute; parameters and losses are always float32. */
public enum Precision {
    /** 32 bits. */
    FLOAT32,
    /** bfloat16: about twice as fast where the CPU has instructions for it, and many times slower where it has not. */
    BFLOAT16,
    /** Whichever is faster on this machine; {@link #resolve} says which. */
    AUTO;

    private static final int WARM_UP = 2;
    private static final int TRIALS = 5;

    /** Measures a convolution in both if this is {@link #AUTO}, and takes the faster one. */
    public Precision resolve() {
        if (this != AUTO) {
            return this;
        }
        return median(ScalarType.BFloat16) < 0.9 * median(ScalarType.Float) ? BFLOAT16 : FLOAT32;
    }

    private static long median(ScalarType type) {
        try (PointerScope scope = new PointerScope();
                NoGradGuard guard = new NoGradGuard()) {
            Tensor x = randn(4, 64, 30, 40).to(type).contiguous(MemoryFormat.ChannelsLast);
            Tensor weight = randn(64, 64, 3, 3).to(type);
            TensorOptional bias = new TensorOptional(randn(64).to(type));
            long[] ones = {1, 1};
            long[] nanos = new long[TRIALS];
            for (int i = -WARM_UP; i < TRIALS; i++) {
                long start = System.nanoTime();
                conv2d(x, weight, bias, ones, ones, ones, 1);
                if (i >= 0) {
                    nanos[i] = System.nanoTime() - start;
                }
            }
            java.util.Arrays.sort(nanos);
            return nanos[TRIALS / 2];
        }
    }
}
