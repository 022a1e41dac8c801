package io.tiepoint.app.doctor;

/**
 * What was found of one thing.
 *
 * @param name of the thing
 * @param need whether the program can do without it
 * @param status whether it is as it should be
 * @param found what is there
 * @param advice what to do; empty if there is nothing to do
 */
public record Finding(String name, Need need, Status status, String found, String advice) {
    /** Whether the program can do without a thing. */
    public enum Need {
        /** Nothing works without it. */
        REQUIRED,
        /** Some things work only with it. */
        OPTIONAL
    }

    /** Whether a thing is as it should be. */
    public enum Status {
        /** It works. */
        OK,
        /** It is not there. */
        MISSING,
        /** It is there and does not work, or is not enough. */
        FAILED
    }

    /** Whether the program works, as far as this thing goes. */
    public boolean isFine() {
        return need == Need.OPTIONAL || status == Status.OK;
    }
}
