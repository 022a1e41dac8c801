package io.tiepoint.core.pickle;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** The arguments of a pickle's operations. A length is compared with what is left before anything is reserved for it. */
final class PickleInput {
    private static final int MAX_LINE = 1000;

    private final ByteBuffer bytes;
    private final String source;

    PickleInput(ByteBuffer bytes, String source) {
        this.bytes = bytes.order(ByteOrder.LITTLE_ENDIAN);
        this.source = source;
    }

    int unsignedByte() {
        return bytes.get() & 0xff;
    }

    int unsignedShort() {
        return bytes.getShort() & 0xffff;
    }

    int int32() {
        return bytes.getInt();
    }

    int length32() throws PickleFormatException {
        return length(bytes.getInt() & 0xffff_ffffL);
    }

    int length64() throws PickleFormatException {
        return length(bytes.getLong());
    }

    private int length(long length) throws PickleFormatException {
        if (length < 0 || length > bytes.remaining()) {
            throw damaged("expected a text or number in the file, found one of " + Long.toUnsignedString(length)
                    + " bytes where " + bytes.remaining() + " are left");
        }
        return (int) length;
    }

    /** Bytes where they are, not copied. */
    ByteBuffer bytes(int length) throws PickleFormatException {
        ByteBuffer slice = bytes.slice(bytes.position(), length(length));
        skip(length);
        return slice;
    }

    void skip(int length) throws PickleFormatException {
        bytes.position(bytes.position() + length(length));
    }

    double bigEndianDouble() {
        return Double.longBitsToDouble(Long.reverseBytes(bytes.getLong()));
    }

    /** A two's complement number of so many bytes, lowest first. */
    Object integer(int length) throws PickleFormatException {
        byte[] number = new byte[length(length)];
        for (int i = length - 1; i >= 0; i--) {
            number[i] = bytes.get();
        }
        BigInteger value = length == 0 ? BigInteger.ZERO : new BigInteger(number);
        return value.bitLength() < 64 ? (Object) value.longValue() : value;
    }

    String utf8(int length) throws PickleFormatException {
        ByteBuffer text = bytes.slice().limit(length(length));
        skip(length);
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(text).toString();
        } catch (CharacterCodingException e) {
            throw new PickleFormatException(source + ": expected a text in UTF-8, found other bytes", e);
        }
    }

    String latin1(int length) throws PickleFormatException {
        byte[] text = new byte[length(length)];
        bytes.get(text);
        return new String(text, StandardCharsets.ISO_8859_1);
    }

    private String line() throws PickleFormatException {
        int start = bytes.position();
        while (bytes.get() != '\n') {
            if (bytes.position() - start > MAX_LINE) {
                throw damaged("expected a line of at most " + MAX_LINE + " bytes in a pickle, found a longer one");
            }
        }
        int length = bytes.position() - 1 - start;
        byte[] text = new byte[length];
        bytes.get(start, text);
        return new String(text, StandardCharsets.UTF_8);
    }

    String nameLine() throws PickleFormatException {
        return line();
    }

    String unicodeLine() throws PickleFormatException {
        return line();
    }

    String quotedLine() throws PickleFormatException {
        String text = line();
        if (text.length() < 2
                || text.charAt(0) != text.charAt(text.length() - 1)
                || "'\"".indexOf(text.charAt(0)) < 0) {
            throw damaged("expected a quoted text in a pickle, found one without quotes");
        }
        return text.substring(1, text.length() - 1);
    }

    /** A number, or {@code 00} and {@code 01} for false and true. */
    Object integerLine() throws PickleFormatException {
        String text = line();
        return switch (text) {
            case "00" -> false;
            case "01" -> true;
            default -> number(text);
        };
    }

    Object longLine() throws PickleFormatException {
        String text = line();
        return number(text.endsWith("L") ? text.substring(0, text.length() - 1) : text);
    }

    int indexLine() throws PickleFormatException {
        long index = number(line());
        if (index < 0 || index > Integer.MAX_VALUE) {
            throw damaged("expected an index in a pickle, found " + index);
        }
        return (int) index;
    }

    private Long number(String text) throws PickleFormatException {
        try {
            return Long.valueOf(text);
        } catch (NumberFormatException e) {
            throw new PickleFormatException(source + ": expected a whole number in a pickle, found another text", e);
        }
    }

    Double floatLine() throws PickleFormatException {
        try {
            return Double.valueOf(line());
        } catch (NumberFormatException e) {
            throw new PickleFormatException(source + ": expected a number in a pickle, found another text", e);
        }
    }

    private PickleFormatException damaged(String what) {
        return new PickleFormatException(source + ": " + what);
    }
}
