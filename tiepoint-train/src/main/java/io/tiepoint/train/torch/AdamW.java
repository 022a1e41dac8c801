package io.tiepoint.train.torch;

import static org.bytedeco.pytorch.global.torch.cat;
import static org.bytedeco.pytorch.global.torch.zeros;

import io.tiepoint.core.check.Check;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;

/**
 * Adam with decoupled weight decay over all parameters as one long vector, so that a step is a handful of operations and the
 * whole state is three arrays that a checkpoint can hold.
 *
 * @see <a href="https://arxiv.org/abs/1711.05101">Loshchilov and Hutter, Decoupled weight decay regularization, 2019</a>
 */
public final class AdamW implements AutoCloseable {
    private static final double BETA1 = 0.9;
    private static final double BETA2 = 0.999;
    private static final double EPSILON = 1e-8;
    private static final String MOMENT1 = "optimizer.moment1";
    private static final String MOMENT2 = "optimizer.moment2";

    private final Weights weights;
    private final double weightDecay;
    private final double clipNorm;
    private final Tensor values;
    private final Tensor moment1;
    private final Tensor moment2;
    private long steps;

    /**
     * Starts with no moments.
     *
     * @param weightDecay share of each parameter that is taken away in a step of learning rate 1
     * @param clipNorm gradients longer than this are shortened to it
     */
    public AdamW(Weights weights, double weightDecay, double clipNorm) {
        this.weights = weights;
        this.weightDecay = weightDecay;
        this.clipNorm = clipNorm;
        float[] all = flat(weights);
        values = Tensors.of(all, all.length);
        moment1 = zeros(all.length);
        moment2 = zeros(all.length);
    }

    private static float[] flat(Weights weights) {
        int count = 0;
        for (Tensor tensor : weights.all()) {
            count += Math.toIntExact(tensor.numel());
        }
        float[] all = new float[count];
        int offset = 0;
        for (Tensor tensor : weights.all()) {
            float[] part = Tensors.toArray(tensor);
            System.arraycopy(part, 0, all, offset, part.length);
            offset += part.length;
        }
        return all;
    }

    /** Forgets the gradients of the last step. */
    public void clearGradients() {
        try (PointerScope scope = new PointerScope()) {
            for (Tensor tensor : weights.all()) {
                if (tensor.grad().defined()) {
                    tensor.mutable_grad().zero_();
                }
            }
        }
    }

    /**
     * Moves the parameters along their gradients.
     *
     * @return norm of the gradient before it was shortened; NaN or infinite if the step was left out for that
     */
    public double step(double learningRate) {
        try (PointerScope scope = new PointerScope();
                NoGradGuard guard = new NoGradGuard()) {
            List<Tensor> gradients = new ArrayList<>();
            for (Tensor tensor : weights.all()) {
                Tensor gradient = tensor.grad();
                gradients.add(gradient.defined() ? gradient.flatten() : zeros(tensor.numel()));
            }
            Tensor gradient = cat(new TensorVector(gradients.toArray(Tensor[]::new)));
            double norm = gradient.norm().item_double();
            if (!Double.isFinite(norm)) {
                return norm;
            }
            if (norm > clipNorm) {
                gradient.mul_(new Scalar(clipNorm / norm));
            }
            steps++;
            moment1.mul_(new Scalar(BETA1)).add_(gradient, new Scalar(1 - BETA1));
            moment2.mul_(new Scalar(BETA2)).addcmul_(gradient, gradient, new Scalar(1 - BETA2));
            double correction2 = Math.sqrt(1 - StrictMath.pow(BETA2, (double) steps));
            Tensor denominator = moment2.sqrt().div_(new Scalar(correction2)).add_(new Scalar(EPSILON));
            values.mul_(new Scalar(1 - learningRate * weightDecay));
            double stepSize = learningRate / (1 - StrictMath.pow(BETA1, (double) steps));
            values.addcdiv_(moment1, denominator, new Scalar(-stepSize));
            long offset = 0;
            for (Tensor tensor : weights.all()) {
                tensor.copy_(values.narrow(0, offset, tensor.numel()).reshape(tensor.sizes()));
                offset += tensor.numel();
            }
            return norm;
        }
    }

    /** Number of steps taken. */
    public long steps() {
        return steps;
    }

    /** The state, to be kept in a checkpoint beside the weights. */
    public Map<String, float[]> state() {
        return Map.of(MOMENT1, Tensors.toArray(moment1), MOMENT2, Tensors.toArray(moment2));
    }

    /** Goes on from a kept state; the weights must be those kept with it. */
    public void restore(Map<String, float[]> state, long stepsTaken) {
        for (String name : List.of(MOMENT1, MOMENT2)) {
            float[] found = state.getOrDefault(name, new float[0]);
            Check.that(
                    found.length == values.numel(),
                    "%s: expected %s values, found %s",
                    name,
                    values.numel(),
                    found.length);
            (name.equals(MOMENT1) ? moment1 : moment2).data_ptr_float().put(found);
        }
        steps = stepsTaken;
    }

    @Override
    public void close() {
        values.close();
        moment1.close();
        moment2.close();
    }
}
