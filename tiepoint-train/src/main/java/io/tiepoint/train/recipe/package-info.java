/** What is trained, from what and for how long, as YAML. Start at {@link io.tiepoint.train.recipe.Recipe}. */
@CheckReturnValue
@NullMarked
package io.tiepoint.train.recipe;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
