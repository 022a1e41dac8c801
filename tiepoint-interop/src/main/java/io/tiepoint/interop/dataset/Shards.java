package io.tiepoint.interop.dataset;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** Writes and reads the shards of both formats. */
final class Shards {
    private static final int BUFFER_BYTES = 1 << 18;
    private static final int READ_ONLY = 0444;

    private Shards() {}

    /** What takes the samples of a shard, in order. */
    @FunctionalInterface
    interface Reader {
        void take(DataSample sample) throws IOException;
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Writes a shard as a whole: a name is taken only by what is on the disk. */
    static Manifest.Shard write(Path folder, Manifest manifest, int shard, IntFunction<DataSample> samples)
            throws IOException {
        String name = manifest.shards().shardName(shard);
        Path target = folder.resolve(name);
        Path temporary = WholeFiles.temporary(target);
        WholeFiles.delete(temporary);
        MessageDigest digest = sha256();
        int count = manifest.samplesOf(shard);
        long bytes;
        try {
            bytes = manifest.shards() == DataSetFormat.WEBDATASET
                    ? writeTar(temporary, digest, count, samples)
                    : writeFolder(temporary, digest, count, samples);
            WholeFiles.publish(temporary, target);
        } finally {
            WholeFiles.delete(temporary);
        }
        return new Manifest.Shard(
                name,
                (long) shard * manifest.samplesPerShard(),
                count,
                bytes,
                HexFormat.of().formatHex(digest.digest()));
    }

    private static long writeTar(Path file, MessageDigest digest, int count, IntFunction<DataSample> samples)
            throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            OutputStream buffered = new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER_BYTES);
            try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new DigestOutputStream(buffered, digest))) {
                for (int i = 0; i < count; i++) {
                    DataSample sample = samples.apply(i);
                    for (String extension : sample.extensions()) {
                        byte[] bytes = sample.bytes(extension);
                        TarArchiveEntry entry = new TarArchiveEntry(sample.name(extension));
                        entry.setSize(bytes.length);
                        entry.setModTime(0L);
                        entry.setMode(READ_ONLY);
                        entry.setIds(0, 0);
                        entry.setNames("", "");
                        tar.putArchiveEntry(entry);
                        tar.write(bytes);
                        tar.closeArchiveEntry();
                    }
                }
                tar.finish();
                tar.flush();
                channel.force(true);
            }
        }
        return Files.size(file);
    }

    private static long writeFolder(Path folder, MessageDigest digest, int count, IntFunction<DataSample> samples)
            throws IOException {
        Path ignored = Files.createDirectories(folder);
        long total = 0;
        for (int i = 0; i < count; i++) {
            DataSample sample = samples.apply(i);
            for (String extension : sample.extensions()) {
                byte[] bytes = sample.bytes(extension);
                digest(digest, sample.name(extension), bytes);
                WholeFiles.writeSynced(folder.resolve(sample.name(extension)), bytes);
                total += bytes.length;
            }
        }
        return total;
    }

    private static void digest(MessageDigest digest, String name, byte[] bytes) {
        digest.update((name + " " + bytes.length + "\n").getBytes(StandardCharsets.UTF_8));
        digest.update(bytes);
    }

    static void read(Path shard, Reader reader) throws IOException {
        if (!Files.exists(shard)) {
            throw new IOException(shard + ": expected a shard of the data set, found none");
        }
        try (Grouping grouping = new Grouping(reader)) {
            if (Files.isDirectory(shard)) {
                readFolder(shard, grouping);
            } else {
                readTar(shard, grouping);
            }
        } catch (IOException e) {
            if (String.valueOf(e.getMessage()).startsWith(shard.toString())) {
                throw e;
            }
            throw new IOException(shard + ": expected a whole shard, found: " + e.getMessage(), e);
        }
    }

    private static void readFolder(Path folder, Grouping grouping) throws IOException {
        for (Path file : filesOf(folder)) {
            grouping.add(String.valueOf(file.getFileName()), Files.readAllBytes(file));
        }
    }

    private static List<Path> filesOf(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private static void readTar(Path file, Grouping grouping) throws IOException {
        try (TarArchiveInputStream tar =
                new TarArchiveInputStream(new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                if (entry.isFile()) {
                    grouping.add(entry.getName(), tar.readNBytes(Math.toIntExact(entry.getSize())));
                }
            }
        }
    }

    /** The checksum that {@link Manifest.Shard} tells. */
    static String checksum(Path shard) throws IOException {
        MessageDigest digest = sha256();
        if (Files.isDirectory(shard)) {
            for (Path file : filesOf(shard)) {
                digest(digest, String.valueOf(file.getFileName()), Files.readAllBytes(file));
            }
        } else {
            try (var in = Files.newInputStream(shard)) {
                byte[] buffer = new byte[BUFFER_BYTES];
                for (int n = in.read(buffer); n > 0; n = in.read(buffer)) {
                    digest.update(buffer, 0, n);
                }
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Puts consecutive files with one key together, as WebDataset does. */
    private static final class Grouping implements AutoCloseable {
        private final Reader reader;
        private @org.jspecify.annotations.Nullable DataSample sample;

        Grouping(Reader reader) {
            this.reader = reader;
        }

        void add(String path, byte[] bytes) throws IOException {
            String name = path.substring(path.lastIndexOf('/') + 1);
            int dot = name.indexOf('.');
            if (dot <= 0 || name.startsWith("__")) {
                return;
            }
            String key = name.substring(0, dot);
            DataSample current = sample;
            if (current != null && !current.key().equals(key)) {
                reader.take(current);
                current = null;
            }
            try {
                sample = (current == null ? new DataSample(key) : current).with(name.substring(dot + 1), bytes);
            } catch (IllegalArgumentException e) {
                throw new IOException(path + ": " + e.getMessage(), e);
            }
        }

        @Override
        public void close() throws IOException {
            DataSample last = sample;
            sample = null;
            if (last != null) {
                reader.take(last);
            }
        }
    }
}
