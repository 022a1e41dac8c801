/** Keypoints, descriptors and matches, and who makes them. Start at {@link io.tiepoint.core.features.FeatureExtractor}. */
@CheckReturnValue
@NullMarked
package io.tiepoint.core.features;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
