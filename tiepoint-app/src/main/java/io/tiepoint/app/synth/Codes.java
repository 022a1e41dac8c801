package io.tiepoint.app.synth;

/** Numbers that stand for words in files. */
final class Codes {
    private Codes() {}

    /** The place of a constant in its declaration, which therefore never changes; the manifest tells all of them. */
    @SuppressWarnings("EnumOrdinal")
    static byte of(Enum<?> constant) {
        return (byte) constant.ordinal();
    }
}
