package io.tiepoint.synthetic.pairs;

import io.tiepoint.core.image.GrayImage;
import io.tiepoint.core.truth.HomographyTruth;

/**
 * Two views of a plane.
 *
 * @param image0 view 0, in [0, 1]
 * @param image1 view 1, in [0, 1]
 * @param truth where each point of a view lies in the other one
 */
public record HomographyPair(GrayImage image0, GrayImage image1, HomographyTruth truth) {}
