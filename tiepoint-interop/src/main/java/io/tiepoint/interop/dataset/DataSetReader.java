package io.tiepoint.interop.dataset;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

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

    /** The samples of one shard, in order. */
    public List<DataSample> shard(Manifest.Shard shard) throws IOException {
        List<DataSample> samples = new ArrayList<>();
        Path file = folder.resolve(shard.name());
        Shards.read(file, samples::add);
        if (samples.size() != shard.samples()) {
            throw new IOException(
                    file + ": expected " + shard.samples() + " samples, found " + samples.size() + "; write it again");
        }
        return samples;
    }

    /**
     * All samples in order, one shard in memory at a time.
     *
     * @throws UncheckedIOException while the stream is read, if a shard cannot be
     */
    public Stream<DataSample> samples() {
        return manifest.finished().stream().flatMap(shard -> {
            try {
                return shard(shard).stream();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
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
