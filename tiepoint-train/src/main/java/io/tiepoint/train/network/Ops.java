package io.tiepoint.train.network;

import java.util.List;

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

    /** 2D convolution with bias, padded to keep the size: [B C H W] to [B C' H/stride W/stride]. */
    T conv2d(T x, String layer, int stride);

    /** {@code x W^T + b}, the bias where the layer has one: [... C] to [... C']. */
    T linear(T x, String layer);

    /** Batch normalisation over the channels of [B C H W]. */
    T batchNorm(T x, String layer, double epsilon);

    /** Layer normalisation over the last dimension. */
    T layerNorm(T x, String layer, double epsilon);

    /** max(x, 0). */
    T relu(T x);

    /** Gaussian error linear unit, exact (with erf). */
    T gelu(T x);

    /** Largest of each 2x2 block: [B C H W] to [B C H/2 W/2]. */
    T maxPool2(T x);

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
}
