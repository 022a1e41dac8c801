package io.tiepoint.evaluate;

import io.tiepoint.core.features.FeatureExtractor;
import io.tiepoint.core.features.FeatureMatcher;

/**
 * What is evaluated.
 *
 * @param name in the report; unique in the evaluation
 * @param extractor finds and describes keypoints; stays open
 * @param matcher matches them; stays open
 */
public record Method(String name, FeatureExtractor extractor, FeatureMatcher matcher) {}
