package io.tiepoint.interop.hpatches;

import io.tiepoint.core.image.GrayImage;
import io.tiepoint.core.truth.HomographyTruth;

/**
 * The reference image of a sequence and another image of it, resized.
 *
 * @param name such as {@code v_wall/1-4}
 * @param image0 the reference, {@code 1}
 * @param image1 the other one
 * @param truth between the resized images; px in {@link io.tiepoint.core.geometry.PixelFrame#CORNER}
 */
public record HPatchesPair(String name, GrayImage image0, GrayImage image1, HomographyTruth truth) {}
