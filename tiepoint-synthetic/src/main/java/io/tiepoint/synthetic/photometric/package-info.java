/** Changes of light, lens and sensor. Start at {@link io.tiepoint.synthetic.photometric.PhotometricChange}. */
@CheckReturnValue
@NullMarked
package io.tiepoint.synthetic.photometric;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
