package io.tiepoint.train.run;

import io.tiepoint.core.random.Draws;
import io.tiepoint.core.random.Seed;
import io.tiepoint.train.network.Network;
import io.tiepoint.train.network.ParameterSpec;
import io.tiepoint.train.torch.Precision;
import io.tiepoint.train.torch.Tensors;
import io.tiepoint.train.torch.TorchOps;
import io.tiepoint.train.torch.Weights;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;

/** The smallest training there is: y = 2 a - b + 0.5 c + 1. */
class LinearRegression implements TrainingTask<LinearRegression.Batch> {
    static final Network NETWORK = () -> List.of(
            new ParameterSpec("layer.weight", List.of(1L, 3L), ParameterSpec.Init.NORMAL, 1),
            new ParameterSpec("layer.bias", List.of(1L), ParameterSpec.Init.CONSTANT, 0));
    private static final int SIZE = 8;

    private final Weights weights;
    private final TorchOps ops;

    LinearRegression(Weights weights) {
        this.weights = weights;
        this.ops = new TorchOps(weights, Precision.FLOAT32);
    }

    @SuppressWarnings("ArrayRecordComponent") // a carrier; never compared
    record Batch(float[] inputs, float[] outputs) {}

    @Override
    public Weights weights() {
        return weights;
    }

    @Override
    public Batch batch(long step) {
        Draws draws = new Seed(1).child("batch", step).draws();
        float[] inputs = new float[SIZE * 3];
        float[] outputs = new float[SIZE];
        for (int i = 0; i < SIZE; i++) {
            for (int j = 0; j < 3; j++) {
                inputs[3 * i + j] = (float) draws.nextGaussian();
            }
            outputs[i] = 2 * inputs[3 * i] - inputs[3 * i + 1] + 0.5f * inputs[3 * i + 2] + 1;
        }
        return new Batch(inputs, outputs);
    }

    private Tensor squaredError(Batch batch) {
        Tensor difference =
                ops.linear(Tensors.of(batch.inputs, SIZE, 3), "layer").sub(Tensors.of(batch.outputs, SIZE, 1));
        return difference.mul(difference).mean();
    }

    @Override
    public Loss loss(Batch batch, long step) {
        return new Loss(squaredError(batch), Map.of("step2", 2.0 * step));
    }

    @Override
    public Map<String, Double> validate() {
        Map<String, Double> figures = new LinkedHashMap<>();
        try (PointerScope scope = new PointerScope();
                NoGradGuard guard = new NoGradGuard()) {
            figures.put("score", squaredError(batch(1L << 40)).item_double());
        }
        return figures;
    }
}
