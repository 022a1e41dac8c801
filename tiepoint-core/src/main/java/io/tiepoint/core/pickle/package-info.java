/**
 * Python's pickles, as data: nothing is ever executed. Start at {@link io.tiepoint.core.pickle.PickleReader}.
 */
@CheckReturnValue
@NullMarked
package io.tiepoint.core.pickle;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
