package io.tiepoint.core.image;

import java.io.IOException;

/** A file is not an image that can be read; the message names the file, what was expected and what was found. */
public final class ImageFormatException extends IOException {
    private static final long serialVersionUID = 1L;

    /** What is wrong with the file, to be counted. */
    private final Problem problem;

    /** What can be wrong with a file. */
    public enum Problem {
        /** It has no bytes. */
        EMPTY,
        /** It is no image, or of a format that is not read. */
        NOT_AN_IMAGE,
        /** It is cut off or damaged. */
        DAMAGED,
        /** It has more pixels than are read, or than fit into memory. */
        TOO_LARGE,
        /** It has fewer pixels than are of use. */
        TOO_SMALL,
        /** It moves: several frames. */
        ANIMATED,
        /** It is missing or may not be read. */
        UNREADABLE
    }

    /** With a message only. */
    public ImageFormatException(Problem problem, String message) {
        super(message);
        this.problem = problem;
    }

    /** With the error that revealed it. */
    public ImageFormatException(Problem problem, String message, Throwable cause) {
        super(message, cause);
        this.problem = problem;
    }

    /** What is wrong. */
    public Problem problem() {
        return problem;
    }
}
