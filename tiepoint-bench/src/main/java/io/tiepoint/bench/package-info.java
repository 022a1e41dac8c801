/** Speed, most of it measured with JMH. Start at {@link io.tiepoint.bench.GeneratorBenchmark}. */
@CheckReturnValue
@NullMarked
package io.tiepoint.bench;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
