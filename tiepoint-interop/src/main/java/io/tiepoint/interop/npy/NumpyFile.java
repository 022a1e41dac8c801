package io.tiepoint.interop.npy;

import io.tiepoint.core.pickle.PickleReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * Named arrays of a file as {@code np.load(FILE, allow_pickle=True)} reads them: an archive of {@code np.savez}, or a pickled
 * dictionary of arrays. Arrays of objects are read without executing anything: see {@link PickleReader}. Only the arrays that are
 * asked for are looked at.
 */
public final class NumpyFile {
    private static final long MAX_BYTES = 1L << 29;
    /** Deflate does not make more of a byte. */
    private static final long MAX_RATIO = 1100;

    private static final int MAX_OPERATIONS = 10_000_000;

    private NumpyFile() {}

    /**
     * Reads arrays.
     *
     * @param names of the arrays; those that are not there are left out of the answer
     * @return {@link NpyArray} of numbers, {@link NpyObjects} of anything else
     * @throws IOException if the file is neither, damaged, or one of the arrays holds something else than data
     */
    public static Map<String, Object> read(Path file, Set<String> names) throws IOException {
        byte[] head = new byte[2];
        try (InputStream in = Files.newInputStream(file)) {
            int count = in.readNBytes(head, 0, 2);
            if (count < 2) {
                throw new IOException(file + ": expected arrays of NumPy, found " + count + " bytes");
            }
        }
        if (head[0] == 'P' && head[1] == 'K') {
            return readArchive(file, names);
        }
        if (head[0] == (byte) 0x80 || head[0] == (byte) 0x93) {
            return readDictionary(file, names, head[0] == (byte) 0x80);
        }
        throw new IOException(file + ": expected an .npz archive or a pickled dictionary of arrays, found other bytes");
    }

    private static Map<String, Object> readArchive(Path file, Set<String> names) throws IOException {
        Map<String, Object> arrays = new TreeMap<>();
        try (ZipFile zip = new ZipFile(file.toFile())) {
            for (String name : names) {
                ZipEntry entry = zip.getEntry(name + ".npy");
                if (entry != null) {
                    arrays.put(name, array(bytes(file, zip, entry), file + "/" + name + ".npy"));
                }
            }
        } catch (ZipException | EOFException | IllegalArgumentException e) {
            // A damaged directory shows itself in several ways.
            String problem = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
            throw new IOException(file + ": expected an .npz archive, found a damaged one (" + problem + ")", e);
        }
        return arrays;
    }

    private static byte[] bytes(Path file, ZipFile zip, ZipEntry entry) throws IOException {
        String name = file + "/" + entry.getName();
        long size = entry.getSize();
        if (size < 0 || size > Math.min(MAX_BYTES, MAX_RATIO * Files.size(file))) {
            throw new IOException(
                    name + ": expected at most " + MAX_BYTES + " bytes in a file of its size, found " + size);
        }
        try (InputStream in = zip.getInputStream(entry)) {
            byte[] bytes = in.readNBytes((int) size);
            if (bytes.length < size) {
                throw new IOException(name + ": expected " + size + " bytes, found " + bytes.length);
            }
            return bytes;
        }
    }

    private static Object array(byte[] bytes, String name) throws IOException {
        NpyHeader header = NpyHeader.read(bytes, name);
        ByteBuffer values = ByteBuffer.wrap(bytes, header.start(), bytes.length - header.start())
                .slice();
        if (header.description().equals("|O")) {
            Object value = PickleReader.read(values, new NumpyNames(name), name, MAX_OPERATIONS);
            if (!(value instanceof NumpyNames.Array array)) {
                throw new IOException(name + ": expected an array of objects, found another value");
            }
            return array.plain(name);
        }
        return NumpyNames.isText(header.description())
                ? NpyObjects.ofText(header.description(), values, header.shape(), name)
                : NpyArray.read(bytes, name);
    }

    private static Map<String, Object> readDictionary(Path file, Set<String> names, boolean isPickle)
            throws IOException {
        long size = Files.size(file);
        if (size > MAX_BYTES) {
            throw new IOException(file + ": expected a pickle of at most " + MAX_BYTES + " bytes, found " + size);
        }
        String name = file.toString();
        byte[] bytes = Files.readAllBytes(file);
        Object value = isPickle
                ? PickleReader.read(ByteBuffer.wrap(bytes), new NumpyNames(name), name, MAX_OPERATIONS)
                : array(bytes, name);
        // np.save puts a dictionary into an array without dimensions.
        if (value instanceof NpyObjects one && one.size() == 1) {
            value = one.get(0).orElse("");
        }
        if (!(value instanceof Map<?, ?> dictionary)) {
            throw new IOException(file + ": expected a pickled dictionary of arrays, found another value");
        }
        Map<String, Object> arrays = new TreeMap<>();
        for (String key : names) {
            Object found = dictionary.get(key);
            if (found instanceof NumpyNames.Array array) {
                arrays.put(key, array.plain(file + "/" + key));
            } else if (found instanceof List<?> list) {
                arrays.put(key, NpyObjects.of(List.of((long) list.size()), list, file + "/" + key));
            }
        }
        return arrays;
    }
}
