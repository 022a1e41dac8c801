package io.tiepoint.interop.dataset;

import io.tiepoint.core.check.Check;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongFunction;
import java.util.stream.Stream;

/**
 * Writes a data set shard by shard. A shard appears whole or not at all, and the manifest after it names it with its checksum, so
 * that a writer that was interrupted at any moment is gone on with by another one with the same settings.
 */
public final class DataSetWriter {
    private final Path folder;
    private Manifest manifest;

    private DataSetWriter(Path folder, Manifest manifest) {
        this.folder = folder;
        this.manifest = manifest;
    }

    /**
     * Starts a data set, or goes on with one.
     *
     * @param settings no shard is finished in it
     * @throws IOException if something else lies in the folder, or a data set with other settings
     */
    public static DataSetWriter open(Path folder, Manifest settings) throws IOException {
        Check.that(settings.finished().isEmpty(), "settings: expected no finished shards, found some");
        Manifest manifest = settings;
        if (Files.exists(folder.resolve(Manifest.FILE))) {
            manifest = Manifest.read(folder);
            expectSame(folder, settings, manifest);
            manifest = manifest.with(present(folder, manifest), manifest.skipped());
        } else if (Files.exists(folder) && !isEmpty(folder)) {
            throw new IOException(folder
                    + ": expected an empty folder or a data set to go on with, found other files; choose another one");
        }
        Path ignored = Files.createDirectories(folder);
        DataSetWriter writer = new DataSetWriter(folder, manifest);
        WholeFiles.write(folder.resolve(Manifest.FILE), manifest.toJson());
        return writer;
    }

    private static boolean isEmpty(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            // What a first manifest leaves behind when it is interrupted is nobody's.
            return files.allMatch(file -> String.valueOf(file.getFileName()).endsWith(".part"));
        }
    }

    private static void expectSame(Path folder, Manifest settings, Manifest found) throws IOException {
        Map<String, List<?>> both = new TreeMap<>();
        both.put("kind", List.of(settings.kind(), found.kind()));
        both.put("format", List.of(settings.shards(), found.shards()));
        both.put("count", List.of(settings.count(), found.count()));
        both.put("samples per shard", List.of(settings.samplesPerShard(), found.samplesPerShard()));
        both.put("seed", List.of(settings.seed(), found.seed()));
        both.put("version of the program", List.of(settings.code(), found.code()));
        both.put("recipe", List.of(settings.recipe(), found.recipe()));
        for (Map.Entry<String, List<?>> entry : both.entrySet()) {
            Object wanted = entry.getValue().get(0);
            Object there = entry.getValue().get(1);
            if (!wanted.equals(there)) {
                boolean isShort = !entry.getKey().equals("recipe");
                throw new IOException(folder + ": expected a data set with "
                        + (isShort ? entry.getKey() + " " + wanted + ", found " + there : "this recipe, found another")
                        + "; choose another folder, or delete this one to start anew");
            }
        }
    }

    /** The shards of the manifest that still lie there with their size. */
    private static List<Manifest.Shard> present(Path folder, Manifest manifest) throws IOException {
        List<Manifest.Shard> present = new ArrayList<>();
        for (Manifest.Shard shard : manifest.finished()) {
            Path file = folder.resolve(shard.name());
            boolean isThere = manifest.shards() == DataSetFormat.FOLDER
                    ? Files.isDirectory(file)
                    : Files.isRegularFile(file) && Files.size(file) == shard.bytes();
            if (isThere) {
                present.add(shard);
            }
        }
        return present;
    }

    /** What is there so far. */
    public Manifest manifest() {
        return manifest;
    }

    /** The shards that are still to be written, in order. */
    public List<Integer> missing() {
        List<Long> firsts =
                manifest.finished().stream().map(Manifest.Shard::firstIndex).toList();
        java.util.Set<Long> there = new java.util.HashSet<>(firsts);
        List<Integer> missing = new ArrayList<>();
        for (int shard = 0; shard < manifest.shardCount(); shard++) {
            if (!there.contains((long) shard * manifest.samplesPerShard())) {
                missing.add(shard);
            }
        }
        return missing;
    }

    /** Number of samples of a shard. */
    public int samplesOf(int shard) {
        return manifest.samplesOf(shard);
    }

    /**
     * Writes one shard and the manifest that names it.
     *
     * @param samples gives the sample of an index of the data set; asked in order
     * @param skipped sources that could not be used so far, each with the reason; taken when the samples are written
     */
    public void write(
            int shard, LongFunction<DataSample> samples, java.util.function.Supplier<Map<String, String>> skipped)
            throws IOException {
        long first = (long) shard * manifest.samplesPerShard();
        Manifest.Shard written = Shards.write(folder, manifest, shard, i -> samples.apply(first + i));
        List<Manifest.Shard> finished = new ArrayList<>(manifest.finished());
        finished.add(written);
        finished.sort(Comparator.comparingLong(Manifest.Shard::firstIndex));
        Map<String, String> all = new TreeMap<>(manifest.skipped());
        all.putAll(skipped.get());
        manifest = manifest.with(finished, all);
        WholeFiles.write(folder.resolve(Manifest.FILE), manifest.toJson());
    }
}
