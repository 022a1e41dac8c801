package io.tiepoint.train.network;

import java.util.List;

/** A network: its parameters in the order of its state dict. What it computes is its own method on {@link Ops}. */
public interface Network {
    /** Names, shapes and initial values. */
    List<ParameterSpec> parameters();
}
