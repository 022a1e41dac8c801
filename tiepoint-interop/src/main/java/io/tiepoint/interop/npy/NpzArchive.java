package io.tiepoint.interop.npy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** Named arrays in one file, as {@code np.savez} writes them: a zip archive without compression. */
public final class NpzArchive {
    /** The first moment that a zip archive can say, so that the same arrays give the same bytes. */
    private static final LocalDateTime TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

    private NpzArchive() {}

    /** The bytes of the file; arrays in the order of their names. */
    public static byte[] write(Map<String, NpyArray> arrays) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, NpyArray> array : new TreeMap<>(arrays).entrySet()) {
                byte[] file = array.getValue().toFile();
                ZipEntry entry = new ZipEntry(array.getKey() + ".npy");
                CRC32 check = new CRC32();
                check.update(file);
                entry.setMethod(ZipEntry.STORED);
                entry.setSize(file.length);
                entry.setCrc(check.getValue());
                entry.setTimeLocal(TIME);
                zip.putNextEntry(entry);
                zip.write(file);
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory has no such errors
        }
        return bytes.toByteArray();
    }

    /**
     * Reads the bytes of a file, compressed or not.
     *
     * @param name how messages call it
     * @throws IOException if it is no archive of arrays
     */
    public static SortedMap<String, NpyArray> read(byte[] file, String name) throws IOException {
        SortedMap<String, NpyArray> arrays = new TreeMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(file))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                String member = entry.getName();
                if (!member.endsWith(".npy")) {
                    throw new IOException(name + ": expected .npy files in the archive, found " + member);
                }
                String key = member.substring(0, member.length() - ".npy".length());
                arrays.put(key, NpyArray.read(zip.readAllBytes(), name + "/" + member));
            }
        } catch (ZipException e) {
            throw new IOException(name + ": expected an .npz archive, found a damaged one (" + e.getMessage() + ")", e);
        }
        if (arrays.isEmpty()) {
            throw new IOException(name + ": expected an .npz archive, found no array in it");
        }
        return arrays;
    }
}
