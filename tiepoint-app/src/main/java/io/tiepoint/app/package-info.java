/** The command line: one class for each verb, which parses and calls. Start at {@link io.tiepoint.app.TiepointCommand}. */
@CheckReturnValue
@NullMarked
package io.tiepoint.app;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
