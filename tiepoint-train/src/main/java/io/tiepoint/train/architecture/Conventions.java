package io.tiepoint.train.architecture;

import io.tiepoint.core.geometry.PixelFrame;
import io.tiepoint.core.model.ModelCard;
import org.jspecify.annotations.Nullable;

/**
 * What weights mean and do not say.
 *
 * @param detection how an extractor's heatmap becomes keypoints; null for a matcher
 * @param frame of the keypoints that a matcher was trained with
 */
public record Conventions(ModelCard.@Nullable Detection detection, PixelFrame frame) {}
