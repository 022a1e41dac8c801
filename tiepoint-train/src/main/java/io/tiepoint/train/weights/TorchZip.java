package io.tiepoint.train.weights;

import io.tiepoint.core.model.ModelFormatException;
import io.tiepoint.train.weights.TorchNames.Storage;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** A {@code .pth} of PyTorch 1.6 or newer: {@code NAME/data.pkl} and {@code NAME/data/KEY} in a zip archive without compression. */
final class TorchZip {
    private static final int MAX_ENTRIES = 100_000;
    private static final String PICKLE = "/data.pkl";

    private final Path file;
    private final ZipFile zip;
    private final Map<String, ZipEntry> entries;
    private final String folder;
    private final ByteOrder order;
    private final long fileBytes;
    private long storageBytes;

    private TorchZip(Path file, ZipFile zip) throws IOException {
        this.file = file;
        this.zip = zip;
        this.fileBytes = Files.size(file);
        this.entries = entries();
        List<String> pickles = entries.keySet().stream()
                .filter(name -> name.endsWith(PICKLE) && name.indexOf('/') == name.length() - PICKLE.length())
                .toList();
        if (pickles.size() != 1) {
            throw damaged("expected an archive of torch.save with one data.pkl, found " + pickles.size() + " of them");
        }
        this.folder = pickles.get(0).substring(0, pickles.get(0).length() - PICKLE.length());
        if (entries.containsKey(folder + "/constants.pkl")) {
            throw damaged(
                    "expected a state dict, found a TorchScript program; load it with torch.jit.load in Python and"
                            + " save its state_dict()");
        }
        this.order = order();
    }

    static StateDict read(Path file) throws IOException {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            TorchZip reader = new TorchZip(file, zip);
            ByteBuffer pickle = reader.bytes(reader.folder + PICKLE, TorchFile.MAX_PICKLE_BYTES);
            Object root = new TorchNames(file.toString()).read(pickle);
            return TorchFile.collect(file, root, reader::storage);
        } catch (ZipException | EOFException | IllegalArgumentException e) {
            // A damaged directory shows itself in several ways.
            throw new ModelFormatException(
                    file + ": expected a whole zip archive, found a damaged one (" + firstLine(e) + ")", e);
        }
    }

    private static String firstLine(Exception e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("").replaceAll("\\p{Cntrl}", "?");
    }

    private Map<String, ZipEntry> entries() throws ModelFormatException {
        if (zip.size() > MAX_ENTRIES) {
            throw damaged("expected at most " + MAX_ENTRIES + " entries, found " + zip.size());
        }
        Map<String, ZipEntry> found = new HashMap<>();
        for (ZipEntry entry : Collections.list(zip.entries())) {
            if (found.put(entry.getName(), entry) != null) {
                throw damaged("expected each entry once, found one twice");
            }
        }
        return found;
    }

    /** Files from before PyTorch 2.1 do not say it, and come from little-endian machines. */
    private ByteOrder order() throws IOException {
        if (!entries.containsKey(folder + "/byteorder")) {
            return ByteOrder.LITTLE_ENDIAN;
        }
        ByteBuffer text = bytes(folder + "/byteorder", 16);
        String word = StandardCharsets.US_ASCII.decode(text).toString().strip();
        return switch (word) {
            case "little" -> ByteOrder.LITTLE_ENDIAN;
            case "big" -> ByteOrder.BIG_ENDIAN;
            default -> throw damaged("byteorder: expected little or big, found another word");
        };
    }

    private ByteBuffer storage(Storage storage) throws IOException {
        storageBytes += storage.size() * storage.type().byteCount();
        if (storageBytes > fileBytes) {
            throw damaged("expected storages that fit into its " + fileBytes + " bytes, found more");
        }
        String name = folder + "/data/" + storage.key();
        ByteBuffer values = bytes(name, fileBytes);
        if (values.remaining() != storage.size() * storage.type().byteCount()) {
            throw damaged(shown(name) + ": expected " + storage.size() + " values of "
                    + storage.type().word() + ", found " + values.remaining() + " bytes");
        }
        return values.order(order);
    }

    private ByteBuffer bytes(String name, long most) throws IOException {
        ZipEntry entry = entries.get(name);
        if (entry == null) {
            throw damaged("expected an entry " + shown(name) + ", found none");
        }
        // torch.save never compresses; a small entry that becomes a large one is an attack.
        if (entry.getMethod() != ZipEntry.STORED || entry.getSize() != entry.getCompressedSize()) {
            throw damaged(shown(name) + ": expected an entry without compression, as torch.save writes it, found a"
                    + " compressed one");
        }
        if (entry.getSize() < 0 || entry.getSize() > Math.min(most, fileBytes)) {
            throw damaged(shown(name) + ": expected at most " + Math.min(most, fileBytes) + " bytes, found "
                    + entry.getSize());
        }
        byte[] values = new byte[(int) entry.getSize()];
        try (InputStream in = zip.getInputStream(entry)) {
            int count = in.readNBytes(values, 0, values.length);
            if (count < values.length) {
                throw damaged(shown(name) + ": expected " + values.length + " bytes, found " + count);
            }
        }
        CRC32 crc = new CRC32();
        crc.update(values);
        if (crc.getValue() != entry.getCrc()) {
            throw damaged(shown(name) + ": expected the bytes of its checksum, found others; the file is damaged");
        }
        return ByteBuffer.wrap(values);
    }

    private static String shown(String name) {
        String line = name.replaceAll("\\p{Cntrl}", "?");
        return line.length() <= 100 ? line : line.substring(0, 100) + "...";
    }

    private ModelFormatException damaged(String what) {
        return new ModelFormatException(file + ": " + what);
    }
}
