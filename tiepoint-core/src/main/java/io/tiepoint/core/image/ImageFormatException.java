package io.tiepoint.core.image;

import java.io.IOException;

/** A file is not an image that can be read; the message names the file, what was expected and what was found. */
public final class ImageFormatException extends IOException {
    private static final long serialVersionUID = 1L;

    /** With a message only. */
    public ImageFormatException(String message) {
        super(message);
    }

    /** With the error that revealed it. */
    public ImageFormatException(String message, Throwable cause) {
        super(message, cause);
    }
}
