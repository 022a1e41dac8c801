package io.tiepoint.interop.dataset;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Spliterators;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Reads a data set that {@link DataSetWriter} wrote; an unfinished one up to its last finished shard. */
public final class DataSetReader {
    private final Path folder;
    private final Manifest manifest;

    private DataSetReader(Path folder, Manifest manifest) {
        this.folder = folder;
        this.manifest = manifest;
    }

    /**
     * Reads the manifest.
     *
     * @throws IOException if there is none
     */
    public static DataSetReader open(Path folder) throws IOException {
        return new DataSetReader(folder, Manifest.read(folder));
    }

    /** What it is. */
    public Manifest manifest() {
        return manifest;
    }

    /** The samples of one shard, in order, all in memory. */
    public List<DataSample> shard(Manifest.Shard shard) throws IOException {
        List<DataSample> samples = new ArrayList<>();
        try (ShardReader reader = ShardReader.open(folder.resolve(shard.name()))) {
            for (DataSample sample = reader.next(); sample != null; sample = reader.next()) {
                samples.add(sample);
            }
        }
        expectWhole(shard, samples.size());
        return samples;
    }

    private void expectWhole(Manifest.Shard shard, int found) throws IOException {
        if (found != shard.samples()) {
            throw new IOException(folder.resolve(shard.name()) + ": expected " + shard.samples() + " samples, found "
                    + found + "; write it again");
        }
    }

    /**
     * All samples in order, of which one is in memory at a time; of Parquet files, a group of rows. Close the stream if it is not read to
     * its end.
     *
     * @throws UncheckedIOException while the stream is read, if a shard cannot be
     */
    public Stream<DataSample> samples() {
        Samples samples = new Samples();
        return StreamSupport.stream(samples, false).onClose(samples::close);
    }

    /** Opens one shard after the other. */
    private final class Samples extends Spliterators.AbstractSpliterator<DataSample> {
        private final Iterator<Manifest.Shard> shards = manifest.finished().iterator();
        private Manifest.@Nullable Shard shard;
        private @Nullable ShardReader reader;
        private int found;

        Samples() {
            super(
                    manifest.finished().stream()
                            .mapToLong(Manifest.Shard::samples)
                            .sum(),
                    ORDERED | NONNULL);
        }

        @Override
        public boolean tryAdvance(Consumer<? super DataSample> taker) {
            try {
                DataSample sample = next();
                if (sample != null) {
                    taker.accept(sample);
                }
                return sample != null;
            } catch (IOException e) {
                close();
                throw new UncheckedIOException(e);
            }
        }

        private @Nullable DataSample next() throws IOException {
            while (true) {
                ShardReader open = reader;
                if (open == null) {
                    if (!shards.hasNext()) {
                        return null;
                    }
                    shard = shards.next();
                    open = ShardReader.open(folder.resolve(shard.name()));
                    reader = open;
                    found = 0;
                }
                DataSample sample = open.next();
                if (sample != null) {
                    found++;
                    return sample;
                }
                close();
                expectWhole(Objects.requireNonNull(shard), found);
            }
        }

        private void close() {
            ShardReader open = reader;
            reader = null;
            if (open != null) {
                try {
                    open.close();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    /**
     * Compares every shard with its checksum.
     *
     * @throws IOException naming the first one that differs
     */
    public void verify() throws IOException {
        for (Manifest.Shard shard : manifest.finished()) {
            Path file = folder.resolve(shard.name());
            String found = Shards.checksum(file);
            if (!found.equals(shard.sha256())) {
                throw new IOException(file + ": expected SHA-256 " + shard.sha256() + ", found " + found
                        + "; delete it and generate it again");
            }
        }
    }
}
