/** Tests of the pictures. */
@NullMarked
package io.tiepoint.app.picture;

import org.jspecify.annotations.NullMarked;
