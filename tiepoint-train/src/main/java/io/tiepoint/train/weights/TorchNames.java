package io.tiepoint.train.weights;

import io.tiepoint.core.model.ModelFormatException;
import io.tiepoint.core.pickle.PickleFormatException;
import io.tiepoint.core.pickle.PickleNames;
import io.tiepoint.core.pickle.PickleReader;
import io.tiepoint.core.pickle.PickleValue;
import io.tiepoint.core.pickle.PickleValue.Name;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The allow-list: the names that {@code torch.save} writes for tensors in dictionaries. None of them runs anything. */
final class TorchNames implements PickleNames {
    private static final int MAX_OPERATIONS = 1_000_000;
    private static final int MAX_DIMENSIONS = 64;
    private static final Set<String> FUNCTIONS = Set.of(
            "collections.OrderedDict",
            "torch._utils._rebuild_tensor",
            "torch._utils._rebuild_tensor_v2",
            "torch._utils._rebuild_parameter",
            "torch.Size",
            "_codecs.encode");

    /** Constants that some checkpoints keep beside the tensors. */
    private static final Set<String> CONSTANTS = Set.of(
            "torch.float16",
            "torch.bfloat16",
            "torch.float32",
            "torch.float64",
            "torch.int8",
            "torch.int16",
            "torch.int32",
            "torch.int64",
            "torch.uint8",
            "torch.bool");

    /**
     * Values in the file, by their key.
     *
     * @param first index of the first value that belongs to it; not 0 only for a view in a file from before 2017
     * @param size number of values
     */
    record Storage(ElementType type, String key, long first, long size) {}

    /**
     * A view of a storage.
     *
     * @param offset index of its first value in the storage
     * @param shape sizes, outermost first
     * @param stride values from one index to the next, of each dimension
     */
    record TensorView(Storage storage, long offset, List<Long> shape, List<Long> stride) {}

    private final String source;
    private final Map<String, Storage> storages = new LinkedHashMap<>();

    TorchNames(String source) {
        this.source = source;
    }

    /** Reads one pickle, and leaves the buffer behind it. */
    Object read(ByteBuffer in) throws IOException {
        try {
            return PickleReader.read(in, this, source, MAX_OPERATIONS);
        } catch (PickleFormatException e) {
            throw new ModelFormatException(String.valueOf(e.getMessage()), e);
        }
    }

    @Override
    public String contents() {
        return "a state dict";
    }

    @Override
    public String advice() {
        return "save it again with torch.save(model.state_dict(), FILE)";
    }

    /** Every storage that was named, by its key, whole. */
    Map<String, Storage> storages() {
        return storages;
    }

    @Override
    public Object resolve(String module, String name) throws ModelFormatException {
        Name found = new Name(module, name);
        boolean isStorage = (module.equals("torch") || module.equals("torch.cuda"))
                && ElementType.ofStorage(name).isPresent();
        if (!isStorage && !FUNCTIONS.contains(found.toString()) && !CONSTANTS.contains(found.toString())) {
            throw new ModelFormatException(
                    source + ": expected tensors and plain values, found a pickle that wants to use "
                            + found.shown()
                            + ", which was not executed; if you trust the file, open it in Python and"
                            + " save model.state_dict() alone");
        }
        return found;
    }

    @Override
    public Object call(Object function, List<?> arguments) throws ModelFormatException {
        return switch (function instanceof Name name ? name.toString() : "") {
            case "collections.OrderedDict" -> orderedDict(arguments);
            case "torch._utils._rebuild_tensor", "torch._utils._rebuild_tensor_v2" -> tensor(arguments);
            case "torch._utils._rebuild_parameter" -> {
                if (arguments.isEmpty() || !(arguments.get(0) instanceof TensorView view)) {
                    throw damaged("a parameter without a tensor");
                }
                yield view;
            }
            case "torch.Size" -> arguments.isEmpty() ? List.of() : arguments.get(0);
            case "_codecs.encode" -> new PickleValue.Bytes(ByteBuffer.allocate(0));
            default -> throw damaged("a call of something that is no function");
        };
    }

    private Map<Object, Object> orderedDict(List<?> arguments) throws ModelFormatException {
        Map<Object, Object> map = new LinkedHashMap<>();
        List<?> pairs = !arguments.isEmpty() && arguments.get(0) instanceof List<?> list ? list : List.of();
        for (Object pair : pairs) {
            if (!(pair instanceof List<?> both) || both.size() != 2 || !(both.get(0) instanceof String key)) {
                throw damaged("an OrderedDict of something else than pairs");
            }
            map.put(key, both.get(1));
        }
        return map;
    }

    /** Arguments: storage, offset, shape, stride, and what concerns gradients. */
    private TensorView tensor(List<?> arguments) throws ModelFormatException {
        if (arguments.size() < 4
                || !(arguments.get(0) instanceof Storage storage)
                || !(arguments.get(1) instanceof Long offset)) {
            throw damaged("a tensor without storage and offset");
        }
        List<Long> shape = sizes(arguments.get(2));
        List<Long> stride = sizes(arguments.get(3));
        if (offset < 0 || shape.size() != stride.size() || StoredTensor.count(shape) < 0) {
            throw damaged("a tensor of offset " + offset + ", shape " + shape + " and stride " + stride);
        }
        try {
            long last = offset;
            for (int i = 0; i < shape.size(); i++) {
                last = Math.addExact(last, Math.multiplyExact(shape.get(i) - 1, stride.get(i)));
            }
            if (StoredTensor.count(shape) > 0 && last >= storage.size()) {
                throw damaged("a tensor of offset " + offset + ", shape " + shape + " and stride " + stride
                        + " in a storage of " + storage.size() + " values");
            }
        } catch (ArithmeticException e) {
            throw new ModelFormatException(
                    source + ": expected tensors inside their storages, found one far outside", e);
        }
        return new TensorView(storage, offset, shape, stride);
    }

    private List<Long> sizes(Object value) throws ModelFormatException {
        List<Long> sizes = new ArrayList<>();
        if (value instanceof List<?> list && list.size() <= MAX_DIMENSIONS) {
            for (Object size : list) {
                if (size instanceof Long number && number >= 0) {
                    sizes.add(number);
                }
            }
            if (sizes.size() == list.size()) {
                return sizes;
            }
        }
        throw damaged("a tensor whose shape or stride is no list of whole numbers from 0");
    }

    /** {@code ("storage", class, key, device, size)}, in old files followed by None or {@code (key of the view, first, size)}. */
    @Override
    public Object persistent(Object id) throws ModelFormatException {
        if (!(id instanceof List<?> parts)
                || parts.size() < 5
                || !"storage".equals(parts.get(0))
                || !(parts.get(1) instanceof Name name)
                || !(parts.get(2) instanceof String key)
                || !(parts.get(4) instanceof Long size)
                || size < 0) {
            throw damaged("a persistent id that names no storage");
        }
        ElementType type = ElementType.ofStorage(name.name()).orElse(null);
        if (type == null || size > Integer.MAX_VALUE / 8) {
            throw damaged("a storage of " + size + " values of " + name.shown());
        }
        Storage whole = new Storage(type, key, 0, size);
        Storage before = storages.putIfAbsent(key, whole);
        if (before != null && !before.equals(whole)) {
            throw damaged("one storage with two sizes or types");
        }
        if (parts.size() > 5 && parts.get(5) instanceof List<?> view) {
            if (view.size() != 3
                    || !(view.get(1) instanceof Long first)
                    || !(view.get(2) instanceof Long count)
                    || first < 0
                    || count < 0
                    || first > size - count) {
                throw damaged("a view outside its storage");
            }
            return new Storage(type, key, first, count);
        }
        return whole;
    }

    private ModelFormatException damaged(String found) {
        return new ModelFormatException(source + ": expected a state dict of PyTorch, found " + found);
    }
}
