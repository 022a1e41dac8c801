package io.tiepoint.app.synth;

import io.tiepoint.core.geometry.PixelFrame;
import io.tiepoint.interop.dataset.DataSample;
import io.tiepoint.interop.dataset.DataSetFormat;
import io.tiepoint.interop.dataset.DataSetWriter;
import io.tiepoint.interop.dataset.Manifest;
import io.tiepoint.synthetic.pipeline.Prefetcher;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;

/** Makes a data set: samples on several threads, shards in order. */
public final class Generation {
    private final SyntheticSet set;
    private final DataSetWriter writer;
    private final List<Integer> shards;
    private final long total;

    private Generation(SyntheticSet set, DataSetWriter writer) {
        this.set = set;
        this.writer = writer;
        shards = writer.missing();
        total = shards.stream().mapToLong(writer::samplesOf).sum();
    }

    /**
     * How large, and where.
     *
     * @param format how the shards lie on the disk
     * @param count number of samples
     * @param samplesPerShard of each shard but the last one
     * @param seed that the set was made with
     * @param code version of the program
     */
    public record Extent(DataSetFormat format, long count, int samplesPerShard, long seed, String code) {}

    /**
     * Starts a data set, or goes on with one.
     *
     * @throws IOException if something else lies in the folder, or a data set with other settings
     */
    public static Generation open(SyntheticSet set, Extent extent, Path folder) throws IOException {
        Manifest settings = new Manifest(
                Manifest.FORMAT,
                set.kind(),
                extent.format(),
                extent.count(),
                extent.samplesPerShard(),
                extent.seed(),
                PixelFrame.CORNER,
                extent.code(),
                set.recipe(),
                set.fields(),
                List.of(),
                Map.of());
        return new Generation(set, DataSetWriter.open(folder, settings));
    }

    /** Number of samples that are still to be made. */
    public long left() {
        return total;
    }

    /** What is there so far. */
    public Manifest manifest() {
        return writer.manifest();
    }

    /**
     * Makes what is missing.
     *
     * @param workers number of threads that make samples
     * @param progress is told how many samples of {@link #left} are made
     * @param stop asked before each sample; the shard in work is lost then, those before it stay
     * @return whether it was finished
     */
    public boolean run(int workers, LongConsumer progress, BooleanSupplier stop) throws IOException {
        if (total == 0) {
            return true;
        }
        long[] made = {0};
        try (Prefetcher<Optional<DataSample>> samples = new Prefetcher<>(this::numbered, 0, workers, 2 * workers + 2)) {
            for (int shard : shards) {
                writer.write(
                        shard,
                        index -> {
                            if (stop.getAsBoolean()) {
                                throw new Stopped();
                            }
                            DataSample sample = samples.next().orElseThrow();
                            progress.accept(++made[0]);
                            return sample;
                        },
                        set::skipped);
            }
            return true;
        } catch (Stopped e) {
            return false;
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** Sample number {@code n} of those that are to be made. */
    private Optional<DataSample> numbered(long n) {
        if (n >= total) {
            return Optional.empty(); // what is made ahead of the end
        }
        int samplesPerShard = writer.manifest().samplesPerShard();
        // All shards but the very last one of the data set have the same size.
        int shard = shards.get((int) (n / samplesPerShard));
        return Optional.of(set.sample((long) shard * samplesPerShard + n % samplesPerShard));
    }

    /** Leaves the middle of a shard. */
    private static final class Stopped extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Stopped() {
            super(null, null, false, false);
        }
    }
}
