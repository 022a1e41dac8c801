package io.tiepoint.core.features;

import io.tiepoint.core.geometry.TwoViewGeometry;
import io.tiepoint.core.random.Seed;
import java.util.Optional;

/** Estimates a geometry from matches of which some are wrong. The same input and seed give the same result. */
public interface RobustEstimator {
    /** Estimates; empty if there are too few matches or no geometry explains enough of them. */
    Optional<TwoViewGeometry> estimate(Keypoints keypoints0, Keypoints keypoints1, Matches matches, Seed seed);
}
