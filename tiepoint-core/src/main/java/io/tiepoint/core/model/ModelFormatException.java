package io.tiepoint.core.model;

import java.io.IOException;

/** A model file or its card is not what it should be; the message names the file, what was expected and what was found. */
public final class ModelFormatException extends IOException {
    /** With a message only. */
    public ModelFormatException(String message) {
        super(message);
    }

    /** With the error that revealed it. */
    public ModelFormatException(String message, Throwable cause) {
        super(message, cause);
    }
}
