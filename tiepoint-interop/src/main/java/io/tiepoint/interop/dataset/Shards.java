package io.tiepoint.interop.dataset;

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
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** Writes the shards of all formats. */
final class Shards {
    private static final int BUFFER_BYTES = 1 << 18;
    private static final int READ_ONLY = 0444;

    private Shards() {}

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
        long first = (long) shard * manifest.samplesPerShard();
        long bytes;
        try {
            switch (manifest.shards()) {
                case WEBDATASET -> bytes = writeTar(temporary, digest, count, samples);
                case PARQUET -> {
                    ParquetShards.write(temporary, manifest, first, digest, samples);
                    bytes = Files.size(temporary);
                }
                default -> bytes = writeFolder(temporary, digest, count, samples);
            }
            WholeFiles.publish(temporary, target);
        } finally {
            WholeFiles.delete(temporary);
        }
        return new Manifest.Shard(name, first, count, bytes, HexFormat.of().formatHex(digest.digest()));
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

    /** The files of a folder, by name. */
    static List<Path> filesOf(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
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
}
