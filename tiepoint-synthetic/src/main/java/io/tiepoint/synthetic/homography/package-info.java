/** Random homographies, and images warped by them. Start at {@link io.tiepoint.synthetic.homography.HomographySampler}. */
@CheckReturnValue
@NullMarked
package io.tiepoint.synthetic.homography;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
