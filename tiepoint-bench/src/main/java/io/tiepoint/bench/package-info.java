/** Speed: the generators, matching (JMH) and the published networks. Start at {@link io.tiepoint.bench.GeneratorBenchmark}. */
@CheckReturnValue
@NullMarked
package io.tiepoint.bench;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
