/** The networks, each written once for training and for export. Start at {@link io.tiepoint.train.network.Ops}. */
@CheckReturnValue
@NullMarked
package io.tiepoint.train.network;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
