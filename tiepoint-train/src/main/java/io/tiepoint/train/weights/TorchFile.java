package io.tiepoint.train.weights;

import io.tiepoint.core.model.ModelFormatException;
import io.tiepoint.train.weights.TorchNames.Storage;
import io.tiepoint.train.weights.TorchNames.TensorView;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads what {@code torch.save} wrote: since PyTorch 1.6 a zip archive with a pickle and one entry for each storage, before it
 * pickles followed by the storages. Tensors that are views of one storage become tensors of their own.
 */
final class TorchFile {
    /** A pickle of a state dict takes about 150 bytes for each tensor. */
    static final int MAX_PICKLE_BYTES = 1 << 24;

    private static final int MAX_DEPTH = 32;
    private static final int MAX_VALUES = 1_000_000;
    private static final int MAX_NAMED = 100_000;
    private static final long ROOM = 1L << 24;

    private final Path file;
    private final Storages storages;
    private final long maxBytes;
    private final Map<String, ByteBuffer> opened = new HashMap<>();
    private final Map<String, StoredTensor> tensors = new LinkedHashMap<>();
    private int visited;
    private int named;
    private long bytes;

    /** Where the values of storages come from. */
    interface Storages {
        /** The values of a whole storage as bytes, in the order of the file. */
        ByteBuffer read(Storage storage) throws IOException;
    }

    private TorchFile(Path file, Storages storages) throws IOException {
        this.file = file;
        this.storages = storages;
        // Views that repeat values, as expand() makes them, could fill any memory.
        this.maxBytes = 4 * Files.size(file) + ROOM;
    }

    /**
     * Collects the tensors of a pickle.
     *
     * @param root what the pickle holds
     */
    static StateDict collect(Path file, Object root, Storages storages) throws IOException {
        TorchFile reader = new TorchFile(file, storages);
        reader.visit("", root, 0);
        if (reader.tensors.isEmpty()) {
            throw new ModelFormatException(file + ": expected a dictionary of tensors, found no tensor");
        }
        return new StateDict(reader.tensors, Map.of());
    }

    private void visit(String name, Object value, int depth) throws IOException {
        // A list that holds another one twice, and so on, is small in the file and endless to walk.
        if (depth > MAX_DEPTH || ++named > MAX_NAMED) {
            throw tooMuch(MAX_NAMED + " tensors, dictionaries and lists");
        }
        if (value instanceof TensorView view) {
            String own = name.isEmpty() ? "tensor" : name;
            if (tensors.put(own, tensor(own, view)) != null) {
                throw new ModelFormatException(file + ": " + own + ": expected one tensor of this name, found two");
            }
        } else if (value instanceof Map<?, ?> map) {
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                visitIn(name, entry.getKey(), entry.getValue(), depth);
            }
        } else if (value instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                visitIn(name, i, list.get(i), depth);
            }
        }
    }

    /** Plain values need no name: a file may hold many. */
    private void visitIn(String name, @Nullable Object key, @Nullable Object value, int depth) throws IOException {
        if (++visited > MAX_VALUES) {
            throw tooMuch(MAX_VALUES + " values");
        }
        if (value instanceof TensorView || value instanceof Map || value instanceof List) {
            visit(name.isEmpty() ? String.valueOf(key) : name + "." + key, value, depth + 1);
        }
    }

    private ModelFormatException tooMuch(String most) {
        return new ModelFormatException(
                file + ": expected dictionaries at most " + MAX_DEPTH + " deep with at most " + most + ", found more");
    }

    private StoredTensor tensor(String name, TensorView view) throws IOException {
        Storage storage = view.storage();
        int valueBytes = storage.type().byteCount();
        long byteCount = StoredTensor.count(view.shape()) * valueBytes;
        bytes += byteCount;
        if (bytes > maxBytes) {
            throw new ModelFormatException(file + ": " + name + ": expected tensors of at most " + maxBytes
                    + " bytes in a file of its size, found more");
        }
        ByteBuffer values = opened.get(storage.key());
        if (values == null) {
            values = storages.read(storage);
            opened.put(storage.key(), values);
        }
        byte[] copy = new byte[(int) byteCount];
        if (byteCount > 0) {
            gather(view, values, ByteBuffer.wrap(copy).order(ByteOrder.LITTLE_ENDIAN));
        }
        return new StoredTensor(storage.type(), view.shape(), copy);
    }

    /** Copies the values of a view, the last dimension fastest. */
    private static void gather(TensorView view, ByteBuffer from, ByteBuffer to) {
        int valueBytes = view.storage().type().byteCount();
        int rank = view.shape().size();
        long[] index = new long[rank];
        long at = view.storage().first() + view.offset();
        while (to.hasRemaining()) {
            int position = (int) at * valueBytes;
            switch (valueBytes) {
                case 1 -> to.put(from.get(position));
                case 2 -> to.putShort(from.getShort(position));
                case 4 -> to.putInt(from.getInt(position));
                default -> to.putLong(from.getLong(position));
            }
            for (int d = rank - 1; d >= 0; d--) {
                at += view.stride().get(d);
                if (++index[d] < view.shape().get(d)) {
                    break;
                }
                at -= index[d] * view.stride().get(d);
                index[d] = 0;
            }
        }
    }
}
