package io.tiepoint.evaluate;

import io.tiepoint.core.features.Keypoints;
import io.tiepoint.core.image.GrayImage;
import java.util.function.Function;

/**
 * A corner detector that is evaluated.
 *
 * @param name in the report; unique in the evaluation
 * @param minScore detections at or below it do not count
 * @param detect finds keypoints
 */
public record Detector(String name, float minScore, Function<GrayImage, Keypoints> detect) {}
