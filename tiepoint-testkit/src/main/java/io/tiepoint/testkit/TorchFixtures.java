package io.tiepoint.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Files as {@code torch.save} writes them, and as attackers do, made byte by byte and without the code that they test. */
public final class TorchFixtures {
    private static final byte[] MAGIC_AND_VERSION = {
        (byte) 0x80,
        2,
        (byte) 0x8a,
        10,
        0x6c,
        (byte) 0xfc,
        (byte) 0x9c,
        0x46,
        (byte) 0xf9,
        0x20,
        0x6a,
        (byte) 0xa8,
        0x50,
        0x19,
        '.',
        (byte) 0x80,
        2,
        'M',
        (byte) 0xe9,
        3,
        '.',
        (byte) 0x80,
        2,
        '}',
        '.'
    };

    private TorchFixtures() {}

    /** The text as bytes, one for each character up to 255: a pickle as it is printed. */
    public static byte[] latin1(String pickle) {
        return pickle.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** A zip archive as PyTorch 1.6 or newer writes it, without compression. */
    public static byte[] zip(byte[] pickle, Map<String, byte[]> storages) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            put(zip, "archive/data.pkl", pickle, ZipEntry.STORED);
            for (Map.Entry<String, byte[]> storage : storages.entrySet()) {
                put(zip, "archive/data/" + storage.getKey(), storage.getValue(), ZipEntry.STORED);
            }
            put(zip, "archive/version", latin1("3\n"), ZipEntry.STORED);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** Adds an entry with its checksum. */
    public static void put(ZipOutputStream zip, String name, byte[] bytes, int method) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setMethod(method);
        if (method == ZipEntry.STORED) {
            CRC32 crc = new CRC32();
            crc.update(bytes);
            entry.setSize(bytes.length);
            entry.setCrc(crc.getValue());
        }
        zip.putNextEntry(entry);
        zip.write(bytes);
        zip.closeEntry();
    }

    /** A file of PyTorch before 1.6: the pickle of the object, the keys of its storages, and their float32 values. */
    public static byte[] legacy(byte[] pickle, Map<String, float[]> storages) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(MAGIC_AND_VERSION);
        out.writeBytes(pickle);
        StringBuilder keys = new StringBuilder("\u0080\u0002](");
        storages.keySet()
                .forEach(key -> keys.append("U").append((char) key.length()).append(key));
        out.writeBytes(latin1(keys.append("e.").toString()));
        for (float[] values : storages.values()) {
            ByteBuffer bytes = ByteBuffer.allocate(8 + 4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
            bytes.putLong(values.length);
            for (float value : values) {
                bytes.putFloat(value);
            }
            out.writeBytes(bytes.array());
        }
        return out.toByteArray();
    }

    /** The pickle of a dictionary of float32 tensors; the storage of each has its name as key. */
    public static byte[] pickle(Map<String, List<Long>> shapes) {
        StringBuilder pickle = new StringBuilder("\u0080\u0002}(");
        shapes.forEach((name, shape) -> pickle.append(text(name)).append(tensor("FloatStorage", name, 0, shape)));
        return latin1(pickle.append("u.").toString());
    }

    /** One tensor without gaps, as it stands in a pickle; the storage is as large as it needs. */
    public static String tensor(String storage, String key, long offset, List<Long> shape) {
        List<Long> strides = new ArrayList<>();
        long count = 1;
        for (int d = shape.size() - 1; d >= 0; d--) {
            strides.add(0, count);
            count *= shape.get(d);
        }
        return view(storage, key, offset + count, offset, shape, strides);
    }

    /** Any view of a storage, as it stands in a pickle, right or wrong. */
    public static String view(
            String storage, String key, long size, long offset, List<Long> shape, List<Long> strides) {
        return "ctorch._utils\n_rebuild_tensor_v2\n((" + text("storage") + "ctorch\n" + storage + "\n" + text(key)
                + text("cpu") + "L" + size + "L\ntQL" + offset + "L\n" + tuple(shape) + tuple(strides)
                + "\u0089ccollections\nOrderedDict\n)RtR";
    }

    private static String tuple(List<Long> numbers) {
        StringBuilder tuple = new StringBuilder("(");
        numbers.forEach(number -> tuple.append("L").append(number).append("L\n"));
        return tuple.append("t").toString();
    }

    private static String text(String text) {
        return "U" + (char) text.length() + text;
    }
}
