package io.tiepoint.interop.npy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What an {@code .npy} file says of itself.
 *
 * @param description of its type, such as {@code <f4}
 * @param isFortran whether the first index runs fastest
 * @param shape sizes, outermost first
 * @param start byte at which the values begin
 */
record NpyHeader(String description, boolean isFortran, List<Long> shape, int start) {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final Pattern HEADER = Pattern.compile(
            "\\{\\s*'descr':\\s*'([<|=>][a-zA-Z][0-9]{0,9})',\\s*'fortran_order':\\s*(False|True)\\s*,\\s*'shape':"
                    + "\\s*\\(([0-9, ]*)\\),?\\s*\\}\\s*");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");

    /**
     * Reads the beginning of a file.
     *
     * @param name how messages call it
     */
    static NpyHeader read(byte[] file, String name) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        boolean isNpy = file.length >= 12 && Arrays.equals(file, 0, MAGIC.length, MAGIC, 0, MAGIC.length);
        int version = isNpy ? file[MAGIC.length] : 0;
        if (version < 1 || version > 3) {
            throw new IOException(name + ": expected an .npy file of version 1.0, 2.0 or 3.0, found other bytes");
        }
        int preamble = version == 1 ? 10 : 12;
        long length = version == 1 ? buffer.getShort(8) & 0xffff : buffer.getInt(8) & 0xffff_ffffL;
        if (length > file.length - preamble) {
            throw new IOException(name + ": expected an .npy file, found one without its whole header");
        }
        String header = new String(file, preamble, (int) length, StandardCharsets.US_ASCII);
        Matcher matcher = HEADER.matcher(header);
        if (!matcher.matches()) {
            throw new IOException(name + ": expected the header of an array, found " + shown(header));
        }
        List<Long> shape = NUMBER.matcher(matcher.group(3))
                .results()
                .map(size -> Long.valueOf(size.group()))
                .toList();
        return new NpyHeader(matcher.group(1), matcher.group(2).equals("True"), shape, preamble + (int) length);
    }

    /** The sizes, as {@link NpyArray} takes them. */
    long[] sizes() {
        return shape.stream().mapToLong(Long::longValue).toArray();
    }

    /** Number of values; fails if they cannot fit into memory. */
    int count(String name) throws IOException {
        long count = 1;
        for (long size : shape) {
            // One dimension of 0 makes up for any other one.
            count = size == 0 || count == 0 ? 0 : count > Integer.MAX_VALUE / size ? Long.MAX_VALUE : count * size;
            if (count > Integer.MAX_VALUE) {
                throw new IOException(name + ": expected an array that fits into memory, found shape " + words(shape));
            }
        }
        return (int) count;
    }

    static String words(List<Long> shape) {
        return shape.stream().map(String::valueOf).collect(Collectors.joining(" ", "[", "]"));
    }

    private static String shown(String text) {
        String line = text.strip().replaceAll("\\p{Cntrl}", "?");
        return line.length() <= 100 ? line : line.substring(0, 100) + "...";
    }
}
