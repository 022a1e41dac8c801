package io.tiepoint.interop.posed;

import io.tiepoint.core.random.Seed;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Real scenes with cameras, poses and depth maps. */
public interface PosedScenes {
    /**
     * Pairs of views; their files are not read yet.
     *
     * @param sampling which pairs; a data set that comes with a list of pairs only heeds how many
     * @param seed of the choice
     * @throws IOException if there is no such pair
     */
    List<PosedPair> pairs(OverlapSampling sampling, Seed seed) throws IOException;

    /** What the data is, for reports. */
    Map<String, String> description();
}
