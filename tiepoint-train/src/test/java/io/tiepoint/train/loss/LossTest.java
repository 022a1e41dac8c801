package io.tiepoint.train.loss;

import io.tiepoint.train.torch.Tensors;
import io.tiepoint.train.torch.Torch;
import org.assertj.core.data.Offset;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** Each test's tensors are freed after it. */
abstract class LossTest {
    static final Offset<Double> CLOSE = Offset.offset(1e-6);

    private @org.jspecify.annotations.Nullable PointerScope scope;

    @BeforeAll
    static void load() {
        Torch.load(1);
    }

    @BeforeEach
    void openScope() {
        scope = new PointerScope();
    }

    @AfterEach
    void closeScope() {
        if (scope != null) {
            scope.close();
        }
    }

    /** A leaf whose gradient can be asked for. */
    static Tensor leaf(float[] values, long... shape) {
        Tensor tensor = Tensors.of(values, shape);
        tensor.set_requires_grad(true);
        return tensor;
    }
}
