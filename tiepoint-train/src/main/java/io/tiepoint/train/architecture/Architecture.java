package io.tiepoint.train.architecture;

import io.tiepoint.train.network.Network;
import java.util.List;
import java.util.Map;

/** A kind of network whose size shows in the shapes of its tensors. */
public interface Architecture {
    /** By which it is asked for, such as {@code superpoint}. */
    String name();

    /** Names of which exactly one is a tensor of every such network; what stands before it in a file is a prefix. */
    List<String> anchors();

    /** The name that the network gives to a tensor that others have published under another one. */
    default String renamed(String published) {
        return published;
    }

    /** Whether published files hold this tensor although no computation needs it. */
    default boolean isNeedless(String name) {
        return name.endsWith(".num_batches_tracked");
    }

    /**
     * The network that has tensors of these shapes, if any has; whether it fits exactly is for the caller to check.
     *
     * @throws IllegalArgumentException if the shapes cannot be those of such a network
     */
    Network network(Map<String, List<Long>> shapes);

    /** How the published programs use weights of such a network. */
    Conventions published(Network network);
}
