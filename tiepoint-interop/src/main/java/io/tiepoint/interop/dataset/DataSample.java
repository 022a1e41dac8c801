package io.tiepoint.interop.dataset;

import io.tiepoint.core.check.Check;
import io.tiepoint.core.image.GrayImage;
import io.tiepoint.core.image.ImageFiles;
import io.tiepoint.interop.npy.NpyArray;
import io.tiepoint.interop.npy.NpzArchive;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** One sample of a data set: small files that share a key, such as {@code 000012.png} and {@code 000012.labels.npz}. */
public final class DataSample {
    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9_-]+");
    private static final Pattern EXTENSION = Pattern.compile("[a-z0-9_-]+(\\.[a-z0-9_-]+)*");

    private final String key;
    private final SortedMap<String, byte[]> fields;

    /** Starts a sample without files. */
    public DataSample(String key) {
        this(key, new TreeMap<>());
        Check.that(KEY.matcher(key).matches(), "key: expected letters, digits, _ and -, found %s", key);
    }

    private DataSample(String key, SortedMap<String, byte[]> fields) {
        this.key = key;
        this.fields = fields;
    }

    /** The same sample with one more file; what it holds is not copied. */
    public DataSample with(String extension, byte[] bytes) {
        Check.that(
                EXTENSION.matcher(extension).matches(),
                "extension: expected one such as png or labels.npz, found %s",
                extension);
        Check.that(!fields.containsKey(extension), "extension: expected each only once, found %s again", extension);
        SortedMap<String, byte[]> more = new TreeMap<>(fields);
        more.put(extension, bytes);
        return new DataSample(key, more);
    }

    /** What its files share. */
    public String key() {
        return key;
    }

    /** The endings of its files, after the first dot. */
    public SortedSet<String> extensions() {
        return new TreeSet<>(fields.keySet());
    }

    /** Whether it has a file. */
    public boolean has(String extension) {
        return fields.containsKey(extension);
    }

    /**
     * The bytes of one file, not a copy.
     *
     * @throws IOException if it has no such file
     */
    public byte[] bytes(String extension) throws IOException {
        byte[] bytes = fields.get(extension);
        if (bytes == null) {
            throw new IOException("sample " + key + ": expected a file ." + extension + ", found "
                    + String.join(", ", fields.keySet()));
        }
        return bytes;
    }

    /** Decodes an image, to grey. */
    public GrayImage image(String extension) throws IOException {
        return ImageFiles.readGray(bytes(extension), Path.of(name(extension)));
    }

    /** Reads an {@code .npy} file. */
    public NpyArray array(String extension) throws IOException {
        return NpyArray.read(bytes(extension), name(extension));
    }

    /** Reads an {@code .npz} file. */
    public SortedMap<String, NpyArray> arrays(String extension) throws IOException {
        return NpzArchive.read(bytes(extension), name(extension));
    }

    String name(String extension) {
        return key + "." + extension;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DataSample that
                && key.equals(that.key)
                && fields.keySet().equals(that.fields.keySet())
                && fields.entrySet().stream()
                        .allMatch(field -> Arrays.equals(field.getValue(), that.fields.get(field.getKey())));
    }

    @Override
    public int hashCode() {
        return 31 * key.hashCode() + fields.keySet().hashCode();
    }

    @Override
    public String toString() {
        return key + fields.keySet();
    }
}
