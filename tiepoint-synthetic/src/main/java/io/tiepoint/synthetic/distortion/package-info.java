/** What bends images beyond a homography. Start at {@link io.tiepoint.synthetic.distortion.Distortion}. */
@CheckReturnValue
@NullMarked
package io.tiepoint.synthetic.distortion;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
