/** What recipes are made of. Start at {@link io.tiepoint.synthetic.recipe.Range}. */
@CheckReturnValue
@NullMarked
package io.tiepoint.synthetic.recipe;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
