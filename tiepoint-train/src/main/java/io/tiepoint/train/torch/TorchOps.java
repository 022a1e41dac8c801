package io.tiepoint.train.torch;

import io.tiepoint.train.network.Ops;
import java.util.List;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.MemoryFormat;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * The operations on libtorch's tensors. Every result belongs to the innermost open {@code PointerScope}; nothing may leave it.
 */
public final class TorchOps implements Ops<Tensor> {
    /** Share of a step in the running statistics of batch normalisations. */
    private static final double MOMENTUM = 0.1;

    private final Weights weights;
    private final Precision precision;
    private final boolean training;

    /** Computes with these weights; gradients flow to those that record them. */
    public TorchOps(Weights weights, Precision precision) {
        this(weights, precision, false);
    }

    private TorchOps(Weights weights, Precision precision, boolean training) {
        this.weights = weights;
        this.precision = precision;
        this.training = training;
    }

    /**
     * The same in a step of training: batch normalisations take the statistics of the batch, and their running statistics among
     * the weights follow.
     */
    public TorchOps training() {
        return new TorchOps(weights, precision, true);
    }

    /** The weights it computes with. */
    public Weights weights() {
        return weights;
    }

    @Override
    public Tensor parameter(String name) {
        return weights.get(name);
    }

    private Tensor computing(Tensor tensor) {
        return precision == Precision.BFLOAT16 ? tensor.to(ScalarType.BFloat16) : tensor;
    }

    @Override
    public long size(String name, int dimension) {
        return weights.get(name).size(dimension);
    }

    @Override
    public Tensor conv2d(Tensor x, String layer, int stride) {
        Tensor weight = weights.get(layer + ".weight");
        long padding = weight.size(2) / 2;
        return torch.conv2d(
                computing(x),
                computing(weight),
                weights.has(layer + ".bias")
                        ? new TensorOptional(computing(weights.get(layer + ".bias")))
                        : new TensorOptional(),
                new long[] {stride, stride},
                new long[] {padding, padding},
                new long[] {1, 1},
                1);
    }

    @Override
    public Tensor linear(Tensor x, String layer) {
        Tensor weight = computing(weights.get(layer + ".weight"));
        if (weight.dim() > 2) {
            weight = weight.flatten(1, -1);
        }
        if (!weights.has(layer + ".bias")) {
            return torch.linear(computing(x), weight).to(ScalarType.Float);
        }
        return torch.linear(computing(x), weight, computing(weights.get(layer + ".bias")))
                .to(ScalarType.Float);
    }

    @Override
    public Tensor batchNorm(Tensor x, String layer, double epsilon) {
        return torch.batch_norm(
                x,
                optional(layer + ".weight"),
                optional(layer + ".bias"),
                new TensorOptional(weights.get(layer + ".running_mean")),
                new TensorOptional(weights.get(layer + ".running_var")),
                training,
                MOMENTUM,
                epsilon,
                false);
    }

    private TensorOptional optional(String name) {
        return weights.has(name) ? new TensorOptional(weights.get(name)) : new TensorOptional();
    }

    @Override
    public Tensor instanceNorm(Tensor x, double epsilon) {
        return torch.instance_norm(
                x,
                new TensorOptional(),
                new TensorOptional(),
                new TensorOptional(),
                new TensorOptional(),
                true,
                MOMENTUM,
                epsilon,
                false);
    }

    @Override
    public Tensor layerNorm(Tensor x, String layer, double epsilon) {
        Tensor weight = weights.get(layer + ".weight");
        return torch.layer_norm(
                x,
                new long[] {weight.size(0)},
                new TensorOptional(weight),
                new TensorOptional(weights.get(layer + ".bias")),
                epsilon,
                false);
    }

    @Override
    public Tensor relu(Tensor x) {
        return torch.relu(x);
    }

    @Override
    public Tensor gelu(Tensor x) {
        return torch.gelu(x);
    }

    @Override
    public Tensor maxPool2(Tensor x) {
        return torch.max_pool2d(x, new long[] {2, 2}, new long[] {2, 2}, new long[] {0, 0}, new long[] {1, 1}, false);
    }

    @Override
    public Tensor averagePool(Tensor x, int size) {
        return torch.avg_pool2d(x, new long[] {size, size});
    }

    @Override
    public Tensor upsample(Tensor x, int factor) {
        return torch.upsample_bilinear2d(x, new long[] {x.size(2) * factor, x.size(3) * factor}, false);
    }

    @Override
    public Tensor pixelUnshuffle(Tensor x, int r) {
        return torch.pixel_unshuffle(x, r).contiguous(MemoryFormat.ChannelsLast);
    }

    @Override
    public Tensor pixelShuffle(Tensor x, int r) {
        return torch.pixel_shuffle(x, r);
    }

    @Override
    public Tensor matmul(Tensor a, Tensor b) {
        return torch.matmul(a, b);
    }

    @Override
    public Tensor add(Tensor a, Tensor b) {
        return a.add(b);
    }

    @Override
    public Tensor sub(Tensor a, Tensor b) {
        return a.sub(b);
    }

    @Override
    public Tensor mul(Tensor a, Tensor b) {
        return a.mul(b);
    }

    @Override
    public Tensor scale(Tensor x, double factor) {
        return x.mul(new Scalar(factor));
    }

    @Override
    public Tensor shift(Tensor x, double term) {
        return x.add(new Scalar(term));
    }

    @Override
    public Tensor sin(Tensor x) {
        return x.sin();
    }

    @Override
    public Tensor cos(Tensor x) {
        return x.cos();
    }

    @Override
    public Tensor logSigmoid(Tensor x) {
        return torch.log_sigmoid(x);
    }

    @Override
    public Tensor sigmoid(Tensor x) {
        return x.sigmoid();
    }

    @Override
    public Tensor softmax(Tensor x, int dimension) {
        return torch.softmax(x.to(ScalarType.Float), dimension);
    }

    @Override
    public Tensor logSoftmax(Tensor x, int dimension) {
        return torch.log_softmax(x.to(ScalarType.Float), dimension);
    }

    @Override
    public Tensor logSumExp(Tensor x, int dimension) {
        return x.logsumexp(new long[] {dimension}, true);
    }

    @Override
    public Tensor l2Normalize(Tensor x, int dimension) {
        Tensor wide = x.to(ScalarType.Float);
        Tensor norm = wide.mul(wide)
                .sum(new long[] {dimension}, true, new org.bytedeco.pytorch.ScalarTypeOptional())
                .sqrt()
                .clamp_min(new Scalar(1e-12));
        return wide.div(norm);
    }

    @Override
    public Tensor concat(List<Tensor> parts, int dimension) {
        try (TensorVector vector = new TensorVector(parts.toArray(Tensor[]::new))) {
            return torch.cat(vector, dimension);
        }
    }

    @Override
    public Tensor slice(Tensor x, int dimension, long from, long to) {
        return x.slice(dimension, new LongOptional(from), new LongOptional(to), 1);
    }

    @Override
    public Tensor transposeLast(Tensor x, int rank) {
        return x.transpose(-2, -1);
    }

    @Override
    public Tensor permute(Tensor x, int... order) {
        long[] dimensions = new long[order.length];
        for (int i = 0; i < order.length; i++) {
            dimensions[i] = order[i];
        }
        return x.permute(dimensions);
    }

    @Override
    public Tensor reshape(Tensor x, long... shape) {
        long[] resolved = shape.clone();
        for (int i = 0; i < resolved.length; i++) {
            if (resolved[i] == 0) {
                resolved[i] = x.size(i);
            }
        }
        return x.reshape(resolved);
    }
}
