package io.tiepoint.interop.dataset;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tiepoint.core.check.Check;
import io.tiepoint.core.geometry.PixelFrame;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Says what a data set is and how it was made, so that it can be made again; lies in it as {@code manifest.json}.
 *
 * @param format always {@link #FORMAT}
 * @param kind such as {@code shapes} or {@code pairs}
 * @param shards how they lie on the disk
 * @param count number of samples when it is complete
 * @param samplesPerShard of all shards but the last one
 * @param seed of everything random
 * @param pixelFrame of every position in it
 * @param code version of the program
 * @param recipe everything else that a sample depends on
 * @param fields what each file of a sample is, by its ending
 * @param finished the shards that are there, in order
 * @param skipped sources that could not be used, each with the reason
 */
@JsonIgnoreProperties(value = "complete", allowGetters = true)
public record Manifest(
        String format,
        String kind,
        DataSetFormat shards,
        long count,
        int samplesPerShard,
        long seed,
        PixelFrame pixelFrame,
        String code,
        JsonNode recipe,
        Map<String, String> fields,
        List<Shard> finished,
        Map<String, String> skipped) {
    /** The only format so far. */
    public static final String FORMAT = "tiepoint-dataset/1";
    /** Its name in the data set. */
    public static final String FILE = "manifest.json";

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    /**
     * A finished shard.
     *
     * @param name of its file or folder
     * @param firstIndex index of its first sample
     * @param samples number of samples
     * @param bytes size of its file, or of its files together
     * @param sha256 of a file; of a folder: of one line {@code NAME SIZE} for each file in order of the names, followed by its
     *     bytes; lower-case hex
     */
    public record Shard(String name, long firstIndex, int samples, long bytes, String sha256) {}

    /** Checks the numbers; lists and maps are copied. */
    public Manifest {
        Check.that(format.equals(FORMAT), "format: expected %s, found %s", FORMAT, format);
        Check.that(count > 0, "count: expected > 0, found %s", count);
        Check.that(samplesPerShard > 0, "samplesPerShard: expected > 0, found %s", samplesPerShard);
        Check.that(
                (count - 1) / samplesPerShard < Integer.MAX_VALUE,
                "samplesPerShard: expected enough for fewer than 2^31 shards, found %s",
                samplesPerShard);
        fields = new TreeMap<>(fields);
        finished = List.copyOf(finished);
        skipped = new TreeMap<>(skipped);
    }

    /** Number of shards when it is complete. */
    public int shardCount() {
        return (int) ((count + samplesPerShard - 1) / samplesPerShard);
    }

    /** Number of samples of a shard. */
    int samplesOf(int shard) {
        return (int) Math.min(samplesPerShard, count - (long) shard * samplesPerShard);
    }

    /** Whether all shards are finished. */
    public boolean isComplete() {
        return finished.size() == shardCount();
    }

    Manifest with(List<Shard> nowFinished, Map<String, String> nowSkipped) {
        return new Manifest(
                format,
                kind,
                shards,
                count,
                samplesPerShard,
                seed,
                pixelFrame,
                code,
                recipe,
                fields,
                nowFinished,
                nowSkipped);
    }

    /** The same without its progress: what decides the samples. */
    Manifest settings() {
        return with(List.of(), Map.of());
    }

    /**
     * Reads the manifest of a data set.
     *
     * @throws IOException if there is none, or another format, key or type in it
     */
    public static Manifest read(Path dataSet) throws IOException {
        Path file = dataSet.resolve(FILE);
        if (!Files.isRegularFile(file)) {
            throw new IOException(dataSet + ": expected a data set with a " + FILE + ", found none");
        }
        try {
            return JSON.readValue(file.toFile(), Manifest.class);
        } catch (JsonProcessingException e) {
            Throwable cause = e.getCause() instanceof IllegalArgumentException checked ? checked : e;
            String message =
                    String.valueOf(cause.getMessage()).lines().findFirst().orElse("other bytes");
            throw new IOException(file + ": expected a manifest of " + FORMAT + ", found: " + message, e);
        }
    }

    byte[] toJson() {
        try {
            return JSON.writeValueAsBytes(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a manifest can always be written", e);
        }
    }
}
