package io.tiepoint.core.image;

import java.util.Arrays;
import java.util.PriorityQueue;
import java.util.zip.Adler32;

/**
 * Compresses bytes into the zlib format (RFC 1950 and 1951) with runs and dynamic Huffman codes. The JDK's own deflater gives
 * other bytes with another zlib; these are the same on every machine.
 */
final class ZlibEncoder {
    private static final int END = 256;
    private static final int SYMBOLS = 286;
    private static final int MAX_RUN = 258;
    private static final int BLOCK = 1 << 17;
    private static final int[] RUN_BASE = {
        3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227,
        258
    };
    private static final int[] RUN_BITS = {
        0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0
    };
    private static final int[] RUN_CODE = runCodes();
    private static final int[] LENGTHS_ORDER = {16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15};

    private byte[] out;
    private int size;
    private long bits;
    private int bitCount;

    private ZlibEncoder(int expected) {
        out = new byte[expected];
    }

    private static int[] runCodes() {
        int[] codes = new int[MAX_RUN + 1];
        for (int run = 3, code = 0; run <= MAX_RUN; run++) {
            while (code + 1 < RUN_BASE.length && RUN_BASE[code + 1] <= run) {
                code++;
            }
            codes[run] = code;
        }
        return codes;
    }

    /** Compresses. */
    static byte[] encode(byte[] data) {
        ZlibEncoder encoder = new ZlibEncoder(data.length / 2 + 512);
        encoder.put(0x78, 8);
        encoder.put(0x01, 8);
        int start = 0;
        do {
            int end = Math.min(start + BLOCK, data.length);
            encoder.block(data, start, end);
            start = end;
        } while (start < data.length);
        encoder.flush();
        Adler32 check = new Adler32();
        check.update(data);
        long sum = check.getValue();
        for (int shift = 24; shift >= 0; shift -= 8) {
            encoder.put((int) (sum >> shift) & 0xff, 8);
        }
        return Arrays.copyOf(encoder.out, encoder.size);
    }

    private void block(byte[] data, int start, int end) {
        // A token is a byte, or 256 and the length of a run of the byte before.
        int[] tokens = new int[end - start + 1];
        int count = 0;
        int[] frequencies = new int[SYMBOLS];
        for (int i = start; i < end; ) {
            int run = 0;
            if (i > start) {
                while (run < MAX_RUN && i + run < end && data[i + run] == data[i - 1]) {
                    run++;
                }
            }
            if (run >= 3) {
                tokens[count++] = END + run;
                frequencies[END + 1 + RUN_CODE[run]]++;
                i += run;
            } else {
                tokens[count++] = data[i] & 0xff;
                frequencies[data[i] & 0xff]++;
                i++;
            }
        }
        frequencies[END] = 1;
        int[] lengths = codeLengths(frequencies, 15);
        int[] codes = codes(lengths);
        put(end == data.length ? 1 : 0, 1);
        put(2, 2);
        header(lengths);
        for (int i = 0; i < count; i++) {
            int token = tokens[i];
            if (token < END) {
                put(codes[token], lengths[token]);
            } else {
                int run = token - END;
                int code = RUN_CODE[run];
                put(codes[END + 1 + code], lengths[END + 1 + code]);
                put(run - RUN_BASE[code], RUN_BITS[code]);
                put(0, 1); // the only distance: 1
            }
        }
        put(codes[END], lengths[END]);
    }

    /** The code lengths of all symbols and of the one distance, themselves Huffman coded, with runs of zeros. */
    private void header(int[] lengths) {
        int used = SYMBOLS;
        while (used > END + 1 && lengths[used - 1] == 0) {
            used--;
        }
        int[] symbols = new int[used + 1];
        int[] extra = new int[used + 1];
        int count = 0;
        int[] frequencies = new int[19];
        for (int i = 0; i < used + 1; ) {
            int length = i < used ? lengths[i] : 1;
            int zeros = 0;
            while (length == 0 && i + zeros < used && lengths[i + zeros] == 0 && zeros < 138) {
                zeros++;
            }
            symbols[count] = zeros >= 11 ? 18 : zeros >= 3 ? 17 : length;
            extra[count] = zeros >= 11 ? zeros - 11 : zeros - 3;
            i += zeros >= 3 ? zeros : 1;
            frequencies[symbols[count++]]++;
        }
        int[] meta = codeLengths(frequencies, 7);
        int[] codes = codes(meta);
        put(used - 257, 5);
        put(0, 5);
        put(LENGTHS_ORDER.length - 4, 4);
        for (int symbol : LENGTHS_ORDER) {
            put(meta[symbol], 3);
        }
        for (int i = 0; i < count; i++) {
            put(codes[symbols[i]], meta[symbols[i]]);
            if (symbols[i] > 16) {
                put(extra[i], symbols[i] == 17 ? 3 : 7);
            }
        }
    }

    /** Huffman's code lengths; where one is too long the frequencies are made more alike. */
    private static int[] codeLengths(int[] frequencies, int longest) {
        int[] weights = frequencies.clone();
        // A code of one symbol is not complete: give it a companion.
        for (int i = 0; Arrays.stream(weights).filter(weight -> weight > 0).count() < 2; i++) {
            weights[i] = Math.max(weights[i], 1);
        }
        while (true) {
            int[] lengths = huffman(weights);
            if (Arrays.stream(lengths).max().orElse(0) <= longest) {
                return lengths;
            }
            for (int i = 0; i < weights.length; i++) {
                weights[i] = weights[i] == 0 ? 0 : weights[i] / 2 + 1;
            }
        }
    }

    private static int[] huffman(int[] weights) {
        int n = weights.length;
        int[] parent = new int[2 * n];
        PriorityQueue<Long> queue = new PriorityQueue<>();
        for (int i = 0; i < n; i++) {
            if (weights[i] > 0) {
                queue.add(((long) weights[i] << 16) + i);
            }
        }
        int next = n;
        while (queue.size() > 1) {
            long a = queue.remove();
            long b = queue.remove();
            parent[(int) (a & 0xffff)] = next;
            parent[(int) (b & 0xffff)] = next;
            queue.add((((a >> 16) + (b >> 16)) << 16) + next++);
        }
        int[] depth = new int[2 * n];
        for (int node = next - 2; node >= 0; node--) {
            depth[node] = parent[node] == 0 ? 0 : depth[parent[node]] + 1;
        }
        return Arrays.copyOf(depth, n);
    }

    /** The canonical codes of RFC 1951, section 3.2.2, with their bits in the order in which they are written. */
    private static int[] codes(int[] lengths) {
        int[] next = new int[17];
        for (int length : lengths) {
            if (length > 0) {
                next[length + 1]++;
            }
        }
        for (int length = 1; length < next.length; length++) {
            next[length] = length == 1 ? 0 : (next[length - 1] + next[length]) << 1;
        }
        int[] codes = new int[lengths.length];
        for (int i = 0; i < lengths.length; i++) {
            if (lengths[i] > 0) {
                codes[i] = Integer.reverse(next[lengths[i]]++) >>> (32 - lengths[i]);
            }
        }
        return codes;
    }

    private void put(int value, int count) {
        bits |= (long) value << bitCount;
        bitCount += count;
        while (bitCount >= 8) {
            if (size == out.length) {
                out = Arrays.copyOf(out, 2 * out.length);
            }
            out[size++] = (byte) bits;
            bits >>>= 8;
            bitCount -= 8;
        }
    }

    private void flush() {
        if (bitCount > 0) {
            put(0, 8 - bitCount);
        }
    }
}
