/** Tests of data sets. */
@NullMarked
package io.tiepoint.app.synth;

import org.jspecify.annotations.NullMarked;
