package io.tiepoint.core.model;

import java.util.List;

/** A message of the Protocol Buffers wire format inside a file, read field by field without copying it. */
final class OnnxPart {
    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int BYTES = 2;
    private static final int FIXED32 = 5;

    private final byte[] bytes;
    private final int end;
    private final String source;
    private int position;
    private int field;
    private int type;

    OnnxPart(byte[] bytes, int position, int end, String source) {
        this.bytes = bytes;
        this.position = position;
        this.end = end;
        this.source = source;
    }

    int position() {
        return position;
    }

    int length() {
        return end - position;
    }

    /** Goes to the next field; false at the end. */
    boolean next() throws ModelFormatException {
        if (position == end) {
            return false;
        }
        long tag = varint();
        type = (int) (tag & 7);
        field = (int) (tag >>> 3);
        if (tag < 8 || tag > 0xffff_ffffL || (type != VARINT && type != FIXED64 && type != BYTES && type != FIXED32)) {
            throw damaged("another tag");
        }
        return true;
    }

    int field() {
        return field;
    }

    void skip() throws ModelFormatException {
        switch (type) {
            case VARINT -> {
                long ignored = varint();
            }
            case FIXED64 -> advance(8);
            case FIXED32 -> advance(4);
            default -> {
                OnnxPart ignored = part();
            }
        }
    }

    /** The field as a message or as bytes of its own. */
    OnnxPart part() throws ModelFormatException {
        if (type != BYTES) {
            throw damaged("another type in field " + field);
        }
        long length = varint();
        if (length < 0 || length > end - position) {
            throw damaged(
                    "a part of " + Long.toUnsignedString(length) + " bytes where " + (end - position) + " are left");
        }
        OnnxPart part = new OnnxPart(bytes, position, position + (int) length, source);
        position += (int) length;
        return part;
    }

    String text() throws ModelFormatException {
        OnnxPart part = part();
        return OnnxOutline.utf8(bytes, part.position, part.length(), source);
    }

    long number() throws ModelFormatException {
        if (type != VARINT) {
            throw damaged("another type in field " + field);
        }
        return varint();
    }

    /** Adds one number, or a packed list of them. */
    void numbers(List<Long> to) throws ModelFormatException {
        if (type == VARINT) {
            to.add(varint());
        } else {
            OnnxPart packed = part();
            while (packed.position < packed.end) {
                to.add(packed.varint());
            }
        }
        if (to.size() > 64) {
            throw damaged("a tensor with more than 64 dimensions");
        }
    }

    /** Number of integers in the field, one or packed. */
    long count() throws ModelFormatException {
        if (type == VARINT) {
            long ignored = varint();
            return 1;
        }
        OnnxPart packed = part();
        long count = 0;
        while (packed.position < packed.end) {
            long ignored = packed.varint();
            count++;
        }
        return count;
    }

    /** Where the values of the field begin if they are packed, else -1; leaves the field unread. */
    int packedAt() throws ModelFormatException {
        if (type != BYTES) {
            return -1;
        }
        int start = position;
        int found = part().position;
        position = start;
        return found;
    }

    /** Number of values of so many bytes in the field, one or packed. */
    long fixed(int valueBytes) throws ModelFormatException {
        if (type != BYTES) {
            if (type != (valueBytes == 4 ? FIXED32 : FIXED64)) {
                throw damaged("another type in field " + field);
            }
            advance(valueBytes);
            return 1;
        }
        int length = part().length();
        if (length % valueBytes != 0) {
            throw damaged(length + " bytes of values");
        }
        return length / valueBytes;
    }

    private void advance(int count) throws ModelFormatException {
        if (count > end - position) {
            throw damaged("its end");
        }
        position += count;
    }

    private long varint() throws ModelFormatException {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            if (position == end) {
                throw damaged("its end");
            }
            byte next = bytes[position++];
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw damaged("a number of more than 64 bits");
    }

    private ModelFormatException damaged(String found) {
        return new ModelFormatException(
                source + ": expected the structure of an ONNX file, found " + found + " at byte " + position);
    }
}
