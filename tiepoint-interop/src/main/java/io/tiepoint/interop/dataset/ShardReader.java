package io.tiepoint.interop.dataset;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;

/** Reads the samples of one shard, one after the other. */
interface ShardReader extends AutoCloseable {
    /** The next sample; null when there is none any more. */
    @Nullable
    DataSample next() throws IOException;

    @Override
    void close() throws IOException;

    /**
     * Opens a shard of any format.
     *
     * @throws IOException naming the shard, if there is none or no whole one; so do the reader's methods
     */
    static ShardReader open(Path shard) throws IOException {
        if (!Files.exists(shard)) {
            throw new IOException(shard + ": expected a shard of the data set, found none");
        }
        return new Named(shard);
    }

    /** Says in every message which shard it is. */
    final class Named implements ShardReader {
        private final Path shard;
        private final ShardReader reader;

        Named(Path shard) throws IOException {
            this.shard = shard;
            try {
                if (Files.isDirectory(shard)) {
                    reader = new Grouping(new Plain(shard));
                } else if (DataSetFormat.PARQUET.isNameOf(shard.toString())) {
                    reader = ParquetReader.open(shard);
                } else {
                    reader = new Grouping(new Tar(shard));
                }
            } catch (IOException e) {
                throw named(e);
            }
        }

        private IOException named(IOException e) {
            return new IOException(shard + ": expected a whole shard, found: " + e.getMessage(), e);
        }

        @Override
        public @Nullable DataSample next() throws IOException {
            try {
                return reader.next();
            } catch (IOException e) {
                throw named(e);
            }
        }

        @Override
        public void close() throws IOException {
            reader.close();
        }
    }

    /** A file of a sample. */
    final class Member {
        private final String path;
        private final byte[] bytes;

        Member(String path, byte[] bytes) {
            this.path = path;
            this.bytes = bytes;
        }

        String name() {
            return path.substring(path.lastIndexOf('/') + 1);
        }
    }

    /** Files one after the other. */
    interface Members extends AutoCloseable {
        @Nullable
        Member next() throws IOException;

        @Override
        void close() throws IOException;
    }

    /** The files of a folder, by name. */
    final class Plain implements Members {
        private final Iterator<Path> files;

        Plain(Path folder) throws IOException {
            files = Shards.filesOf(folder).iterator();
        }

        @Override
        public @Nullable Member next() throws IOException {
            if (!files.hasNext()) {
                return null;
            }
            Path file = files.next();
            return new Member(String.valueOf(file.getFileName()), Files.readAllBytes(file));
        }

        @Override
        public void close() {}
    }

    /** The files of a tar file. */
    final class Tar implements Members {
        private static final int BUFFER_BYTES = 1 << 18;

        private final TarArchiveInputStream tar;

        Tar(Path file) throws IOException {
            tar = new TarArchiveInputStream(new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES));
        }

        @Override
        public @Nullable Member next() throws IOException {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                if (entry.isFile()) {
                    return new Member(entry.getName(), tar.readNBytes(Math.toIntExact(entry.getSize())));
                }
            }
            return null;
        }

        @Override
        public void close() throws IOException {
            tar.close();
        }
    }

    /** Puts consecutive files with one key together, as WebDataset does. */
    final class Grouping implements ShardReader {
        private final Members members;
        /** The first file of the next sample. */
        private @Nullable Member ahead;

        Grouping(Members members) throws IOException {
            this.members = members;
            try {
                ahead = nextMember();
            } catch (IOException | RuntimeException e) {
                members.close();
                throw e;
            }
        }

        private @Nullable Member nextMember() throws IOException {
            Member member = members.next();
            while (member != null
                    && (member.name().indexOf('.') <= 0 || member.name().startsWith("__"))) {
                member = members.next();
            }
            return member;
        }

        private static String key(Member member) {
            return member.name().substring(0, member.name().indexOf('.'));
        }

        @Override
        public @Nullable DataSample next() throws IOException {
            Member member = ahead;
            if (member == null) {
                return null;
            }
            String key = key(member);
            try {
                DataSample sample = new DataSample(key);
                while (member != null && key(member).equals(key)) {
                    sample = sample.with(member.name().substring(key.length() + 1), member.bytes);
                    member = nextMember();
                }
                ahead = member;
                return sample;
            } catch (IllegalArgumentException e) {
                throw new IOException(e.getMessage(), e);
            }
        }

        @Override
        public void close() throws IOException {
            members.close();
        }
    }
}
