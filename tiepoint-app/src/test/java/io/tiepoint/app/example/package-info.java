/** Examples of the documents, run by tests. */
@NullMarked
package io.tiepoint.app.example;

import org.jspecify.annotations.NullMarked;
