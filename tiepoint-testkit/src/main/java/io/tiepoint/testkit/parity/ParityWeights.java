package io.tiepoint.testkit.parity;

import io.tiepoint.testkit.SharedFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The weights with which the reference outputs in the shared folder {@code parity} were computed. They mean nothing; each
 * tensor follows from its name by the rule of section 3 of the README there.
 */
public final class ParityWeights {
    private static final String SEED = "parity-1/";
    private static final String INT64 = "i64";

    private ParityWeights() {}

    /**
     * One tensor.
     *
     * @param shape sizes, outermost first; empty for a scalar
     * @param dtype {@code f32} or {@code i64}
     * @param values row-major; small enough to be exact where the dtype is {@code i64}
     */
    @SuppressWarnings("ArrayRecordComponent") // a carrier from the rule to a network; never compared
    public record ParityTensor(List<Long> shape, String dtype, float[] values) {}

    /**
     * Makes all tensors of a network, in the order of its state dict; the test is skipped where the folder is missing.
     *
     * @param network such as {@code superpoint} or {@code lightglue-256}
     * @throws IllegalStateException if a tensor differs from the reference's
     */
    public static Map<String, ParityTensor> of(String network) throws IOException {
        Path table = SharedFiles.get("parity/weights/" + network + ".tsv");
        Map<String, ParityTensor> tensors = new LinkedHashMap<>();
        for (String line : Files.readAllLines(table)) {
            if (!line.startsWith("#")) {
                String[] columns = line.split("\t", -1);
                ParityTensor tensor = tensor(network, columns);
                if (!sha256(tensor).equals(columns[7])) {
                    throw new IllegalStateException(
                            table + ": " + columns[0] + ": expected SHA-256 " + columns[7] + ", found another one");
                }
                tensors.put(columns[0], tensor);
            }
        }
        return tensors;
    }

    /** Columns: name, shape, dtype, kind, a, b, overrides, SHA-256. */
    private static ParityTensor tensor(String network, String[] columns) {
        List<Long> shape = columns[1].equals("scalar")
                ? List.of()
                : Arrays.stream(columns[1].split(",")).map(Long::valueOf).toList();
        float[] values = new float
                [Math.toIntExact(shape.stream().mapToLong(Long::longValue).reduce(1, Math::multiplyExact))];
        long base = fnv(SEED + network + ":" + columns[0]);
        switch (columns[3]) {
            case "uni" -> fillUniform(values, base, Float.parseFloat(columns[4]), Float.parseFloat(columns[5]));
            case "cyc9" -> fillCyclic(values, base, Float.parseFloat(columns[5]));
            case "int" -> Arrays.fill(values, Float.parseFloat(columns[4]));
            case "list" -> {
                String[] list = columns[4].split(" ", -1);
                for (int i = 0; i < values.length; i++) {
                    values[i] = Float.parseFloat(list[i]);
                }
            }
            default -> throw new IllegalStateException(columns[0] + ": expected a known kind, found " + columns[3]);
        }
        if (!columns[6].equals("-")) {
            for (String override : columns[6].split(" ", -1)) {
                String[] parts = override.split(":", -1);
                values[Integer.parseInt(parts[0])] = Float.parseFloat(parts[1]);
            }
        }
        return new ParityTensor(shape, columns[2], values);
    }

    private static void fillUniform(float[] values, long base, float a, float b) {
        for (int i = 0; i < values.length; i++) {
            values[i] = a + b * draw(base + i);
        }
    }

    /** Differences of neighbours inside each 3x3 kernel, so that the kernel sums to 0. */
    private static void fillCyclic(float[] values, long base, float b) {
        for (int i = 0; i < values.length; i++) {
            int next = i % 9 == 8 ? i - 8 : i + 1;
            values[i] = b * draw(base + i) - b * draw(base + next);
        }
    }

    /** Uniform in [-1, 1), with 24 bits. */
    private static float draw(long state) {
        return ((int) (mix(state) >>> 40) - (1 << 23)) * 0x1.0p-23f;
    }

    /** FNV-1a, 64 bits. */
    private static long fnv(String text) {
        long hash = 0xcbf29ce484222325L;
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (b & 0xff)) * 0x100000001b3L;
        }
        return hash;
    }

    /** One step of SplitMix64. */
    private static long mix(long state) {
        long z = state + 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    private static String sha256(ParityTensor tensor) {
        boolean wide = tensor.dtype().equals(INT64);
        ByteBuffer bytes =
                ByteBuffer.allocate((wide ? 8 : 4) * tensor.values().length).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : tensor.values()) {
            if (wide) {
                bytes.putLong((long) value);
            } else {
                bytes.putFloat(value);
            }
        }
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes.array()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
