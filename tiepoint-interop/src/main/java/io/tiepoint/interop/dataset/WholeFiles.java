package io.tiepoint.interop.dataset;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** What appears whole or not at all, also if the machine stops. */
final class WholeFiles {
    private WholeFiles() {}

    /** Where something is written before it gets its name. */
    static Path temporary(Path target) {
        return target.resolveSibling("." + target.getFileName() + ".part");
    }

    /** Writes a file and waits until it is on the disk. */
    static void writeSynced(Path file, byte[] bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                int ignored = channel.write(buffer);
            }
            channel.force(true);
        }
    }

    /** Writes a file beside its place and renames it. */
    static void write(Path file, byte[] bytes) throws IOException {
        Path temporary = temporary(file);
        writeSynced(temporary, bytes);
        publish(temporary, file);
    }

    /** Gives what is whole its name. */
    static void publish(Path temporary, Path target) throws IOException {
        if (Files.isDirectory(target)) {
            delete(target);
        }
        try {
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(temporary, target, StandardCopyOption.REPLACE_EXISTING);
        }
        syncFolder(target.toAbsolutePath().getParent());
    }

    /** A rename is on the disk only when its folder is; where folders cannot be opened, the system sees to it. */
    private static void syncFolder(@org.jspecify.annotations.Nullable Path folder) {
        if (folder == null) {
            return;
        }
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            // Windows
        }
    }

    /** Deletes a file, or a folder with all that it holds; nothing there is no error. */
    static void delete(Path path) throws IOException {
        if (!Files.exists(path)) {
            return;
        }
        List<Path> all;
        try (Stream<Path> walk = Files.walk(path)) {
            all = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path each : all) {
            Files.delete(each);
        }
    }
}
