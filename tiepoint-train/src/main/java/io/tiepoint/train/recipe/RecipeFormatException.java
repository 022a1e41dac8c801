package io.tiepoint.train.recipe;

import java.io.IOException;

/** A recipe cannot be read; the message names the file, the key, what was expected and what was found. */
public final class RecipeFormatException extends IOException {
    /** With a message only. */
    public RecipeFormatException(String message) {
        super(message);
    }

    /** With the error that revealed it. */
    public RecipeFormatException(String message, Throwable cause) {
        super(message, cause);
    }
}
