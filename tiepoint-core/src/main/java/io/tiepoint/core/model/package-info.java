/** The contract between training and inference. Start at {@link io.tiepoint.core.model.ModelCard}. */
@CheckReturnValue
@NullMarked
package io.tiepoint.core.model;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
