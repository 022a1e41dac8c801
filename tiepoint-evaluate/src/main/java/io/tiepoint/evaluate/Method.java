package io.tiepoint.evaluate;

import io.tiepoint.core.features.FeatureExtractor;
import io.tiepoint.core.features.FeatureMatcher;
import io.tiepoint.core.features.MatchRefiner;

/**
 * What is evaluated.
 *
 * @param name in the report; unique in the evaluation
 * @param extractor finds and describes keypoints; stays open
 * @param matcher matches them; stays open
 * @param refiner makes the matches more exact
 * @param viewsAtOnce whether both views are extracted at the same time, each on a thread of its own; for a fair comparison of
 *     times, whatever is faster for this extractor
 */
public record Method(
        String name, FeatureExtractor extractor, FeatureMatcher matcher, MatchRefiner refiner, boolean viewsAtOnce) {}
