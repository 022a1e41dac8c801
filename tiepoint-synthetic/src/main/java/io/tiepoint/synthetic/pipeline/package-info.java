/** Samples made ahead of their consumer. Start at {@link io.tiepoint.synthetic.pipeline.Prefetcher}. */
@CheckReturnValue
@NullMarked
package io.tiepoint.synthetic.pipeline;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
