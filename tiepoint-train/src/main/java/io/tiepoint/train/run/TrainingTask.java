package io.tiepoint.train.run;

import io.tiepoint.train.torch.Weights;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/**
 * What a {@link TrainingLoop} trains: a stage's network, its samples and its loss.
 *
 * @param <B> a batch, as plain Java values
 */
public interface TrainingTask<B> {
    /** Parameters that are trained. */
    Weights weights();

    /** Makes the batch of a step: a pure function of the step; called by several threads at once. */
    B batch(long step);

    /**
     * Loss of a batch.
     *
     * @param total scalar that is minimised
     * @param parts figures for the metrics, by name
     */
    record Loss(Tensor total, Map<String, Double> parts) {}

    /** Computes the loss; its tensors belong to the open scope. */
    Loss loss(B batch, long step);

    /**
     * Measures on samples that are never trained; by name, with {@code score} the one that chooses the best weights. Each of its
     * batches is computed in a scope of its own, so that validation takes no more memory than training.
     */
    Map<String, Double> validate();
}
