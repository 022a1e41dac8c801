package io.tiepoint.train.network;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The operations that networks are written in, so that each network is defined once: with libtorch's tensors it is trained,
 * with the nodes of a graph it is exported. Dimensions count from 0; negative ones from the end. A layer's parameters are
 * found by name: {@code layer + ".weight"} and {@code layer + ".bias"}.
 *
 * @param <T> a tensor, or what stands for it
 */
public interface Ops<T> {
    /** A parameter by its full name. */
    T parameter(String name);

    /** Size of a parameter along a dimension. */
    long size(String name, int dimension);

    /** 2D convolution, with a bias where the layer has one, padded to keep the size: [B C H W] to [B C' H/stride W/stride]. */
    T conv2d(T x, String layer, int stride);

    /** {@code x W^T + b}, the bias where the layer has one; a weight may end with dimensions of size 1: [... C] to [... C']. */
    T linear(T x, String layer);

    /** A linear layer and a batch normalisation of its channels: [B M C] to [B M C']. */
    default T linearBatchNorm(T x, String layer, String norm, double epsilon) {
        return transposeLast(batchNorm(transposeLast(linear(x, layer), 3), norm, epsilon), 3);
    }

    /**
     * Batch normalisation with the statistics of its training, over the channels of [B C H W] or [B C M], scaled and shifted where
     * the layer has a weight and a bias.
     */
    T batchNorm(T x, String layer, double epsilon);

    /** Takes each image's mean from it and divides by its standard deviation: [B 1 H W]. */
    T instanceNorm(T x, double epsilon);

    /** Layer normalisation over the last dimension. */
    T layerNorm(T x, String layer, double epsilon);

    /** max(x, 0). */
    T relu(T x);

    /** Gaussian error linear unit, exact (with erf). */
    T gelu(T x);

    /** Largest of each 2x2 block: [B C H W] to [B C H/2 W/2]. */
    T maxPool2(T x);

    /** Mean of each block: [B C H W] to [B C H/size W/size]. */
    T averagePool(T x, int size);

    /** Bilinear interpolation at the centres of smaller pixels: [B C H W] to [B C H*factor W*factor]. */
    T upsample(T x, int factor);

    /** Blocks to channels: [B 1 H W] to [B r*r H/r W/r]. */
    T pixelUnshuffle(T x, int r);

    /** Channels to blocks: [B r*r H W] to [B 1 H*r W*r]. */
    T pixelShuffle(T x, int r);

    /** Matrix product of the last two dimensions. */
    T matmul(T a, T b);

    /** Sum, element by element, with broadcasting. */
    T add(T a, T b);

    /** Difference, element by element, with broadcasting. */
    T sub(T a, T b);

    /** Product, element by element, with broadcasting. */
    T mul(T a, T b);

    /** Product with a number. */
    T scale(T x, double factor);

    /** Sum with a number. */
    T shift(T x, double term);

    /** Sine. */
    T sin(T x);

    /** Cosine. */
    T cos(T x);

    /** Logarithm of the logistic function. */
    T logSigmoid(T x);

    /** The logistic function. */
    T sigmoid(T x);

    /** Softmax over a dimension. */
    T softmax(T x, int dimension);

    /** Logarithm of softmax over a dimension. */
    T logSoftmax(T x, int dimension);

    /** Logarithm of the sum of the exponentials over a dimension, which stays with size 1. */
    T logSumExp(T x, int dimension);

    /** Scales to L2 norm 1 over a dimension. */
    T l2Normalize(T x, int dimension);

    /** Puts tensors one after the other. */
    T concat(List<T> parts, int dimension);

    /** The part from index {@code from} to index {@code to - 1} of a dimension. */
    T slice(T x, int dimension, long from, long to);

    /** Swaps the last two dimensions of a tensor with a known number of dimensions. */
    T transposeLast(T x, int rank);

    /** Reorders dimensions. */
    T permute(T x, int... order);

    /** Gives another shape; 0 keeps the size of that dimension, -1 (once) takes what is left. */
    T reshape(T x, long... shape);

    /**
     * Self-attention with its projections, without the one of its output.
     *
     * @param state [B M width]
     * @param projection layer whose rows are ordered head, channel, {q, k, v}
     * @param rotation of queries and keys; null for none
     * @param bias [B M] added to the similarities with each keypoint; null for none
     * @return [B M width], head by head
     */
    default T selfAttention(T state, String projection, int heads, @Nullable Rotation<T> rotation, @Nullable T bias) {
        return Attention.self(this, state, projection, heads, rotation, bias);
    }

    /**
     * Attention of two sets to each other, both ways with the same similarities, with its projections {@code block.to_qk} and
     * {@code block.to_v}, without the one of its output.
     *
     * @param states [B M width] and [B N width]
     * @param masks which keypoints are real; null if all are
     * @return [B M width] and [B N width], head by head
     */
    default LightGlueNetwork.States<T> crossAttention(
            LightGlueNetwork.States<T> states, String block, int heads, @Nullable Masks<T> masks) {
        return Attention.cross(this, states, block, heads, masks);
    }

    /**
     * A state after the message of an attention: {@code state + ffn([state, projection(attended)])}, where the feed-forward
     * network is {@code block.ffn}: linear, layer normalisation, GELU, linear.
     */
    default T updated(T state, T attended, String projection, String block) {
        return Attention.updated(this, state, attended, projection, block);
    }

    /**
     * Optimal transport in log space: scales the rows and columns of {@code exp(scores)} until they sum to the exponentials of
     * the marginals (Sinkhorn's algorithm).
     *
     * @param scores [B M N]
     * @param logRows [B M 1]
     * @param logColumns [B 1 N]
     * @return [B M N] natural log
     */
    default T sinkhorn(T scores, T logRows, T logColumns, int iterations) {
        T rows = scale(logRows, 0);
        T columns = scale(logColumns, 0);
        for (int i = 0; i < iterations; i++) {
            rows = sub(logRows, logSumExp(add(scores, columns), 2));
            columns = sub(logColumns, logSumExp(add(scores, rows), 1));
        }
        return add(add(scores, rows), columns);
    }
}
