package io.tiepoint.train.network;

/** A learned matcher's architecture: {@link LightGlueNetwork} or {@link SuperGlueNetwork}. */
public interface MatcherNetwork extends Network {
    /** Length of the descriptors that it takes. */
    int inputSize();

    /** Number of layers. */
    int layers();
}
