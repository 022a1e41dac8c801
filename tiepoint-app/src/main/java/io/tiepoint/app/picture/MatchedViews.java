package io.tiepoint.app.picture;

import io.tiepoint.core.features.Keypoints;
import io.tiepoint.core.features.Matches;
import io.tiepoint.core.image.ColorImage;

/**
 * Two views with what was found in them.
 *
 * @param image0 view 0
 * @param image1 view 1
 * @param keypoints0 px of {@code image0}, {@link io.tiepoint.core.geometry.PixelFrame#CORNER}
 * @param keypoints1 px of {@code image1}, likewise
 * @param matches pairs of them
 */
public record MatchedViews(
        ColorImage image0, ColorImage image1, Keypoints keypoints0, Keypoints keypoints1, Matches matches) {}
