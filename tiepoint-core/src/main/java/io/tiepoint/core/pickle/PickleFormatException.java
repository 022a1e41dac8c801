package io.tiepoint.core.pickle;

import java.io.IOException;

/** A pickle is damaged, or holds something else than plain values; the message begins with the file's name. */
public final class PickleFormatException extends IOException {
    /** With a message only. */
    public PickleFormatException(String message) {
        super(message);
    }

    /** With the error that revealed it. */
    public PickleFormatException(String message, Throwable cause) {
        super(message, cause);
    }
}
