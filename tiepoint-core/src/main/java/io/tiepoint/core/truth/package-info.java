/** What is exactly known about two views. Start at {@link io.tiepoint.core.truth.TwoViewTruth}. */
@CheckReturnValue
@NullMarked
package io.tiepoint.core.truth;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
