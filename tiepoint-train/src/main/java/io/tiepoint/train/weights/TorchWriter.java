package io.tiepoint.train.weights;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes float32 tensors as a {@code .pth} that {@code torch.load} reads, also with {@code weights_only=True}. */
public final class TorchWriter {
    private static final String FOLDER = "archive/";
    private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

    private TorchWriter() {}

    /**
     * Writes a state dict: an OrderedDict of tensors, each with a storage of its own. The same tensors give the same bytes. The
     * file is written beside its place under a temporary name and then renamed.
     *
     * @param tensors by name, in order
     * @throws IOException if there is no room or no right to write; an earlier file of that name is left as it was
     */
    public static void write(Path file, Map<String, Safetensors.Entry> tensors) throws IOException {
        Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
        try {
            try (OutputStream out = Files.newOutputStream(temporary);
                    ZipOutputStream zip = new ZipOutputStream(out)) {
                put(zip, "data.pkl", pickle(tensors));
                put(zip, "byteorder", "little".getBytes(StandardCharsets.US_ASCII));
                int key = 0;
                for (Safetensors.Entry tensor : tensors.values()) {
                    ByteBuffer bytes =
                            ByteBuffer.allocate(4 * tensor.values().length).order(ByteOrder.LITTLE_ENDIAN);
                    bytes.asFloatBuffer().put(tensor.values());
                    put(zip, "data/" + key++, bytes.array());
                }
                put(zip, "version", "3\n".getBytes(StandardCharsets.US_ASCII));
            }
            Path ignored =
                    Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            boolean ignored = Files.deleteIfExists(temporary);
        }
    }

    /** PyTorch maps entries into memory, so they are not compressed; then their size and checksum come before them. */
    private static void put(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
        CRC32 crc = new CRC32();
        crc.update(bytes);
        ZipEntry entry = new ZipEntry(FOLDER + name);
        entry.setTimeLocal(NO_TIME);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(bytes.length);
        entry.setCrc(crc.getValue());
        zip.putNextEntry(entry);
        zip.write(bytes);
        zip.closeEntry();
    }

    private static byte[] pickle(Map<String, Safetensors.Entry> tensors) {
        Pickle pickle = new Pickle()
                .operation(0x80, 2)
                .name("collections", "OrderedDict")
                .operation(')', 'R', '(');
        int key = 0;
        for (Map.Entry<String, Safetensors.Entry> tensor : tensors.entrySet()) {
            List<Long> shape = tensor.getValue().shape();
            pickle = pickle.text(tensor.getKey())
                    .name("torch._utils", "_rebuild_tensor_v2")
                    .operation('(', '(')
                    .text("storage")
                    .name("torch", ElementType.FLOAT32.storageName())
                    .text(String.valueOf(key++))
                    .text("cpu")
                    .number(tensor.getValue().values().length)
                    .operation('t', 'Q')
                    .number(0)
                    .tuple(shape)
                    .tuple(strides(shape))
                    .operation(0x89)
                    .name("collections", "OrderedDict")
                    .operation(')', 'R', 't', 'R');
        }
        return pickle.operation('u', '.').bytes();
    }

    /** Of a tensor without gaps. */
    private static List<Long> strides(List<Long> shape) {
        List<Long> strides = new ArrayList<>();
        long stride = 1;
        for (int d = shape.size() - 1; d >= 0; d--) {
            strides.add(0, stride);
            stride *= Math.max(shape.get(d), 1);
        }
        return strides;
    }

    /** A pickle of protocol 2, operation by operation. */
    private static final class Pickle {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();

        Pickle operation(int... codes) {
            for (int code : codes) {
                out.write(code);
            }
            return this;
        }

        Pickle name(String module, String name) {
            out.writeBytes(("c" + module + "\n" + name + "\n").getBytes(StandardCharsets.UTF_8));
            return this;
        }

        Pickle text(String text) {
            byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
            return operation('X').int32(utf8.length).raw(utf8);
        }

        /** At most 31 bits: as many values as an array can have. */
        Pickle number(long number) {
            return operation('J').int32(Math.toIntExact(number));
        }

        Pickle tuple(List<Long> numbers) {
            Pickle self = operation('(');
            for (long number : numbers) {
                self = self.number(number);
            }
            return self.operation('t');
        }

        private Pickle int32(int value) {
            return raw(ByteBuffer.allocate(4)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putInt(value)
                    .array());
        }

        private Pickle raw(byte[] bytes) {
            out.writeBytes(bytes);
            return this;
        }

        byte[] bytes() {
            return out.toByteArray();
        }
    }
}
