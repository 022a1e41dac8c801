package io.tiepoint.app;

import io.tiepoint.core.check.Check;
import io.tiepoint.core.image.ColorImage;
import io.tiepoint.core.image.ImageFiles;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Files that a command writes: nothing is overwritten without being asked for, and a file appears whole or not at all. */
final class Outputs {
    private Outputs() {}

    /**
     * Checks, before any work is done, that a file can be written.
     *
     * @throws IllegalArgumentException if something lies there already, or its folder is missing
     */
    static void expectWritable(Path file, boolean overwrite) {
        Check.that(!Files.isDirectory(file), "%s: expected a file to write, found a folder", file);
        Check.that(
                overwrite || !Files.exists(file),
                "%s: expected nothing there, found a file; choose another name or add --overwrite",
                file);
        Path folder = folderOf(file);
        Check.that(Files.isDirectory(folder), "%s: expected a folder to write into, found none; make it first", folder);
        Check.that(
                Files.isWritable(folder),
                "%s: expected a folder that may be written into, found one that may not",
                folder);
    }

    /**
     * Checks that a command does not write over what it reads, or one output over another.
     *
     * @throws IllegalArgumentException if two are the same file
     */
    static void expectDifferent(String option, Path file, Path... others) throws IOException {
        for (Path other : others) {
            boolean same = file.toAbsolutePath()
                            .normalize()
                            .equals(other.toAbsolutePath().normalize())
                    || (Files.exists(file) && Files.exists(other) && Files.isSameFile(file, other));
            Check.that(!same, "%s: expected a file of its own, found %s; choose another name", option, other);
        }
    }

    /** Makes a folder, with those above it, if it is not there. */
    static void makeFolder(Path folder) throws IOException {
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new IOException(folder + ": expected a folder, found a file; choose another one with --out");
        }
        Path ignored = Files.createDirectories(folder);
    }

    /** The first name that is free: {@code stem}, else {@code stem-2} and so on, each with the ending. */
    static Path free(Path folder, String stem, String ending) {
        Path file = folder.resolve(stem + ending);
        for (int i = 2; Files.exists(file); i++) {
            file = folder.resolve(stem + "-" + i + ending);
        }
        return file;
    }

    /** Writes a PNG file, whole or not at all. */
    static void writePicture(ColorImage picture, Path file) throws IOException {
        try {
            ImageFiles.writePng(picture, file);
        } catch (IOException e) {
            throw named(e, file);
        }
    }

    /** Writes a text, whole or not at all. */
    static void writeText(String text, Path file) throws IOException {
        try {
            writeBesidesAndRename(text, file);
        } catch (IOException e) {
            throw named(e, file);
        }
    }

    /** What the system says of a full disk does not name the file. */
    private static IOException named(IOException e, Path file) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String message = String.valueOf(root.getMessage());
        return e instanceof FileSystemException || message.startsWith(file.toString())
                ? e
                : new IOException(file + ": expected to be written, found: " + message, e);
    }

    private static void writeBesidesAndRename(String text, Path file) throws IOException {
        Path temporary = folderOf(file).resolve("." + file.getFileName() + "." + System.nanoTime() + ".tmp");
        try {
            Path ignored = Files.writeString(temporary, text, StandardOpenOption.CREATE_NEW);
            try {
                Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } catch (AtomicMoveNotSupportedException e) {
                Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING);
            }
        } finally {
            boolean ignored = Files.deleteIfExists(temporary);
        }
    }

    private static Path folderOf(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        return folder == null ? file.toAbsolutePath() : folder;
    }
}
