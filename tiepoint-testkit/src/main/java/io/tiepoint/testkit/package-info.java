/** What the tests of the other modules share. Start at {@link io.tiepoint.testkit.FeatureExtractorContract}. */
@CheckReturnValue
@NullMarked
package io.tiepoint.testkit;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
