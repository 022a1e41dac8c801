package io.tiepoint.train.weights;

import io.tiepoint.core.model.ModelFormatException;
import io.tiepoint.core.model.OnnxOutline;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A file of weights of any kind that Tiepoint reads; what it is shows in its first bytes. Reading executes nothing, and takes
 * memory in proportion to the file's size.
 *
 * @param format what kind of file it is
 * @param state its tensors
 */
public record WeightFile(Format format, StateDict state) {
    private static final long MAX_BYTES = Integer.MAX_VALUE - 8L;
    private static final int FIRST_BYTES = 9;

    /** A kind of file. */
    public enum Format {
        /** {@code .safetensors}. */
        SAFETENSORS("safetensors"),
        /** {@code .pth} or {@code .pt}, since PyTorch 1.6. */
        TORCH_ZIP("PyTorch, zip"),
        /** {@code .pth} or {@code .pt}, from before PyTorch 1.6. */
        TORCH_LEGACY("PyTorch before 1.6"),
        /** {@code .onnx}; only the constants that are stored as floats or as raw bytes. */
        ONNX("ONNX");

        private final String title;

        Format(String title) {
            this.title = title;
        }

        /** For people. */
        public String title() {
            return title;
        }
    }

    /**
     * Reads a file.
     *
     * @throws ModelFormatException if the file is of no such kind, is damaged, or is a pickle that wants to call something
     */
    public static WeightFile read(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new ModelFormatException(file + ": expected a file of weights, found a folder");
        }
        if (!Files.exists(file)) {
            throw new ModelFormatException(file + ": expected a file of weights, found no such file");
        }
        long size = Files.size(file);
        if (size > MAX_BYTES) {
            throw new ModelFormatException(
                    file + ": expected a file of at most " + MAX_BYTES + " bytes, found " + size);
        }
        Format format = format(file);
        StateDict state = switch (format) {
            case SAFETENSORS -> Safetensors.readAny(file);
            case TORCH_ZIP -> TorchZip.read(file);
            case TORCH_LEGACY -> TorchLegacy.read(file);
            case ONNX -> onnx(file);
        };
        return new WeightFile(format, state);
    }

    private static Format format(Path file) throws IOException {
        byte[] first;
        try (InputStream in = Files.newInputStream(file)) {
            first = in.readNBytes(FIRST_BYTES);
        }
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        boolean isNamedTorch = name.matches(".*\\.(pth|pt|pkl|ckpt|tar)");
        if (name.endsWith(".onnx")) {
            return Format.ONNX;
        }
        if (first.length >= 4 && first[0] == 'P' && first[1] == 'K' && first[2] == 3 && first[3] == 4) {
            return Format.TORCH_ZIP;
        }
        if (name.endsWith(".safetensors") || (first.length == FIRST_BYTES && first[FIRST_BYTES - 1] == '{')) {
            return Format.SAFETENSORS;
        }
        if (isNamedTorch || (first.length > 0 && first[0] == (byte) 0x80)) {
            return Format.TORCH_LEGACY;
        }
        throw new ModelFormatException(
                file + ": expected a .pth, .safetensors or .onnx file, found one that begins with other bytes");
    }

    private static StateDict onnx(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        Map<String, StoredTensor> tensors = new LinkedHashMap<>();
        Map<String, OnnxOutline.Initializer> initializers =
                OnnxOutline.of(bytes, file.toString()).initializers();
        for (OnnxOutline.Initializer found : initializers.values()) {
            ElementType type = ElementType.ofOnnx(found.dataType()).orElse(null);
            if (type != null && found.offset() >= 0) {
                byte[] values = Arrays.copyOfRange(bytes, found.offset(), found.offset() + found.length());
                tensors.put(found.name(), new StoredTensor(type, List.copyOf(found.shape()), values));
            }
        }
        return new StateDict(tensors, Map.of());
    }
}
