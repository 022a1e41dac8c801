/** Where images to learn from come from. Start at {@link io.tiepoint.synthetic.images.ImageSource}. */
@CheckReturnValue
@NullMarked
package io.tiepoint.synthetic.images;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
