package io.tiepoint.evaluate;

import io.tiepoint.core.features.Keypoints;
import io.tiepoint.core.image.GrayImage;

/**
 * An image with its exact corners.
 *
 * @param data what kind of images it belongs to, such as {@code clean}; results are grouped by it
 * @param primitive what it shows
 * @param image what the detector sees
 * @param corners where its corners are; scores do not matter
 */
public record DetectorSample(String data, String primitive, GrayImage image, Keypoints corners) {}
