/** What the program needs of a machine. Start at {@link io.tiepoint.app.doctor.Doctor}. */
@CheckReturnValue
@NullMarked
package io.tiepoint.app.doctor;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
