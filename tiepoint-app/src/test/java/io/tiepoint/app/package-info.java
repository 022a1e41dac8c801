/** Tests of the command line, from the outside: arguments in, exit code and text out. */
@NullMarked
package io.tiepoint.app;

import org.jspecify.annotations.NullMarked;
