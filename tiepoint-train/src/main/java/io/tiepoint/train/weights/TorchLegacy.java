package io.tiepoint.train.weights;

import io.tiepoint.core.model.ModelFormatException;
import io.tiepoint.train.weights.TorchNames.Storage;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A {@code .pth} from before PyTorch 1.6: five pickles (a magic number, a version, facts of the machine, the object, the keys of
 * its storages), then for each storage its number of values in 8 bytes, and the values. They are little-endian even where the
 * machine was not.
 */
final class TorchLegacy {
    private static final BigInteger MAGIC = new BigInteger("1950a86a20f9469cfc6c", 16);
    private static final long VERSION = 1001;

    private final Path file;
    private final FileChannel channel;
    private final TorchNames names;
    private final Map<String, Long> positions = new HashMap<>();

    private TorchLegacy(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
        this.names = new TorchNames(file.toString());
    }

    static StateDict read(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return new TorchLegacy(file, channel).read();
        }
    }

    private StateDict read() throws IOException {
        ByteBuffer head = bytes(0, Math.min(channel.size(), TorchFile.MAX_PICKLE_BYTES));
        if (!MAGIC.equals(pickle(head))) {
            throw damaged("expected a file of torch.save, found a pickle of something else");
        }
        Object version = pickle(head);
        if (!version.equals(VERSION)) {
            throw damaged("expected version " + VERSION + " of torch.save, found another one");
        }
        Object ignored = pickle(head);
        Object root = pickle(head);
        if (!(pickle(head) instanceof List<?> keys)) {
            throw damaged("expected a list of storages, found another value");
        }
        place(keys, head.position());
        return TorchFile.collect(file, root, this::storage);
    }

    private Object pickle(ByteBuffer head) throws IOException {
        return names.read(head);
    }

    /** Finds where each storage lies, and that together they fill the file. */
    private void place(List<?> keys, long start) throws IOException {
        long position = start;
        for (Object key : keys) {
            Storage storage = key instanceof String name ? names.storages().get(name) : null;
            if (storage == null || positions.put(storage.key(), position + 8) != null) {
                throw damaged("expected each storage of its tensors once, found another one");
            }
            long size = bytes(position, 8).order(ByteOrder.LITTLE_ENDIAN).getLong();
            if (size != storage.size()) {
                throw damaged("expected a storage of " + storage.size() + " values, found " + size);
            }
            position += 8 + size * storage.type().byteCount();
        }
        if (position != channel.size()) {
            throw damaged(
                    "expected storages up to byte " + position + ", found a file of " + channel.size() + " bytes");
        }
    }

    private ByteBuffer storage(Storage storage) throws IOException {
        Long position = positions.get(storage.key());
        Storage whole = names.storages().get(storage.key());
        if (position == null || whole == null) {
            throw damaged("expected the values of every tensor, found a storage without");
        }
        return bytes(position, whole.size() * whole.type().byteCount()).order(ByteOrder.LITTLE_ENDIAN);
    }

    private ByteBuffer bytes(long position, long count) throws IOException {
        if (count > channel.size() - position) {
            throw damaged("expected " + count + " bytes from byte " + position + " on, found its end");
        }
        ByteBuffer bytes = ByteBuffer.allocate((int) count);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, position + bytes.position()) < 0) {
                throw damaged("expected " + bytes.remaining() + " more bytes, found its end");
            }
        }
        return bytes.flip();
    }

    private ModelFormatException damaged(String what) {
        return new ModelFormatException(file + ": " + what);
    }
}
